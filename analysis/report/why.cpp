#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "analysis/report/causes.hpp"
#include "analysis/report/text.hpp"
#include "scenarios/checks.hpp"

namespace seatrial::analysis {
namespace {

std::string whole_percent(double share) {
  if (share > 0 && share < 0.005) return "below 1 %";
  if (share < 1 && share >= 0.995) return "over 99 %";
  return fmt::format("{:.0f} %", 100 * share);
}

// (share, index) of those that count anything, the greatest first.
std::vector<std::pair<double, std::size_t>> ranked(std::span<const std::uint64_t> counts,
                                                   std::uint64_t all) {
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] > 0)
      order.push_back({static_cast<double>(counts[i]) / static_cast<double>(all), i});
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& one, const auto& other) { return one.first > other.first; });
  return order;
}

// "93 % had no token, 7 % had a pod's token that was too old", the greatest share first. What is
// below half a percent changes no decision; the page has it.
std::string causes_text(const models::WorldConfig& world, const CauseCounts& counts,
                        std::uint64_t all) {
  const bool has_leader = models::quorum_of(world.store) == nullptr;
  const std::array<const char*, cause_names.size()> phrases{
      "had no token",
      "had a pod's token that was too old",
      "had a device's token that was too old",
      "had a broker's token that was too old",
      "came while the broker did not answer",
      has_leader ? "asked at a level that takes no token"
                 : "were answered by replicas that had not got it yet",
      "had a token that asked for enough",
      "gave its token up as no replica had applied it"};
  std::vector<std::string> parts;
  for (const auto& [share, cause] : ranked(counts, all))
    if (share >= 0.005) parts.push_back(whole_percent(share) + " " + phrases[cause]);
  return joined(parts);
}

// "; East US 60 %, West Europe 40 %".
std::string regions_text(const models::WorldConfig& world, std::span<const std::uint64_t> by_region,
                         std::uint64_t all) {
  const auto& users = world.regions.users;
  if (users.size() < 2) return "";
  std::vector<std::string> parts;
  for (const auto& [share, region] : ranked(by_region, all))
    parts.push_back(users[region].region + " " + whole_percent(share));
  for (std::size_t i = 0; i < by_region.size(); ++i)
    if (by_region[i] == 0) parts.push_back(users[i].region + " none");
  return "; " + joined(parts);
}

// "; 96 % in outage": the phase that has most.
std::string phase_text(const models::WorldConfig& world, std::span<const std::uint64_t> by_phase,
                       std::uint64_t all) {
  if (world.phases.size() < 2) return "";
  const auto [share, phase] = ranked(by_phase, all).front();
  return fmt::format("; {} in {}", whole_percent(share), world.phases[phase].name);
}

struct Missing {
  Guarantee guarantee;
  const WrongReadsWhere& where;
  const char* what;
};

// Of one guarantee; empty when nothing broke it.
std::string line_of(const models::WorldConfig& world, const PolicyResult& policy,
                    const Missing& missing) {
  const std::uint64_t count = missing.where.reads.violations;
  if (count == 0) return "";
  const WrongReads& wrong = policy.wrong_reads;
  std::string text = fmt::format(
      "\"{}\": {} {}: {}", policy.name, counted(count, "read"), missing.what,
      causes_text(world, wrong.by_cause[static_cast<std::size_t>(missing.guarantee)], count));
  if (missing.guarantee == Guarantee::ryw && wrong.nearly_all_within_ns > 0)
    text += "; nearly all within " + duration_text(wrong.nearly_all_within_ns) + " of the write";
  return text + regions_text(world, missing.where.by_region, count) +
         phase_text(world, missing.where.by_phase, count);
}

std::string lost_writes_text(const models::WorldConfig& world, const PolicyResult& policy) {
  const LostWrites& lost = policy.lost_writes;
  return fmt::format(
      "\"{}\": {} that had been committed lost to a concurrent one of another "
      "region{}{}",
      policy.name, counted(lost.all, "write"), regions_text(world, lost.by_region, lost.all),
      phase_text(world, lost.by_phase, lost.all));
}

std::vector<Missing> guarantees_of(const PolicyResult& policy) {
  const WrongReads& wrong = policy.wrong_reads;
  return {{Guarantee::ryw, wrong.own, "missed their own write"},
          {Guarantee::ryw_user, wrong.user, "missed their user's write, on any device"},
          {Guarantee::mr, wrong.backwards, "went back to before what had been read"}};
}

