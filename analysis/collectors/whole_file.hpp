// A file that appears whole or not at all: written beside its place, as `<path>.part`, and renamed
// when it is complete. If it is never completed, what was written is removed.
//
// Law: write() never throws, because it is called from inside a running simulation; complete()
// throws what went wrong first, as a std::system_error that names the path. The constructor
// throws when the file cannot be opened.
// Not guarded against: two writers of one path at one time; a power cut just after the rename.
#pragma once

#include <cstdio>
#include <filesystem>
#include <string_view>

namespace seatrial::analysis {

class WholeFile {
 public:
  explicit WholeFile(std::filesystem::path);
  ~WholeFile();
  WholeFile(const WholeFile&) = delete;
  WholeFile& operator=(const WholeFile&) = delete;

  void write(std::string_view);
  void complete();

 private:
  void close();

  std::filesystem::path path_;
  std::filesystem::path part_;
  std::FILE* file_ = nullptr;
  int error_ = 0;  // errno of the first failure
};

}  // namespace seatrial::analysis
