#include "analysis/report/diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <tuple>

#include "analysis/statistics/concern.hpp"

namespace seatrial::analysis {
namespace {

std::string json_text(const std::string& text) { return nlohmann::json(text).dump(); }

template <typename Item>
const Item* named(const std::vector<Item>& items, const std::string& name) {
  const auto found =
      std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.name == name; });
  return found == items.end() ? nullptr : &*found;
}

template <typename Item>
std::vector<std::string> names_only_in(const std::vector<Item>& items,
                                       const std::vector<Item>& others) {
  std::vector<std::string> names;
  for (const Item& item : items)
    if (named(others, item.name) == nullptr) names.push_back(item.name);
  return names;
}

// What was missed and is now inconclusive is better: it may be met.
Turn turn_of(Verdict before, Verdict after) {
  if (before == Verdict::pass)
    return after == Verdict::inconclusive ? Turn::undecided : Turn::worse;
  return after == Verdict::fail ? Turn::worse : Turn::better;
}

bool asks_the_same(const scenarios::Objective& one, const scenarios::Objective& other) {
  const auto parts = [](const scenarios::Objective& of) {
    return std::tie(of.metric, of.data_class, of.each_region, of.during, of.outside, of.bound,
                    of.limit);
  };
  return parts(one) == parts(other);
}

void add_moves(const SavedPolicy& before, const SavedPolicy& after,
               std::vector<MetricMove>& moves) {
  for (const SavedMetrics& slice : after.metrics) {
    const auto same =
        std::find_if(before.metrics.begin(), before.metrics.end(), [&](const SavedMetrics& other) {
          return other.phase == slice.phase && other.region == slice.region &&
                 other.data_class == slice.data_class;
        });
    if (same == before.metrics.end()) continue;
    for (const auto& [metric, now] : slice.values) {
      const auto was = same->values.find(metric);
      if (was == same->values.end() || !was->second.defined || !now.defined) continue;
      if (now.low > was->second.high || now.high < was->second.low)
        moves.push_back({after.name, metric, &slice, was->second, now});
    }
  }
}

// "at most 0.001, of cart, in each region"
std::string definition_of(const scenarios::Objective& objective) {
  std::string text = fmt::format(
      "{} {} {}", objective.metric,
      objective.bound == scenarios::Bound::at_most ? "at most" : "at least", objective.limit);
  if (!objective.data_class.empty()) text += ", of " + objective.data_class;
  if (objective.each_region) text += ", in each region";
  if (!objective.during.empty()) text += ", during " + objective.during;
  if (!objective.outside.empty()) text += ", outside " + objective.outside;
  return json_text(text);
}

std::vector<ValueChange> stated_changes(const SavedResults& before, const SavedResults& after) {
  std::vector<ValueChange> changes;
  const auto compare = [&](const std::string& what, std::string was, std::string is) {
    if (was != is) changes.push_back({what, std::move(was), std::move(is), "", "", {}});
  };
  const auto ties = [](const SavedRun& run) {
    return run.shuffle_ties ? std::to_string(*run.shuffle_ties) : std::string{"null"};
  };
  compare("title", json_text(before.scenario.title), json_text(after.scenario.title));
  compare("question", json_text(before.scenario.question), json_text(after.scenario.question));
  compare("baseline", json_text(before.scenario.baseline), json_text(after.scenario.baseline));
  for (const scenarios::Objective& objective : after.objectives)
    if (const auto* was = named(before.objectives, objective.name))
      compare("objective \"" + objective.name + "\"", definition_of(*was),
              definition_of(objective));
  compare("seed", std::to_string(before.run.seed), std::to_string(after.run.seed));
  compare("replications", std::to_string(before.run.replications),
          std::to_string(after.run.replications));
  compare("tie order", ties(before.run), ties(after.run));
  compare("program", json_text(before.version), json_text(after.version));
  return changes;
}

// What the command line may have replaced stands in the results' run.
bool stated_by_run(const std::string& pointer) {
  return pointer == "/run/seed" || pointer == "/run/replications";
}

ValueChange change_at(const std::string& pointer, const SavedPolicy& before,
                      const SavedPolicy& after) {
  ValueChange change{pointer, "", "", "", "", {}};
  if (const auto found = before.inputs.find(pointer); found != before.inputs.end())
    change.before = found->second.value, change.origin_before = found->second.origin;
  if (const auto found = after.inputs.find(pointer); found != after.inputs.end())
    change.after = found->second.value, change.origin_after = found->second.origin;
  return change;
}

