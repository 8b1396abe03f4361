// What changed between two results, and a gate on it.
#include "analysis/report/diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <ostream>

#include "analysis/report/excerpt.hpp"
#include "app/arguments.hpp"
#include "app/results_file.hpp"

namespace seatrial::app {
namespace {

using analysis::SavedPolicy;
using analysis::SavedResults;

// "main" of main.json, of main/results.json and of main/.
std::string name_of(const std::string& path) {
  const std::filesystem::path file = std::filesystem::weakly_canonical(path);
  const bool usual = file.filename() == "results.json" && file.has_parent_path();
  return (usual ? file.parent_path().filename() : file.stem()).string();
}

const SavedPolicy& policy_of(const ResultsFile& file, const std::string& name) {
  if (name == "*") return file.results.policies[file.results.recommended];
  const auto found = std::find_if(file.results.policies.begin(), file.results.policies.end(),
                                  [&](const SavedPolicy& policy) { return policy.name == name; });
  if (found == file.results.policies.end())
    throw UsageError{fmt::format("--gate: {} has no policy \"{}\"", file.path, name)};
  return *found;
}

// ", 1 not asked as before: "own cart" is gone"; empty where all are.
std::string not_kept_text(const std::vector<analysis::ObjectiveNotKept>& all) {
  constexpr std::size_t most_names = 8;
  if (all.empty()) return "";
  std::string text = fmt::format(", {} not asked as before: ", all.size());
  for (std::size_t i = 0; i < std::min(all.size(), most_names); ++i)
    text += fmt::format("{}\"{}\" {}", i == 0 ? "" : ", ", analysis::excerpt(all[i].name, 0, 80),
                        all[i].gone ? "is gone" : "has another definition");
  return all.size() > most_names ? text + ", ..." : text;
}

// What was recommended against what is now: so a gate passes when another policy takes over
// everything that the old one kept, and fails when nobody does. Who takes an objective away or
// changes what it asks has to say so to a person: the gate is inconclusive then.
int verdict_of_gate(const std::string& gate, const ResultsFile& older, const ResultsFile& newer,
                    Environment& environment) {
  const SavedPolicy& before = policy_of(older, gate);
  const SavedPolicy& after = policy_of(newer, gate);
  std::size_t worse = 0, undecided = 0;
  for (const analysis::VerdictChange& change :
       analysis::verdict_changes(older.results, before, newer.results, after)) {
    worse += change.turn == analysis::Turn::worse ? 1 : 0;
    undecided += change.turn == analysis::Turn::undecided ? 1 : 0;
  }
  const std::vector<analysis::ObjectiveNotKept> not_kept =
      analysis::objectives_not_kept(older.results, newer.results);
  const bool sure = undecided == 0 && not_kept.empty();
  const int code = worse > 0 ? exit_code::failed : sure ? exit_code::good : exit_code::inconclusive;
  const char* const word = code == exit_code::good     ? "passed"
                           : code == exit_code::failed ? "failed"
                                                       : "inconclusive";
  const std::string was = before.name == after.name
                              ? ""
                              : fmt::format(" (was \"{}\")", analysis::excerpt(before.name, 0, 80));
  environment.error << fmt::format("gate {}: \"{}\"{}: {} worse, {} no longer decided{}\n", word,
                                   analysis::excerpt(after.name, 0, 80), was, worse, undecided,
                                   not_kept_text(not_kept));
  return code;
}

}  // namespace

int diff(const DiffArguments& arguments, Environment& environment) {
  const ResultsFile older = read_results_file(arguments.older);
  const ResultsFile newer = read_results_file(arguments.newer);
  if (!arguments.gate.empty()) {  // complains of an unknown name before anything is printed
    policy_of(older, arguments.gate);
    policy_of(newer, arguments.gate);
  }
  const analysis::ResultsDiff found = analysis::diff_of(older.results, newer.results);
  if (arguments.json)
    environment.out << analysis::json_diff(older.results, newer.results, found);
  else if (arguments.markdown)
    environment.out << analysis::markdown_diff(older.results, newer.results, found,
                                               {name_of(older.path), name_of(newer.path)});
  else
    environment.out << analysis::terminal_diff(older.results, newer.results, found,
                                               {older.path, newer.path});
  if (arguments.gate.empty()) return exit_code::good;
  return verdict_of_gate(arguments.gate, older, newer, environment);
}

}  // namespace seatrial::app
