// What changed from one result to another: the recommendation, verdicts, metrics, inputs.
//
// The two are compared as independent results: a results.json holds intervals, not replications,
// so nothing can be paired. A metric has moved when its two 95 % intervals do not overlap. That is
// strict: of metrics that did not change, about one in 180 seems to, fewer with the same seed; a
// smaller move may be real, too. What the results disagree on by themselves is not compared:
// policies and objectives are matched by name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/report/saved_results.hpp"

namespace seatrial::analysis {

// How a verdict changed. Undecided: it was met and is inconclusive.
enum class Turn : std::uint8_t { worse, undecided, better };

struct VerdictChange {
  Turn turn;
  std::string policy;
  const SavedVerdict* before;
  const SavedVerdict* after;
  const scenarios::Objective* objective;  // of the newer result
};

struct MetricMove {
  std::string policy, metric;
  const SavedMetrics* slice;  // of the newer result
  Interval before, after;
  double change() const;               // of the older value: 0.5 is half as much again
  std::optional<bool> better() const;  // none: not a metric of this program
};

// An input or a statement of the scenario. JSON text, empty where it is not there.
struct ValueChange {
  std::string what;  // a JSON pointer, or "seed", "title", ...
  std::string before, after;
  std::string origin_before, origin_after;  // of an input
  std::vector<std::string> policies;        // in which an input changed; empty: in all
};

struct ResultsDiff {
  bool same_runs = false;  // equal digests
  bool same_decision = true;
  std::vector<std::string> added_policies, gone_policies;
  std::vector<std::string> added_objectives, gone_objectives;
  std::vector<VerdictChange> verdicts;  // worse, undecided, better; then in the newer's order
  std::vector<MetricMove> moves;        // by concern; then in the newer's order of policies
  std::vector<ValueChange> stated;      // title, question, baseline, objectives, seed, ...
  std::vector<ValueChange> inputs;      // of policies in both
  bool text_alone = false;              // the file differs, nothing that it states does

  bool nothing_changed() const;
};

// Points into both; they must outlive it.
ResultsDiff diff_of(const SavedResults& before, const SavedResults& after);

// How each verdict of one policy became that of another, in the order of `after`; objectives that
// are not in both are left out.
std::vector<VerdictChange> verdict_changes(const SavedResults& before,
                                           const SavedPolicy& old_policy, const SavedResults& after,
                                           const SavedPolicy& new_policy);

// An objective of the older result that the newer one asks no more, or asks otherwise: a verdict on
// it cannot be held against the older one.
struct ObjectiveNotKept {
  std::string name;
  bool gone;  // else its definition changed
};

// In the order of `before`.
std::vector<ObjectiveNotKept> objectives_not_kept(const SavedResults& before,
                                                  const SavedResults& after);

// Where the results were read from, as a reader would call them.
struct DiffNames {
  std::string before, after;
};

std::string terminal_diff(const SavedResults& before, const SavedResults& after, const ResultsDiff&,
                          const DiffNames&);
// For a pull request: what changed since `before`.
std::string markdown_diff(const SavedResults& before, const SavedResults& after, const ResultsDiff&,
                          const DiffNames&);
std::string json_diff(const SavedResults& before, const SavedResults& after, const ResultsDiff&);

}  // namespace seatrial::analysis
