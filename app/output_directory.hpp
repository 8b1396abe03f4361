// Writes the files of a result whole or not at all: all are written beside their places first and
// renamed only when each is complete and no place is taken by anything but a file; if a rename
// fails all the same, those before it are removed. So neither a full disk nor an interruption
// leaves half a result, or half of a newer one beside an older.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace seatrial::app {

class OutputDirectory {
 public:
  // Makes the directory and tries to write into it, so that a path that cannot be used is known
  // before the hours of simulation. Throws UsageError.
  explicit OutputDirectory(std::filesystem::path);
  // Removes the directory again if this made it and nothing was written.
  ~OutputDirectory();
  OutputDirectory(const OutputDirectory&) = delete;
  OutputDirectory& operator=(const OutputDirectory&) = delete;

  // (name, content). Throws UsageError.
  void write(const std::vector<std::pair<std::string, std::string>>& files);

 private:
  std::filesystem::path path_;
  bool made_ = false;
};

}  // namespace seatrial::app
