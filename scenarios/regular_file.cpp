#include "scenarios/regular_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace seatrial::scenarios {
namespace {

std::string problem_of(const std::string& path) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) return "the file cannot be read: " + error.message();
  if (std::filesystem::is_directory(status)) return "it is a directory, not a file";
  if (!std::filesystem::is_regular_file(status)) return "it is not a regular file";
  return "";
}

}  // namespace

FileContent read_regular_file(const std::string& path, std::size_t most) {
  FileContent content;
  content.problem = problem_of(path);
  if (!content.problem.empty()) return content;
  errno = 0;
  std::ifstream file{path, std::ios::binary};
  if (!file.is_open()) {
    return {"", "the file cannot be read: " + std::generic_category().message(errno)};
  }
  std::array<char, 64 * 1024> part;
  while (file && content.text.size() <= most) {
    const std::size_t wanted = std::min(part.size(), most + 1 - content.text.size());
    file.read(part.data(), static_cast<std::streamsize>(wanted));
    content.text.append(part.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (file.bad()) return {"", "the file cannot be read to its end"};
  return content;
}

}  // namespace seatrial::scenarios
