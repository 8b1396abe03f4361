// Reads a file whole, if it is one: a directory, a device or a pipe may have no end or no content.
#pragma once

#include <cstddef>
#include <string>

namespace seatrial::scenarios {

struct FileContent {
  std::string text;
  std::string problem;  // "it is a directory"; empty: all is well
};

// Stops after `most` bytes and one more, by which the reader knows that there are too many.
FileContent read_regular_file(const std::string& path, std::size_t most);

}  // namespace seatrial::scenarios
