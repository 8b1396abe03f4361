#include "analysis/report/page_agreement.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/report/page_json.hpp"

namespace seatrial::analysis {
namespace {

// `where` is below /page, `other` the place in the results that says otherwise.
void agree(bool equal, std::string_view where, std::string_view other) {
  if (equal) return;
  throw PageError{fmt::format(
      "/page/{} contradicts /{}: one of them was changed; repeat the comparison, or ask "
      "`seatrial verify`",
      where, other)};
}

data::VerdictKind kind_of(const SavedResults& results) {
  if (!results.runner_up) return data::VerdictKind::single;
  const SavedPolicy& first = results.policies[results.recommended];
  const bool meets_all =
      std::all_of(first.objectives.begin(), first.objectives.end(),
                  [](const SavedVerdict& one) { return one.verdict == Verdict::pass; });
  return meets_all ? data::VerdictKind::recommended : data::VerdictKind::nearest;
}

std::uint64_t count(const SavedPolicy& policy, Verdict verdict) {
  return static_cast<std::uint64_t>(
      std::count_if(policy.objectives.begin(), policy.objectives.end(),
                    [&](const SavedVerdict& one) { return one.verdict == verdict; }));
}

void check_policy(const data::Policy& page, const SavedPolicy& saved, std::size_t i) {
  const std::string at = fmt::format("policies/{}", i);
  agree(page.name == saved.name, at + "/name", at + "/name");
  agree(page.met == count(saved, Verdict::pass), at + "/met", at + "/objectives");
  agree(page.missed == count(saved, Verdict::fail), at + "/missed", at + "/objectives");
  agree(page.inconclusive == count(saved, Verdict::inconclusive), at + "/inconclusive",
        at + "/objectives");
}

void check_verdict(const data::VerdictText& page, const SavedResults& results) {
  agree(page.policy == results.recommended, "verdict/policy", "recommended");
  agree(page.runner_up.has_value() == results.runner_up.has_value() &&
            (!page.runner_up || page.runner_up->policy == *results.runner_up),
        "verdict/runner_up", "runner_up");
  agree(page.kind == kind_of(results), "verdict/kind",
        fmt::format("policies/{}/objectives", results.recommended));
}

}  // namespace

void check_agreement(const data::Report& page, const SavedResults& results) {
  agree(page.policies.size() == results.policies.size(), "policies", "policies");
  for (std::size_t i = 0; i < results.policies.size(); ++i)
    check_policy(page.policies[i], results.policies[i], i);
  check_verdict(page.verdict, results);
  agree(results.policies[page.scenario.baseline].name == results.scenario.baseline,
        "scenario/baseline", "scenario/baseline");
  agree(page.scenario.title == results.scenario.title, "scenario/title", "scenario/title");
  agree(page.scenario.question == results.scenario.question, "scenario/question",
        "scenario/question");
  agree(page.scenario.text == results.scenario.text, "scenario/text", "scenario/text");
  agree(page.reproduce.digest == results.digest, "reproduce/digest", "digest");
  agree(page.reproduce.seed == results.run.seed, "reproduce/seed", "run/seed");
  agree(page.reproduce.replications == static_cast<std::uint64_t>(results.run.replications),
        "reproduce/replications", "run/replications");
  agree(page.reproduce.overrides == results.scenario.overrides, "reproduce/overrides",
        "scenario/overrides");
}

}  // namespace seatrial::analysis
