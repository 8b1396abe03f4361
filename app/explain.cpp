// One wrong read of a result and the same read under another policy, from what stands in the
// results alone; without a number, what there is to choose from.
#include "analysis/explain/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "analysis/explain/diagram_text.hpp"
#include "analysis/explain/text_width.hpp"
#include "analysis/report/excerpt.hpp"
#include "analysis/report/text.hpp"
#include "app/arguments.hpp"
#include "app/results_file.hpp"
#include "app/saved_violations.hpp"
#include "scenarios/nearest_name.hpp"

namespace seatrial::app {
namespace {

using analysis::fitted;

std::string cell(const std::string& text, std::size_t columns) {
  const std::string cut = fitted(text, columns);
  return cut + std::string(columns - std::min(columns, analysis::columns_of(cut)), ' ');
}

std::string promise_of(analysis::Guarantee guarantee) {
  switch (guarantee) {
    case analysis::Guarantee::ryw:
      return "own writes missed (ryw)";
    case analysis::Guarantee::mr:
      return "older than what was read before (mr)";
    case analysis::Guarantee::ryw_user:
      break;
  }
  return "writes of the user's devices missed (ryw_user)";
}

bool is_of_one_kind(const SavedViolation& one, const SavedViolation& other) {
  return one.policy == other.policy &&
         one.numbered.violation.guarantee == other.numbered.violation.guarantee &&
         one.numbered.violation.cause == other.numbered.violation.cause;
}

// By policy, guarantee and cause, in the order of the numbers.
void list(const ResultsFile& file, const std::vector<SavedViolation>& all,
          Environment& environment) {
  if (all.empty()) {
    environment.out << "no read missed what it had to see: there is nothing to explain\n"
                       "lost writes and conflicts are seen in `seatrial run SCENARIO --history "
                       "FILE`: records takeover and conflict, and lost_update of an operation\n";
    return;
  }
  environment.out << fmt::format("{:>6}  {}  {}  {}  {}\n", "number", cell("region", 16),
                                 cell("phase", 12), cell("data", 10), "since the write");
  const SavedViolation* last = nullptr;
  for (const SavedViolation& one : all) {
    const analysis::Violation& violation = one.numbered.violation;
    if (last == nullptr || !is_of_one_kind(*last, one))
      environment.out << fmt::format(
          "\"{}\", {}: {}\n", fitted(one.policy, 40), promise_of(violation.guarantee),
          analysis::cause_names[static_cast<std::size_t>(violation.cause)]);
    last = &one;
    environment.out << fmt::format(
        "{:>6}  {}  {}  {}  {}\n", one.numbered.number, cell(one.region, 16), cell(one.phase, 12),
        cell(one.data_class, 10), analysis::duration_text(static_cast<double>(violation.age.ns())));
  }
  environment.error << fmt::format("seatrial explain {} --violation {}\n",
                                   analysis::printable(file.path), all.front().numbered.number);
}

const SavedViolation& numbered(const std::vector<SavedViolation>& all, std::uint64_t number) {
  for (const SavedViolation& one : all)
    if (one.numbered.number == number) return one;
  if (all.empty()) throw UsageError{"no read missed what it had to see: there is no violation"};
  throw UsageError{fmt::format(
      "there is no violation {}; the results have examples with the numbers {} to {}, listed by "
      "`seatrial explain` without --violation",
      number, all.front().numbered.number, all.back().numbered.number)};
}

// By the results' order: the one that is asked for, or all others, the first of them that is right
// to be taken.
std::vector<std::size_t> policies_beside(const analysis::SavedResults& results,
                                         const SavedViolation& wrong, const std::string& asked) {
  if (asked.empty()) {
    std::vector<std::size_t> others = analysis::beside_in_turn(
        wrong.numbered.policy, results.recommended, results.runner_up, results.policies.size());
    if (others.empty())
      throw UsageError{"there is one policy only: nothing to show the read beside"};
    return others;
  }
  std::vector<std::string> names;
  for (const analysis::SavedPolicy& policy : results.policies)
    names.push_back(analysis::printable(policy.name));
  for (std::size_t i = 0; i < results.policies.size(); ++i) {
    if (results.policies[i].name != asked) continue;
    if (i != wrong.numbered.policy) return {i};
    throw UsageError{
        fmt::format("violation {} is of \"{}\" itself: --beside names another policy, one of {}",
                    wrong.numbered.number, names[i], scenarios::listed(names))};
  }
  const std::string wrong_name = analysis::printable(asked);
  throw UsageError{fmt::format("--beside: no policy \"{}\"{}; there are {}", wrong_name,
                               scenarios::did_you_mean(wrong_name, names),
                               scenarios::listed(names))};
}

// The scenario's policies may stand in another order than the results'.
std::size_t index_of(const scenarios::Scenario& scenario, const std::string& policy) {
  const auto found = std::find_if(scenario.policies.begin(), scenario.policies.end(),
                                  [&](const auto& one) { return one.name == policy; });
  return static_cast<std::size_t>(found - scenario.policies.begin());
}

analysis::ExplainOptions explain_options(const ResultsFile& file, const ExplainArguments& arguments,
                                         const Environment& environment) {
  analysis::ExplainOptions options;
  options.seed = file.results.run.seed;
  options.shuffle_ties = file.results.run.shuffle_ties;
  options.jobs = arguments.jobs;
  options.cancelled = environment.interrupted;
  return options;
}

}  // namespace

int explain(const ExplainArguments& arguments, Environment& environment) {
  const ResultsFile file = read_results_file(arguments.results);
  const std::vector<SavedViolation> all = saved_violations_of(file);
  if (!arguments.violation) {
    if (!arguments.beside.empty() || arguments.json)
      throw UsageError{"say which: --violation N; without it the violations are listed"};
    list(file, all, environment);
    return exit_code::good;
  }
  const SavedViolation& wrong = numbered(all, *arguments.violation);
  std::vector<std::size_t> beside = policies_beside(file.results, wrong, arguments.beside);
  const scenarios::Scenario scenario = scenario_of(file);
  for (std::size_t& policy : beside)
    policy = index_of(scenario, file.results.policies[policy].name);
  analysis::AskedPair asked{wrong.numbered, beside.front(), {beside.begin() + 1, beside.end()}};
  asked.wrong.policy = index_of(scenario, wrong.policy);
  try {
    const std::vector<analysis::SameReadTwice> pairs =
        analysis::explain(scenario, explain_options(file, arguments, environment), {asked});
    if (pairs.empty()) return exit_code::interrupted;
    environment.out << (arguments.json ? analysis::pairs_json(pairs)
                                       : analysis::pair_text(pairs.front(), environment.columns,
                                                             environment.colour));
  } catch (const analysis::NotReproduced& error) {
    environment.error << "seatrial: " << analysis::printable(error.what())
                      << "; `seatrial verify` says where the runs part\n";
    return exit_code::different;
  }
  return exit_code::good;
}

}  // namespace seatrial::app
