#include "scenarios/load.hpp"
#include "tests/fuzz/laws.hpp"
#include "tests/fuzz/targets.hpp"

namespace seatrial::fuzz {

void fuzz_scenario(std::string_view text) {
  scenarios::Scenario scenario;
  try {
    scenario = scenarios::parse_scenario(std::string{text}, "fuzz.json");
  } catch (const scenarios::ScenarioError& error) {
    return check_refused(error.problems, text);
  }
  check_accepted(scenario);
}

}  // namespace seatrial::fuzz
