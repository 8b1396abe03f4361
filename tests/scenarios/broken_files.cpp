#include "tests/scenarios/broken_files.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string_view>

namespace seatrial::scenarios {
namespace {

BrokenFile read(const std::filesystem::path& path) {
  std::ifstream file{path, std::ios::binary};
  BrokenFile broken{path.filename().string(), {std::istreambuf_iterator<char>{file}, {}}, {}, {}};
  std::istringstream lines{broken.text};
  for (std::string line; std::getline(lines, line) && line.starts_with("// ");) {
    constexpr std::string_view set = "// set: ", expect = "// expect: ";
    if (line.starts_with(set)) broken.overrides.push_back(line.substr(set.size()));
    if (line.starts_with(expect)) broken.expected.push_back(line.substr(expect.size()));
  }
  return broken;
}

std::vector<BrokenFile> read_all(const std::string& name) {
  std::vector<BrokenFile> files;
  const std::filesystem::path folder{SEATRIAL_SOURCE_DIR "/tests/scenarios/" + name};
  for (const auto& entry : std::filesystem::directory_iterator{folder}) {
    if (entry.path().extension() == ".json") files.push_back(read(entry.path()));
  }
  std::sort(files.begin(), files.end(),
            [](const BrokenFile& a, const BrokenFile& b) { return a.name < b.name; });
  return files;
}

}  // namespace

const std::vector<BrokenFile>& broken_files() {
  static const std::vector<BrokenFile> files = read_all("broken");
  return files;
}

const std::vector<BrokenFile>& doubtful_files() {
  static const std::vector<BrokenFile> files = read_all("doubtful");
  return files;
}

}  // namespace seatrial::scenarios
