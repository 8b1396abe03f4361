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

struct Shown {
  SameReadTwice pair;
  bool is_right = false;  // the read under the other policy
};

Shown pair_of(const scenarios::Scenario& scenario, const AskedPair& asked,
              const TraceCollector& here, std::size_t beside, const TraceCollector& there) {
  const NumberedViolation& wrong = asked.wrong;
  const Guarantee guarantee = wrong.violation.guarantee;
  const TracedOperation& read = wrong_read(here, scenario, wrong);
  const TracedOperation& before = operation_before(here, scenario, wrong, read);
  const TracedOperation* same_read = there.find(read.seen.session, read.seen.index);
  const TracedOperation* same_before = there.find(before.seen.session, before.seen.index);
  if (same_read == nullptr || same_before == nullptr)
    not_reproduced(scenario, wrong,
                   fmt::format("under \"{}\" its session does something else",
                               scenario.policies.at(beside).name));
  const Scene left = scene_of(scenario.policies[wrong.policy], here, guarantee, before, read);
  const Scene right =
      scene_of(scenario.policies[beside], there, guarantee, *same_before, *same_read);
  SameReadTwice pair;
  pair.number = wrong.number;
  pair.guarantee = guarantee;
  pair.cause = wrong.violation.cause;
  pair.sentence = sentence_of_wrong(left) + " " + sentence_of_other(right);
  pair.evidence = evidence_of(left, right);
  pair.left = draw(left);
  pair.right = draw(right);
  const bool is_right = !right.wrong && same_before->seen.outcome == models::Outcome::ok &&
                        same_read->seen.outcome == models::Outcome::ok;
  return {std::move(pair), is_right};
}

const TraceCollector& trace_of(const Runs& runs, std::size_t policy,
                               const NumberedViolation& wrong) {
  return *runs.at({policy, wrong.replication}).trace;
}

// Those that are not right yet, each beside the next policy that it may be shown beside.
void try_next(std::vector<Shown>& shown, std::size_t turn, const Runs& first,
              const scenarios::Scenario& scenario, const ExplainOptions& options,
              const std::vector<AskedPair>& asked) {
  Runs runs;
  const auto is_tried = [&](std::size_t i) {
    return !shown[i].is_right && turn < asked[i].otherwise.size();
  };
  for (std::size_t i = 0; i < asked.size(); ++i)
    if (is_tried(i)) add(runs, asked[i].otherwise[turn], asked[i].wrong);
  perform_all(runs, scenario, options);
  if (options.cancelled && options.cancelled()) return;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (!is_tried(i)) continue;
    const NumberedViolation& wrong = asked[i].wrong;
    const std::size_t beside = asked[i].otherwise[turn];
    Shown other = pair_of(scenario, asked[i], trace_of(first, wrong.policy, wrong), beside,
                          trace_of(runs, beside, wrong));
    if (other.is_right) shown[i] = std::move(other);
  }
}

}  // namespace

std::vector<SameReadTwice> explain(const scenarios::Scenario& scenario,
                                   const ExplainOptions& options,
                                   const std::vector<AskedPair>& asked) {
  Runs runs;
  std::size_t turns = 0;
  for (const AskedPair& pair : asked) {
    SEATRIAL_ASSERT(pair.beside != pair.wrong.policy, "a read is shown beside another policy");
    add(runs, pair.wrong.policy, pair.wrong);
    add(runs, pair.beside, pair.wrong);
    turns = std::max(turns, pair.otherwise.size());
  }
  const auto is_cancelled = [&] { return options.cancelled && options.cancelled(); };
  perform_all(runs, scenario, options);
  if (is_cancelled()) return {};
  std::vector<Shown> shown;
  for (const AskedPair& pair : asked)
    shown.push_back(pair_of(scenario, pair, trace_of(runs, pair.wrong.policy, pair.wrong),
                            pair.beside, trace_of(runs, pair.beside, pair.wrong)));
  for (std::size_t turn = 0; turn < turns && !is_cancelled(); ++turn)
    try_next(shown, turn, runs, scenario, options, asked);
  if (is_cancelled()) return {};
  std::vector<SameReadTwice> pairs;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (!shown[i].is_right && !asked[i].otherwise.empty())
      shown[i].pair.sentence += " It is right under no other policy.";
    pairs.push_back(std::move(shown[i].pair));
  }
  return pairs;
}

}  // namespace seatrial::analysis
