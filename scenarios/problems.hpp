// What is wrong with a scenario file, and where. A loader collects all problems of a file, then
// throws them together, in the order of the file.
//
//   cart.json:12:7: error: /regions/users/West Erope: unknown region; did you mean "West Europe"?
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace seatrial::scenarios {

// Where a key or value stands. Columns count characters from 1; a tab is one.
struct Place {
  int line = 0;
  int column = 0;
  bool of_policy = false;   // stands in a policy's patch
  bool of_prices = false;   // stands in a file of prices (--prices), not in the scenario
  int override_index = -1;  // came from this override of the command line
};

struct Problem {
  std::string path;  // of the file, or "--set /pointer"
  int line = 0;      // 0: not in the file
  int column = 0;
  std::string pointer;  // JSON pointer; empty: the file as a whole
  std::string message;
};

// As one line, safe to print: "path:line:col: error: /pointer: message".
std::string to_line(const Problem&, std::string_view severity = "error");

class ScenarioError : public std::runtime_error {
 public:
  explicit ScenarioError(std::vector<Problem> list);
  std::vector<Problem> problems;
};

class Problems {
 public:
  // `overrides` are the pointers of the command line's values, cited for what they cause; `prices`
  // is the path of a file of prices, whose root is /prices.
  Problems(std::string path, std::vector<std::string> overrides, std::string prices = "")
      : path_{std::move(path)}, overrides_{std::move(overrides)}, prices_{std::move(prices)} {}

  void add(const Place&, std::string pointer, std::string message);
  void warn(const Place&, std::string pointer, std::string message);

  bool any() const { return !errors_.empty(); }
  // Whether something at the pointer or below it is wrong already: what follows from it is not
  // worth another message.
  bool any_under(std::string_view pointer) const;
  void throw_if_any() const;
  std::vector<std::string> warnings() const;

 private:
  Problem make(const Place&, std::string pointer, std::string message) const;
  void note(Problem, std::vector<Problem>& list);

  std::string path_;
  std::vector<std::string> overrides_;
  std::string prices_;
  std::vector<Problem> errors_;
  std::vector<Problem> warnings_;
};

}  // namespace seatrial::scenarios