bool fails_on(const scenarios::Scenario& scenario, const PolicyResult& policy,
              Guarantee guarantee) {
  const std::string_view metric = guarantee_names[static_cast<std::size_t>(guarantee)];
  for (std::size_t i = 0; i < policy.objectives.size(); ++i)
    if (scenario.objectives[i].metric == metric && policy.objectives[i].verdict == Verdict::fail)
      return true;
  return false;
}

// Reads of the own session are among those of the user: where a line about them has been said and
// they are most of them, a line about the user would say the same again. What is left of it: how
// many more there were.
bool is_mostly_said(const WrongReads& wrong, Guarantee guarantee, bool own_line_said) {
  return guarantee == Guarantee::ryw_user && own_line_said &&
         wrong.user.reads.violations < 2 * wrong.own.reads.violations;
}

std::string more_text(const PolicyResult& policy) {
  const WrongReads& wrong = policy.wrong_reads;
  if (wrong.user.reads.violations <= wrong.own.reads.violations) return "";
  const std::uint64_t more = wrong.user.reads.violations - wrong.own.reads.violations;
  return fmt::format("\"{}\": {} more missed a write of the user's other device", policy.name,
                     count_text(static_cast<double>(more)));
}

std::vector<std::string> lines_of(const scenarios::Scenario& scenario, const Comparison& comparison,
                                  std::size_t index) {
  const PolicyResult& policy = comparison.policies[index];
  const bool is_baseline = index == comparison.baseline;
  std::vector<std::string> lines;
  bool own_line_said = false;
  for (const Missing& missing : guarantees_of(policy)) {
    if (!is_baseline && !fails_on(scenario, policy, missing.guarantee)) continue;
    std::string line = is_mostly_said(policy.wrong_reads, missing.guarantee, own_line_said)
                           ? more_text(policy)
                           : line_of(scenario.policies[index].world, policy, missing);
    own_line_said |= missing.guarantee == Guarantee::ryw && !line.empty();
    if (!line.empty()) lines.push_back(std::move(line));
  }
  if (policy.lost_writes.all > 0)
    lines.push_back(lost_writes_text(scenario.policies[index].world, policy));
  const Tally& own = policy.wrong_reads.own.reads;
  if (is_baseline && own.violations == 0 && own.opportunities > 0)
    lines.insert(lines.begin(),
                 fmt::format("\"{}\": no read missed its own write, of {} that had one to see",
                             policy.name, count_text(static_cast<double>(own.opportunities))));
  return lines;
}

// The recommended policy against the baseline: what it costs in time and RU.
std::string price_text(const Comparison& comparison) {
  const PolicyResult& first = comparison.policies[comparison.recommended];
  std::vector<std::string> parts;
  const auto say = [&](const char* what, const RegionDifference& most) {
    constexpr double noticed_ns = 0.5e6;
    if (!most.interval.defined) return;
    const double more_ns = most.interval.estimate;
    if (std::abs(more_ns) < noticed_ns)
      parts.push_back(fmt::format("{} as before in all regions", what));
    else if (more_ns < 0)  // in every region, as this is the one where it grows most
      parts.push_back(
          fmt::format("{} at least {} less ({})", what, duration_text(-more_ns), most.region));
    else
      parts.push_back(fmt::format("{} at most {} ({})", what,
                                  signed_text(more_ns, Shown::milliseconds), most.region));
  };
  say("p99 of all reads", comparison.read_p99_difference);
  say("of all updates", comparison.update_p99_difference);
  const double more = comparison.ru_difference.estimate;
  const bool same = std::abs(more) < 0.005 * first.ru_per_operation.interval.estimate;
  parts.push_back(same ? "as many RU"
                       : signed_text(more, Shown::request_units) + " RU an operation");
  return fmt::format("\"{}\" against \"{}\": {}", first.name,
                     comparison.policies[comparison.baseline].name, fmt::join(parts, ", "));
}

}  // namespace

std::vector<std::string> why_lines(const scenarios::Scenario& scenario,
                                   const Comparison& comparison) {
  std::vector<std::string> lines = lines_of(scenario, comparison, comparison.baseline);
  for (std::size_t i = 0; i < comparison.policies.size(); ++i) {
    if (i == comparison.baseline) continue;
    for (std::string& line : lines_of(scenario, comparison, i)) lines.push_back(std::move(line));
  }
  if (comparison.recommended != comparison.baseline) lines.push_back(price_text(comparison));
  return lines;
}

}  // namespace seatrial::analysis
