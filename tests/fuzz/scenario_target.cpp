#include "scenarios/load.hpp"
#include "tests/fuzz/laws.hpp"
#include "tests/fuzz/targets.hpp"
#include "tests/schema/schema_accepts.hpp"

namespace seatrial::fuzz {

void fuzz_scenario(std::string_view text) {
  scenarios::Scenario scenario;
  try {
    scenario = scenarios::parse_scenario(std::string{text}, "fuzz.json");
  } catch (const scenarios::ScenarioError& error) {
    return check_refused(error.problems, text);
  }
  const std::string complaints = scenarios::schema_complaints(text);
  law(complaints.empty(), "only the schema refuses this: " + complaints);
  check_accepted(scenario);
}

}  // namespace seatrial::fuzz
