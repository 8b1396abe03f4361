#include <fstream>
#include <iterator>

#include "scenarios/load.hpp"
#include "tests/fuzz/laws.hpp"
#include "tests/fuzz/targets.hpp"

namespace seatrial::fuzz {
namespace {

const std::string& first_steps() {
  static const std::string text = [] {
    std::ifstream file{SEATRIAL_SOURCE_DIR "/scenarios/library/first-steps.json"};
    return std::string{std::istreambuf_iterator<char>{file}, {}};
  }();
  return text;
}

std::vector<std::string> split(std::string_view texts) {
  std::vector<std::string> list;
  while (true) {
    const std::size_t end = texts.find('\0');
    list.emplace_back(texts.substr(0, end));
    if (end == std::string_view::npos) return list;
    texts.remove_prefix(end + 1);
  }
}

}  // namespace

// What the values make is checked by the scenario's target; here, how they are read.
void fuzz_override(std::string_view texts) {
  const std::vector<std::string> overrides = split(texts);
  try {
    const auto scenario = scenarios::parse_scenario(first_steps(), "fuzz.json", overrides);
    law(!scenario.policies.empty(), "no policy");
  } catch (const scenarios::ScenarioError& error) {
    check_refused(error.problems, first_steps());
  }
}

}  // namespace seatrial::fuzz
