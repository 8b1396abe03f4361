#include "app/output_directory.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>

#include "app/arguments.hpp"

namespace seatrial::app {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void give_up(const fs::path& path, const std::string& why) {
  throw UsageError{"cannot write " + path.string() + ": " + why};
}

void write_file(const fs::path& path, const std::string& content) {
  std::FILE* const file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) give_up(path, std::strerror(errno));
  const bool written = std::fwrite(content.data(), 1, content.size(), file) == content.size() &&
                       std::fflush(file) == 0;
  const int why = errno;
  const bool closed = std::fclose(file) == 0;
  if (!written) give_up(path, std::strerror(why));
  if (!closed) give_up(path, std::strerror(errno));
}

// A file cannot take the place of a directory, nor should it take that of a device.
void expect_place_for_file(const fs::path& path) {
  std::error_code error;
  const fs::file_status there = fs::status(path, error);
  if (fs::is_directory(there)) give_up(path, "it is a directory");
  if (fs::exists(there) && !fs::is_regular_file(there)) give_up(path, "it is not a regular file");
}

// Removes what it was told of, unless all went well.
class Leftovers {
 public:
  ~Leftovers() {
    std::error_code ignored;
    for (const fs::path& path : paths_) fs::remove(path, ignored);
  }
  void add(const fs::path& path) { paths_.push_back(path); }
  void keep() { paths_.clear(); }

 private:
  std::vector<fs::path> paths_;
};

fs::path part_of(const fs::path& path) { return path.string() + ".part"; }

}  // namespace

OutputDirectory::OutputDirectory(fs::path path) : path_{std::move(path)} {
  std::error_code error;
  made_ = fs::create_directories(path_, error);
  if (error) give_up(path_, error.message());
  if (!fs::is_directory(path_)) give_up(path_, "it is not a directory");
  Leftovers probe;
  probe.add(path_ / ".seatrial.part");
  write_file(path_ / ".seatrial.part", "x");
}

OutputDirectory::~OutputDirectory() {
  std::error_code ignored;
  if (made_) fs::remove(path_, ignored);  // only succeeds when it is empty
}

void OutputDirectory::write(const std::vector<std::pair<std::string, std::string>>& files) {
  for (const auto& [name, content] : files) expect_place_for_file(path_ / name);
  Leftovers parts;
  for (const auto& [name, content] : files) {
    parts.add(part_of(path_ / name));
    write_file(part_of(path_ / name), content);
  }
  Leftovers renamed;
  for (const auto& [name, content] : files) {
    std::error_code error;
    fs::rename(part_of(path_ / name), path_ / name, error);
    if (error) give_up(path_ / name, error.message());
    renamed.add(path_ / name);
  }
  renamed.keep();
}

}  // namespace seatrial::app
