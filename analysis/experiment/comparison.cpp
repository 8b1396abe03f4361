#include "analysis/experiment/comparison.hpp"

#include <algorithm>

#include "analysis/experiment/differences.hpp"
#include "analysis/experiment/examples.hpp"
#include "analysis/experiment/money.hpp"
#include "analysis/experiment/month.hpp"
#include "analysis/experiment/recommendation.hpp"
#include "sim/assert.hpp"

namespace seatrial::analysis {
namespace {

std::size_t index_of_baseline(const scenarios::Scenario& scenario) {
  for (std::size_t i = 0; i < scenario.policies.size(); ++i)
    if (scenario.policies[i].name == scenario.baseline) return i;
  return 0;
}

Counts counts_of(const std::vector<RunSummary>& runs, const Selection& selection) {
  Counts counts;
  for (const SliceOfReplication& one : slice_of(runs, selection).replications)
    counts.merge(one.all());
  return counts;
}

WrongReads wrong_reads_of(const models::WorldConfig& world, const std::vector<RunSummary>& runs) {
  WrongReads wrong;
  Counts all;
  for (std::uint32_t region = 0; region < world.regions.users.size(); ++region) {
    const Counts here = counts_of(runs, {{}, region, {}});
    wrong.own.by_region.push_back(here.ryw.violations);
    wrong.user.by_region.push_back(here.ryw_user.violations);
    wrong.backwards.by_region.push_back(here.mr.violations);
    all.merge(here);
  }
  for (std::uint32_t phase = 0; phase < world.phases.size(); ++phase) {
    const Counts here = counts_of(runs, {{phase}, {}, {}});
    wrong.own.by_phase.push_back(here.ryw.violations);
    wrong.user.by_phase.push_back(here.ryw_user.violations);
    wrong.backwards.by_phase.push_back(here.mr.violations);
  }
  wrong.own.reads = all.ryw;
  wrong.user.reads = all.ryw_user;
  wrong.backwards.reads = all.mr;
  wrong.by_cause = all.causes;
  AgeHistogram ages;
  for (const RunSummary& run : runs)
    for (const SinceWrite& since : run.since_write) ages.merge(since.ryw.violations);
  wrong.nearly_all_within_ns = static_cast<double>(ages.quantile(0.95));
  return wrong;
}

LostWrites lost_writes_of(const models::WorldConfig& world, const std::vector<RunSummary>& runs) {
  LostWrites lost;
  for (std::uint32_t region = 0; region < world.regions.users.size(); ++region) {
    lost.by_region.push_back(counts_of(runs, {{}, region, {}}).lost_to_conflict);
    lost.all += lost.by_region.back();
  }
  for (std::uint32_t phase = 0; phase < world.phases.size(); ++phase)
    lost.by_phase.push_back(counts_of(runs, {{phase}, {}, {}}).lost_to_conflict);
  return lost;
}

RegionLatency worst_region_of(const char* metric, const std::vector<models::UserShare>& users,
                              const std::vector<RunSummary>& runs) {
  RegionLatency worst;
  for (std::uint32_t region = 0; region < users.size(); ++region) {
    const Measurement here = measure(*find_metric(metric), slice_of(runs, {{}, region, {}}), 1, {});
    const Interval& so_far = worst.measurement.interval;
    if (!here.interval.defined) continue;
    if (so_far.defined && here.interval.estimate <= so_far.estimate) continue;
    worst = {here, users[region].region};
  }
  return worst;
}

void measure_cost(const scenarios::Scenario& scenario, const scenarios::Policy& policy,
                  const std::vector<RunSummary>& runs, PolicyResult& result) {
  result.cost_a_month = cost_a_month({scenario.prices, policy.world}, runs);
  result.wrong_a_month = wrong_reads_a_month(scenario.policies.front().world, runs);
  result.ru_per_operation = measure(*find_metric("ru_per_operation"), slice_of(runs, {}), 1, {});
  const auto& users = scenario.policies.front().world.regions.users;
  result.read_p99 = worst_region_of("read.p99", users, runs);
  result.update_p99 = worst_region_of("update.p99", users, runs);
}

// What a report draws of a policy, over all its replications.
void picture(const models::WorldConfig& world, const std::vector<RunSummary>& runs,
             PolicyResult& result) {
  result.curves.push_back(curves_of(runs, {}));
  for (std::uint32_t region = 0; region < world.regions.users.size(); ++region)
    result.curves.push_back(curves_of(runs, region));
  result.blast.resize(runs.front().blast.size());
  for (const RunSummary& run : runs) {
    for (const SinceWrite& since : run.since_write) result.since_write.merge(since);
    for (std::size_t i = 0; i < result.blast.size(); ++i) result.blast[i].merge(run.blast[i]);
    result.exercised.merge(run.exercised);
    result.replication.merge(run.replication);
    merge(result.recoveries, run.recoveries);
  }
}

PolicyResult judge(const scenarios::Scenario& scenario, const scenarios::Policy& policy,
                   const std::vector<RunSummary>& runs, Confidence confidence) {
  PolicyResult result;
  for (const scenarios::Objective& objective : scenario.objectives) {
    result.objectives.push_back(evaluate(scenario, policy, objective, runs, confidence));
    const ObjectiveResult& judged = result.objectives.back();
    const Verdict verdict = judged.verdict;
    result.passed += verdict == Verdict::pass ? 1 : 0;
    result.failed += verdict == Verdict::fail ? 1 : 0;
    result.inconclusive += verdict == Verdict::inconclusive ? 1 : 0;
    result.likely += verdict == Verdict::inconclusive && judged.estimates_keep ? 1 : 0;
  }
  measure_cost(scenario, policy, runs, result);
  result.wrong_reads = wrong_reads_of(scenario.policies.front().world, runs);
  result.lost_writes = lost_writes_of(scenario.policies.front().world, runs);
  picture(scenario.policies.front().world, runs, result);
  for (const RunSummary& run : runs) {
    for (const Cell& cell : run.cells) result.disallowed.merge(cell.counts.disallowed);
    result.operations += run.totals.operations;
    result.limit_reached |= run.totals.limit_reached;
  }
  result.digest = digest_of(runs);
  return result;
}

void price_recommended(const scenarios::Scenario& scenario, const Experiment& experiment,
                       Comparison& comparison) {
  const auto& ours = experiment.runs[comparison.recommended];
  const auto& theirs = experiment.runs[comparison.baseline];
  comparison.ru_difference = measure_difference(*find_metric("ru_per_operation"),
                                                slice_of(ours, {}), slice_of(theirs, {}), {});
  const auto& users = scenario.policies.front().world.regions.users;
  const auto greatest = [&](const char* metric) {
    RegionDifference most;
    for (std::uint32_t region = 0; region < users.size(); ++region) {
      const Interval here =
          measure_difference(*find_metric(metric), slice_of(ours, {{}, region, {}}),
                             slice_of(theirs, {{}, region, {}}), {});
      if (!here.defined || (most.interval.defined && here.estimate <= most.interval.estimate))
        continue;
      most = {here, users[region].region};
    }
    return most;
  };
  if (comparison.runner_up)
    comparison.against_runner_up = outcome_differences(
        scenario, experiment, comparison, {comparison.recommended, *comparison.runner_up});
  comparison.read_p99_difference = greatest("read.p99");
  comparison.update_p99_difference = greatest("update.p99");
}

// A result does not say in which folder the scenario lay.
std::string without_folder(std::string warning, const std::string& path) {
  const std::size_t folder = path.find_last_of('/') + 1;  // 0 when there is none
  if (warning.starts_with(path)) warning.erase(0, folder);
  return warning;
}

void warn(const scenarios::Scenario& scenario, const Experiment& experiment,
          Comparison& comparison) {
  for (const std::string& warning : scenario.warnings)
    comparison.warnings.push_back(
        without_folder(without_folder(warning, scenario.path),
                       scenario.prices_file ? scenario.prices_file->path : scenario.path));
  for (const PolicyResult& policy : comparison.policies)
    if (policy.limit_reached)
      comparison.warnings.push_back("\"" + policy.name +
                                    "\": a run reached a limit of the engine and ended early; "
                                    "all its objectives are inconclusive");
  std::uint64_t unjudged = 0;
  for (const std::vector<RunSummary>& runs : experiment.runs)
    for (const RunSummary& run : runs) unjudged += run.unjudged;
  if (unjudged > 0)
    comparison.warnings.push_back(std::to_string(unjudged) +
                                  " good operations took too long to be judged by the guarantees");
  const auto& phases = scenario.policies.front().world.phases;
  if (scenario.prices.present && std::any_of(phases.begin(), phases.end(), [](const auto& phase) {
        return phase.stands_for_hours_per_month <= 0;
      }))
    comparison.warnings.push_back(
        "no cost a month: a phase does not say what it stands for (stands_for)");
  if (experiment.replications < 2)
    comparison.warnings.push_back("one replication has no interval: only zeros are bounded");
  if (experiment.interrupted())
    comparison.warnings.push_back("interrupted after " + std::to_string(experiment.replications) +
                                  " of " + std::to_string(experiment.replications_asked) +
                                  " replications");
}

}  // namespace

bool meets_all(const PolicyResult& policy) { return policy.passed == policy.objectives.size(); }

sim::Hash128 digest_of(const std::vector<RunSummary>& runs) {
  sim::Digest digest;
  for (const RunSummary& run : runs) {
    digest.add(run.digest.high);
    digest.add(run.digest.low);
  }
  return digest.value();
}

Comparison compare(const scenarios::Scenario& scenario, const Experiment& experiment) {
  SEATRIAL_ASSERT(experiment.replications > 0, "nothing was simulated");
  Comparison comparison;
  comparison.confidence.comparisons = std::max<std::uint64_t>(1, comparisons_of(scenario));
  comparison.replications = static_cast<std::uint64_t>(experiment.replications);
  comparison.baseline = index_of_baseline(scenario);
  comparison.currency = scenario.prices.currency;
  sim::Digest digest;
  for (std::size_t i = 0; i < scenario.policies.size(); ++i) {
    comparison.policies.push_back(
        judge(scenario, scenario.policies[i], experiment.runs[i], comparison.confidence));
    comparison.policies.back().name = scenario.policies[i].name;
    digest.add(comparison.policies.back().digest.high);
    digest.add(comparison.policies.back().digest.low);
  }
  comparison.digest = digest.value();
  for (std::size_t i = 0; i < comparison.policies.size(); ++i)
    if (i != comparison.baseline) {
      comparison.policies[i].differences = differences_of(scenario, experiment, comparison, i);
      comparison.policies[i].outcomes =
          outcome_differences(scenario, experiment, comparison, {i, comparison.baseline});
    }
  comparison.violations = examples_of(experiment, comparison.baseline);
  recommend(comparison);
  price_recommended(scenario, experiment, comparison);
  warn(scenario, experiment, comparison);
  return comparison;
}

}  // namespace seatrial::analysis
