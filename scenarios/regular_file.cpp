#include "scenarios/regular_file.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

namespace seatrial::scenarios {
namespace {

std::string problem_of(const std::string& path) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) return "the file cannot be read";
  if (std::filesystem::is_directory(status)) return "it is a directory, not a file";
  if (!std::filesystem::is_regular_file(status)) return "it is not a regular file";
  return "";
}

}  // namespace

FileContent read_regular_file(const std::string& path, std::size_t most) {
  FileContent content;
  content.problem = problem_of(path);
  if (!content.problem.empty()) return content;
  std::ifstream file{path, std::ios::binary};
  std::array<char, 64 * 1024> part;
  while (file && content.text.size() <= most) {
    const std::size_t wanted = std::min(part.size(), most + 1 - content.text.size());
    file.read(part.data(), static_cast<std::streamsize>(wanted));
    content.text.append(part.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (file.bad() || !file.is_open()) return {"", "the file cannot be read"};
  return content;
}

}  // namespace seatrial::scenarios
