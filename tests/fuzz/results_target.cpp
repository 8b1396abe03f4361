#include "analysis/report/diff.hpp"
#include "analysis/report/saved_results.hpp"
#include "app/results_file.hpp"
#include "scenarios/characters.hpp"
#include "scenarios/problems.hpp"
#include "tests/fuzz/targets.hpp"

namespace seatrial::fuzz {
namespace {

void check_printed(const std::string& text) {
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    law(!scenarios::first_unprintable(std::string_view{text}.substr(start, end - start)),
        "what is printed controls the terminal");
    start = end + 1;
  }
}

void check_repeatable(const app::ResultsFile& file) {
  try {
    const scenarios::Scenario scenario = app::scenario_of(file);
    law(scenario.policies.size() == file.results.policies.size(), "policies are missing");
  } catch (const scenarios::ScenarioError&) {
  } catch (const std::runtime_error& error) {
    check_printed(error.what());  // a usage error, told to the user
  }
}

}  // namespace

void fuzz_results(std::string_view text) {
  app::ResultsFile file{"results.json", std::string{text}, {}};
  try {
    file.results = analysis::read_results(text);
  } catch (const analysis::ResultsError& error) {
    law(*error.what() != '\0', "refused without words");
    return check_printed(error.what());
  }
  const analysis::ResultsDiff diff = analysis::diff_of(file.results, file.results);
  const std::string told =
      analysis::terminal_diff(file.results, file.results, diff, {"one", "other"});
  law(diff.nothing_changed(), "a result differs from itself: " + told);
  check_printed(told);
  check_printed(analysis::markdown_diff(file.results, file.results, diff, {"one", "other"}));
  analysis::json_diff(file.results, file.results, diff);
  check_repeatable(file);
}

}  // namespace seatrial::fuzz