// Equal changes of several policies become one; those of a policy alone keep its name.
std::vector<ValueChange> input_changes(const SavedResults& before, const SavedResults& after) {
  std::vector<ValueChange> changes;
  std::size_t in_both = 0;
  for (const SavedPolicy& policy : after.policies) {
    const SavedPolicy* const was = named(before.policies, policy.name);
    if (was == nullptr) continue;
    ++in_both;
    std::vector<std::string> pointers = policy.pointers;
    for (const std::string& pointer : was->pointers)
      if (!policy.inputs.contains(pointer)) pointers.push_back(pointer);
    for (const std::string& pointer : pointers) {
      ValueChange change = change_at(pointer, *was, policy);
      if (stated_by_run(pointer) || change.before == change.after) continue;
      const auto equal =
          std::find_if(changes.begin(), changes.end(), [&](const ValueChange& other) {
            return other.what == pointer && other.before == change.before &&
                   other.after == change.after;
          });
      if (equal != changes.end()) {
        equal->policies.push_back(policy.name);
        continue;
      }
      change.policies.push_back(policy.name);
      changes.push_back(std::move(change));
    }
  }
  for (ValueChange& change : changes)
    if (change.policies.size() == in_both) change.policies.clear();
  return changes;
}

}  // namespace

double MetricMove::change() const {
  if (before.estimate == 0) return after.estimate == 0 ? 0 : HUGE_VAL;
  return (after.estimate - before.estimate) / std::abs(before.estimate);
}

std::optional<bool> MetricMove::better() const {
  const Metric* const known = find_metric(metric);
  if (known == nullptr) return std::nullopt;
  return (after.estimate < before.estimate) == known->lower_is_better;
}

bool ResultsDiff::nothing_changed() const {
  return same_decision && added_policies.empty() && gone_policies.empty() &&
         added_objectives.empty() && gone_objectives.empty() && verdicts.empty() && moves.empty() &&
         stated.empty() && inputs.empty();
}

std::vector<VerdictChange> verdict_changes(const SavedResults& before,
                                           const SavedPolicy& old_policy, const SavedResults& after,
                                           const SavedPolicy& new_policy) {
  std::vector<VerdictChange> changes;
  for (std::size_t i = 0; i < after.objectives.size(); ++i) {
    const scenarios::Objective* const was = named(before.objectives, after.objectives[i].name);
    if (was == nullptr) continue;
    const SavedVerdict& old_verdict =
        old_policy.objectives[static_cast<std::size_t>(was - before.objectives.data())];
    const SavedVerdict& new_verdict = new_policy.objectives[i];
    if (old_verdict.verdict == new_verdict.verdict) continue;
    changes.push_back({turn_of(old_verdict.verdict, new_verdict.verdict), new_policy.name,
                       &old_verdict, &new_verdict, &after.objectives[i]});
  }
  return changes;
}

std::vector<ObjectiveNotKept> objectives_not_kept(const SavedResults& before,
                                                  const SavedResults& after) {
  std::vector<ObjectiveNotKept> all;
  for (const scenarios::Objective& was : before.objectives) {
    const scenarios::Objective* const is = named(after.objectives, was.name);
    if (is == nullptr || !asks_the_same(was, *is)) all.push_back({was.name, is == nullptr});
  }
  return all;
}

ResultsDiff diff_of(const SavedResults& before, const SavedResults& after) {
  ResultsDiff diff;
  const SavedPolicy& old_choice = before.policies[before.recommended];
  const SavedPolicy& new_choice = after.policies[after.recommended];
  diff.same_runs = before.digest == after.digest;
  diff.same_decision = old_choice.name == new_choice.name && old_choice.met == new_choice.met &&
                       before.objectives.size() == after.objectives.size();
  diff.added_policies = names_only_in(after.policies, before.policies);
  diff.gone_policies = names_only_in(before.policies, after.policies);
  diff.added_objectives = names_only_in(after.objectives, before.objectives);
  diff.gone_objectives = names_only_in(before.objectives, after.objectives);
  for (const SavedPolicy& policy : after.policies) {
    const SavedPolicy* const was = named(before.policies, policy.name);
    if (was == nullptr) continue;
    for (const VerdictChange& change : verdict_changes(before, *was, after, policy))
      diff.verdicts.push_back(change);
    add_moves(*was, policy, diff.moves);
  }
  std::stable_sort(diff.verdicts.begin(), diff.verdicts.end(),
                   [](const auto& one, const auto& other) { return one.turn < other.turn; });
  std::stable_sort(diff.moves.begin(), diff.moves.end(), [](const auto& one, const auto& other) {
    return concern_of(one.metric) < concern_of(other.metric);
  });
  diff.stated = stated_changes(before, after);
  diff.inputs = input_changes(before, after);
  diff.text_alone =
      before.scenario.text != after.scenario.text && diff.stated.empty() && diff.inputs.empty();
  return diff;
}

}  // namespace seatrial::analysis
