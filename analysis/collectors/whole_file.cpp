#include "analysis/collectors/whole_file.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

namespace seatrial::analysis {

namespace {

[[noreturn]] void fail(int error, const std::filesystem::path& path) {
  throw std::system_error{error, std::generic_category(), "cannot write " + path.string()};
}

std::filesystem::path beside(const std::filesystem::path& path) {
  std::filesystem::path part = path;
  return part += ".part";
}

}  // namespace

WholeFile::WholeFile(std::filesystem::path path)
    : path_{std::move(path)}, part_{beside(path_)}, file_{std::fopen(part_.c_str(), "wb")} {
  if (file_ == nullptr) fail(errno, path_);
}

WholeFile::~WholeFile() {
  if (file_ == nullptr) return;
  close();
  std::error_code ignored;
  std::filesystem::remove(part_, ignored);
}

void WholeFile::write(std::string_view text) {
  if (error_ != 0 || file_ == nullptr) return;
  if (std::fwrite(text.data(), 1, text.size(), file_) != text.size())
    error_ = errno != 0 ? errno : EIO;
}

void WholeFile::complete() {
  if (file_ == nullptr) return;
  close();
  std::error_code renaming;
  if (error_ == 0) std::filesystem::rename(part_, path_, renaming);
  if (error_ == 0 && !renaming) return;
  std::error_code ignored;
  std::filesystem::remove(part_, ignored);
  fail(error_ != 0 ? error_ : renaming.value(), path_);
}

void WholeFile::close() {
  if (std::fclose(std::exchange(file_, nullptr)) != 0 && error_ == 0) error_ = errno;
}

}  // namespace seatrial::analysis
