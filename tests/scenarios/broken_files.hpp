// The files of tests/scenarios/broken: each a scenario with one mistake, which says itself what it
// must bring; those of tests/scenarios/doubtful load, with warnings. To add a case is to add a
// file:
//
//   // A region that the matrix does not have.
//   // set: /pods/count=0                            (if the mistake is one of the command line)
//   // expect: 7:34: error: /regions/users/West Erope: unknown region; did you mean ...
//   { "title": ... }
//
// Each `expect` is one whole line of what is printed, after the name of the file.
#pragma once

#include <string>
#include <vector>

namespace seatrial::scenarios {

struct BrokenFile {
  std::string name;  // without folder
  std::string text;
  std::vector<std::string> overrides;
  std::vector<std::string> expected;  // in the order of the file
};

// All of them, by name.
const std::vector<BrokenFile>& broken_files();
const std::vector<BrokenFile>& doubtful_files();

}  // namespace seatrial::scenarios
