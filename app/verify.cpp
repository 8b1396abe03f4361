// Repeats the experiment of a results.json from what stands in it alone, and compares. The digests
// tell the first policy, replication and step of the timeline at which the two part.
#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <sstream>
#include <utility>

#include "analysis/report/excerpt.hpp"
#include "analysis/report/report.hpp"
#include "analysis/report/text.hpp"
#include "analysis/report/version.hpp"
#include "app/arguments.hpp"
#include "app/results_file.hpp"

namespace seatrial::app {
namespace {

using analysis::excerpt;
using analysis::SavedPolicy;
using analysis::SavedResults;
using Digests = std::vector<std::string>;

// Where two lists part; their length when they do not.
std::size_t first_difference(const Digests& one, const Digests& other) {
  std::size_t i = 0;
  while (i < one.size() && i < other.size() && one[i] == other[i]) ++i;
  return i;
}

// "step 17 of 256, before 12.5 s of simulated time"
std::string step_of(const Digests& before, const Digests& after, const models::WorldConfig& world) {
  const std::size_t step = first_difference(before, after);
  models::Duration timeline = world.warmup;
  for (const models::PhaseConfig& phase : world.phases) timeline += phase.length;
  const double seconds = timeline.s() * static_cast<double>(step + 1) /
                         static_cast<double>(std::max<std::size_t>(1, after.size()));
  return fmt::format("step {} of {}, before {:.3f} s of simulated time", step + 1, after.size(),
                     seconds);
}

// Empty when all digests of the policy are equal.
std::string parting_of(const SavedPolicy& before, const SavedPolicy& after,
                       const models::WorldConfig& world) {
  std::vector<std::string> where;
  if (before.replications != after.replications)
    where.push_back(
        fmt::format("replication {}", first_difference(before.replications, after.replications)));
  if (before.checkpoints != after.checkpoints)
    where.push_back(step_of(before.checkpoints, after.checkpoints, world));
  if (where.empty() && before.digest != after.digest)
    where.emplace_back("its digest, though those of its replications and steps are equal");
  if (where.empty()) return "";
  return fmt::format("policy \"{}\", {}", excerpt(before.name, 0, 40), fmt::join(where, ", "));
}

// Of the first policy that parts, and of the workload; empty when all digests are equal.
std::string first_parting(const SavedResults& before, const SavedResults& after,
                          const scenarios::Scenario& scenario) {
  std::vector<std::string> partings;
  const Digests& offered = before.run.workload_digests;
  const Digests& offers = after.run.workload_digests;
  for (std::size_t i = 0; i < scenario.policies.size() && partings.empty(); ++i) {
    std::string parting =
        parting_of(before.policies[i], after.policies[i], scenario.policies[i].world);
    if (!parting.empty()) partings.push_back(std::move(parting));
  }
  if (offered != offers)
    partings.push_back(
        fmt::format("the workload of replication {}", first_difference(offered, offers)));
  if (partings.empty() && before.digest != after.digest)
    partings.emplace_back("the digest of all runs, though those of all policies are equal");
  return fmt::format("{}", fmt::join(partings, "; "));
}

// Where two lines part, with a little before it: a line can hold a whole scenario.
std::string first_different_line(const std::string& before, const std::string& after) {
  std::istringstream one{before}, other{after};
  std::string old_line, new_line;
  for (std::size_t line = 1;; ++line) {
    const bool more = static_cast<bool>(std::getline(one, old_line));
    const bool also = static_cast<bool>(std::getline(other, new_line));
    if (more && also && old_line == new_line) continue;
    if (!more && !also) return "the end of a line";
    const auto parting =
        std::mismatch(old_line.begin(), old_line.end(), new_line.begin(), new_line.end()).first -
        old_line.begin();
    const std::size_t from = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, parting - 20));
    return fmt::format("line {}: {} | {}", line, more ? excerpt(old_line, from, 48) : "(end)",
                       also ? excerpt(new_line, from, 48) : "(end)");
  }
}

}  // namespace

int verify(const VerifyArguments& arguments, Environment& environment) {
  const ResultsFile file = read_results_file(arguments.results);
  const scenarios::Scenario scenario = scenario_of(file);
  analysis::ExperimentOptions options = options_of(file.results);
  options.jobs = arguments.jobs;
  options.cancelled = environment.interrupted;
  analysis::Experiment experiment =
      run_with_progress(scenario, options, environment.simulate, environment);
  if (experiment.interrupted()) return exit_code::interrupted;
  experiment.replications_asked = static_cast<std::uint32_t>(file.results.run.replications_asked);
  const std::string again =
      analysis::results_json(scenario, experiment, analysis::compare(scenario, experiment),
                             {file.results.scenario.overrides});
  const std::string parting = first_parting(file.results, analysis::read_results(again), scenario);
  if (parting.empty() && again == file.text) {
    environment.out << fmt::format(
        "equal: {}, {}, digest {}\n",
        analysis::counted(scenario.policies.size(), "policy", "policies"),
        analysis::counted(static_cast<std::uint64_t>(experiment.replications), "replication"),
        file.results.digest.substr(0, 12));
    return exit_code::good;
  }
  environment.out << "different: "
                  << (parting.empty() ? "the runs are equal, what is computed from them is not; " +
                                            first_different_line(file.text, again)
                                      : parting)
                  << '\n';
  if (file.results.version != analysis::program_version)
    environment.out << fmt::format("written by version {}, this is {}\n",
                                   excerpt(file.results.version, 0, 40), analysis::program_version);
  return exit_code::different;
}

}  // namespace seatrial::app
