#include "analysis/explain/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <thread>
#include <utility>

#include "analysis/experiment/simulate.hpp"
#include "analysis/explain/draw.hpp"
#include "analysis/explain/story.hpp"
#include "sim/assert.hpp"

namespace seatrial::analysis {

namespace {

// One policy in one replication, and whom to follow in it.
struct Run {
  std::size_t policy = 0;
  std::uint32_t replication = 0;
  std::vector<models::UserId> users;
  std::unique_ptr<TraceCollector> trace;  // when it has run
};

using Runs = std::map<std::pair<std::size_t, std::uint32_t>, Run>;

void add(Runs& runs, std::size_t policy, const NumberedViolation& wrong) {
  Run& run = runs[{policy, wrong.replication}];
  run.policy = policy;
  run.replication = wrong.replication;
  const models::UserId user = wrong.violation.read.user;
  if (std::find(run.users.begin(), run.users.end(), user) == run.users.end())
    run.users.push_back(user);
}

void perform(Run& run, const scenarios::Scenario& scenario, const ExplainOptions& options) {
  run.trace = std::make_unique<TraceCollector>(run.users);
  models::RunOptions how;
  how.seed = options.seed;
  how.replication = run.replication;
  how.shuffle_ties = options.shuffle_ties.has_value();
  how.tie_seed = options.shuffle_ties.value_or(0);
  how.followed = models::Followed{run.users, *run.trace};
  how.cancelled = [&] {
    return run.trace->has_seen_enough() || (options.cancelled && options.cancelled());
  };
  watch(scenario.policies.at(run.policy).world, how, *run.trace);
}

// Runs share nothing.
void perform_all(Runs& runs, const scenarios::Scenario& scenario, const ExplainOptions& options) {
  std::vector<Run*> tasks;
  for (auto& [name, run] : runs) tasks.push_back(&run);
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next.fetch_add(1); i < tasks.size(); i = next.fetch_add(1))
      perform(*tasks[i], scenario, options);
  };
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  const std::size_t workers =
      std::min<std::size_t>(tasks.size(), options.jobs == 0 ? cores : options.jobs);
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < workers; ++i) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
}

[[noreturn]] void not_reproduced(const scenarios::Scenario& scenario,
                                 const NumberedViolation& wrong, const std::string& how) {
  throw NotReproduced{fmt::format("violation {} is not in replication {} of \"{}\" any more: {}",
                                  wrong.number, wrong.replication,
                                  scenario.policies.at(wrong.policy).name, how)};
}

// The wrong read as it was, or it is not the same run.
const TracedOperation& wrong_read(const TraceCollector& trace, const scenarios::Scenario& scenario,
                                  const NumberedViolation& wrong) {
  const Violation& violation = wrong.violation;
  const TracedOperation* read = trace.find(violation.read.session, violation.read.index);
  if (read == nullptr) not_reproduced(scenario, wrong, "its session has no such read");
  const Judged& judged = judged_by(violation.guarantee, read->judged);
  if (judged.finding != Finding::broken || judged.floor != violation.floor)
    not_reproduced(scenario, wrong, "that read is not wrong in this way");
  return *read;
}

// What had to be seen.
const TracedOperation& operation_before(const TraceCollector& trace,
                                        const scenarios::Scenario& scenario,
                                        const NumberedViolation& wrong,
                                        const TracedOperation& read) {
  const Guarantee guarantee = wrong.violation.guarantee;
  const auto kind =
      guarantee == Guarantee::mr ? models::OperationKind::read : models::OperationKind::update;
  const TracedOperation* before =
      trace.find(read.seen, kind, wrong.violation.floor, guarantee == Guarantee::ryw_user);
  if (before == nullptr) not_reproduced(scenario, wrong, "nothing in it wrote what was missed");
  return *before;
}

SameReadTwice pair_of(const scenarios::Scenario& scenario, const Runs& runs,
                      const AskedPair& asked) {
  const NumberedViolation& wrong = asked.wrong;
  const Guarantee guarantee = wrong.violation.guarantee;
  const TraceCollector& here = *runs.at({wrong.policy, wrong.replication}).trace;
  const TraceCollector& there = *runs.at({asked.beside, wrong.replication}).trace;
  const TracedOperation& read = wrong_read(here, scenario, wrong);
  const TracedOperation& before = operation_before(here, scenario, wrong, read);
  const TracedOperation* same_read = there.find(read.seen.session, read.seen.index);
  const TracedOperation* same_before = there.find(before.seen.session, before.seen.index);
  if (same_read == nullptr || same_before == nullptr)
    not_reproduced(scenario, wrong,
                   fmt::format("under \"{}\" its session does something else",
                               scenario.policies.at(asked.beside).name));
  const Scene left = scene_of(scenario.policies[wrong.policy], here, guarantee, before, read);
  const Scene right =
      scene_of(scenario.policies[asked.beside], there, guarantee, *same_before, *same_read);
  SameReadTwice pair;
  pair.number = wrong.number;
  pair.guarantee = guarantee;
  pair.cause = wrong.violation.cause;
  pair.sentence = sentence_of_wrong(left) + " " + sentence_of_other(right);
  pair.evidence = evidence_of(left, right);
  pair.left = draw(left);
  pair.right = draw(right);
  return pair;
}

}  // namespace

std::vector<SameReadTwice> explain(const scenarios::Scenario& scenario,
                                   const ExplainOptions& options,
                                   const std::vector<AskedPair>& asked) {
  Runs runs;
  for (const AskedPair& pair : asked) {
    SEATRIAL_ASSERT(pair.beside != pair.wrong.policy, "a read is shown beside another policy");
    add(runs, pair.wrong.policy, pair.wrong);
    add(runs, pair.beside, pair.wrong);
  }
  perform_all(runs, scenario, options);
  if (options.cancelled && options.cancelled()) return {};
  std::vector<SameReadTwice> pairs;
  for (const AskedPair& pair : asked) pairs.push_back(pair_of(scenario, runs, pair));
  return pairs;
}

}  // namespace seatrial::analysis
