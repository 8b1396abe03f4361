#include "app/results_file.hpp"

#include <filesystem>

#include "analysis/report/excerpt.hpp"
#include "app/arguments.hpp"
#include "scenarios/load.hpp"
#include "scenarios/regular_file.hpp"

namespace seatrial::app {
namespace {

constexpr std::size_t most_bytes = std::size_t{64} << 20;  // a large result has some megabytes

std::string file_at(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(path, ignored)) return path;
  const std::filesystem::path inside = std::filesystem::path{path} / "results.json";
  if (!std::filesystem::exists(inside, ignored))
    throw UsageError{"cannot read " + path + ": it is a directory without a results.json"};
  return inside.string();
}

}  // namespace

ResultsFile read_results_file(const std::string& path) {
  ResultsFile file;
  file.path = file_at(path);
  scenarios::FileContent content = scenarios::read_regular_file(file.path, most_bytes);
  if (!content.problem.empty())
    throw UsageError{"cannot read " + file.path + ": " + content.problem};
  if (content.text.size() > most_bytes) throw UsageError{file.path + " is larger than 64 MB"};
  file.text = std::move(content.text);
  try {
    file.results = analysis::read_results(file.text);
  } catch (const analysis::ResultsError& error) {
    throw UsageError{file.path + ": " + error.what()};
  }
  return file;
}

scenarios::Scenario scenario_of(const ResultsFile& file) {
  const analysis::SavedScenario& saved = file.results.scenario;
  std::optional<scenarios::PricesFile> prices;
  if (saved.prices) prices = {analysis::printable(saved.prices->first), saved.prices->second};
  scenarios::Scenario scenario = scenarios::parse_scenario(
      saved.text, analysis::printable(saved.file), saved.overrides, std::move(prices));
  std::vector<std::string> policies;
  for (const analysis::SavedPolicy& policy : file.results.policies) policies.push_back(policy.name);
  restrict_policies(scenario, policies, false);
  return scenario;
}

analysis::ExperimentOptions options_of(const analysis::SavedResults& results) {
  analysis::ExperimentOptions options;
  options.seed = results.run.seed;
  options.replications = results.run.replications;
  options.shuffle_ties = results.run.shuffle_ties;
  return options;
}

}  // namespace seatrial::app
