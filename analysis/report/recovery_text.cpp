#include "analysis/report/recovery_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "analysis/report/setting.hpp"
#include "analysis/report/text.hpp"

namespace seatrial::analysis {
namespace {

using Recovery = FaultRecovery;

// What of a fault is asked in the mean over its runs, or of one of its partitions.
struct Quantity {
  const char* head;
  double (*value)(const RecoveryCounts&);  // negative: not known
  std::string (*text)(const RecoveryCounts&);
};

double mean(const Spell& spell) {
  if (spell.count == 0) return -1;
  return static_cast<double>(spell.sum_ns) / static_cast<double>(spell.count);
}

std::string spell_text(const Spell& spell) {
  if (spell.count == 0) return "-";
  const std::string text = duration_text(mean(spell));
  if (spell.open == 0) return text;
  return fmt::format("at least {}{}", text,
                     spell.open == spell.count
                         ? ", not over"
                         : fmt::format(", not over in {} of {}", spell.open, spell.count));
}

double writes_lost(const RecoveryCounts& counts) {
  if (counts.faults == 0) return -1;
  return static_cast<double>(counts.writes_lost) / static_cast<double>(counts.faults);
}

template <Spell RecoveryCounts::*spell>
constexpr Quantity time_of(const char* head) {
  return {head, [](const RecoveryCounts& counts) { return mean(counts.*spell); },
          [](const RecoveryCounts& counts) { return spell_text(counts.*spell); }};
}

constexpr std::array quantities{
    Quantity{"writes lost", writes_lost,
             [](const RecoveryCounts& counts) { return rounded(writes_lost(counts)); }},
    time_of<&RecoveryCounts::rpo>("RPO"),
    time_of<&RecoveryCounts::rto_writes>("RTO, writes"),
    time_of<&RecoveryCounts::rto_reads>("RTO, reads"),
    time_of<&RecoveryCounts::rto_lag>("usual lag after"),
};

bool differ(double most, double least) { return most > 1.05 * least; }

// Whether there is something of the quantity in a partition that goes on: of one that has split or
// was merged nothing is asked any more, so that none of its writes is missed.
bool is_counted(const RecoveryCounts& counts) {
  return counts.writes_lost > 0 || counts.rto_writes.count > 0 || counts.rto_reads.count > 0;
}

// The worst partition and the best one; empty where they do not differ.
std::string partitions_text(const Recovery& fault, const Quantity& quantity) {
  const std::vector<RecoveryCounts>& all = fault.partitions;
  std::size_t most = all.size(), least = all.size();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const double value = quantity.value(all[i]);
    if (value < 0 || !is_counted(all[i])) continue;
    if (most == all.size() || value > quantity.value(all[most])) most = i;
    if (least == all.size() || value < quantity.value(all[least])) least = i;
  }
  if (most == all.size() || !differ(quantity.value(all[most]), quantity.value(all[least])))
    return "";
  return fmt::format("partition {}: {}; partition {}: {}", most, quantity.text(all[most]), least,
                     quantity.text(all[least]));
}

// As the setting says it. Faults are numbered through the phases.
std::string text_of(const models::WorldConfig& world, const Recovery& fault) {
  std::size_t first = 0;
  for (std::uint32_t phase = 0; phase < fault.phase.value(); ++phase)
    first += world.phases[phase].faults.size();
  const models::PhaseConfig& phase = world.phases[fault.phase.value()];
  return fmt::format("{} in {}", faults_of(phase)[fault.number - first], phase.name);
}

data::RecoveryRow row_of(const std::string& policy, const std::string& text,
                         const Recovery& fault) {
  data::RecoveryRow row{text, policy, {}};
  for (const Quantity& quantity : quantities)
    row.cells.push_back({quantity.text(fault.whole), partitions_text(fault, quantity)});
  return row;
}

struct OfPolicy {
  const std::string* policy;
  const Recovery* fault;
};

std::string quoted(const std::vector<OfPolicy>& policies) {
  std::vector<std::string> names;
  for (const OfPolicy& one : policies) names.push_back("\"" + *one.policy + "\"");
  return joined(names);
}

// "no acknowledged write is lost under "a"; most under "b": 12, the oldest 0.3 s old".
std::string losses_text(const std::vector<OfPolicy>& all) {
  std::vector<OfPolicy> spared;
  OfPolicy worst = all.front();
  for (const OfPolicy& one : all) {
    if (one.fault->whole.writes_lost == 0) spared.push_back(one);
    if (writes_lost(one.fault->whole) > writes_lost(worst.fault->whole)) worst = one;
  }
  if (spared.size() == all.size())
    return all.size() > 1 ? "no acknowledged write is lost under any policy"
                          : "no acknowledged write is lost";
  const RecoveryCounts& lost = worst.fault->whole;
  const std::string oldest = duration_text(mean(lost.rpo));
  const std::string count = rounded(writes_lost(lost)) + (lost.faults > 1 ? " on average" : "");
  if (all.size() == 1)
    return fmt::format("acknowledged writes lost: {}, the oldest {} old", count, oldest);
  return fmt::format("{}, most under \"{}\": {}, the oldest {} old",
                     spared.empty() ? "every policy loses acknowledged writes"
                                    : "no acknowledged write is lost under " + quoted(spared),
                     *worst.policy, count, oldest);
}

// Of switchovers that were given up, or found the region writing already: "; no writes moved in 3
// of 8 runs under "a"".
std::string unmoved_text(const std::vector<OfPolicy>& all) {
  std::string text;
  for (const OfPolicy& one : all) {
    if (one.fault->unmoved == 0) continue;
    text += fmt::format("; no writes moved in {} of {} runs", one.fault->unmoved,
                        one.fault->whole.faults);
    if (all.size() > 1) text += " under \"" + *one.policy + "\"";
  }
  return text;
}

// "writes are back after 16 s under "a", after at least 180 s, not over under "b"".
std::string back_text(const char* what, const std::vector<OfPolicy>& all,
                      const Quantity& quantity) {
  const OfPolicy *soonest = nullptr, *latest = nullptr;
  for (const OfPolicy& one : all) {
    const double value = quantity.value(one.fault->whole);
    if (value < 0) continue;
    if (soonest == nullptr || value < quantity.value(soonest->fault->whole)) soonest = &one;
    if (latest == nullptr || value > quantity.value(latest->fault->whole)) latest = &one;
  }
  if (soonest == nullptr) return "";
  const auto after = [&](const OfPolicy& one) { return quantity.text(one.fault->whole); };
  if (!differ(quantity.value(latest->fault->whole), quantity.value(soonest->fault->whole))) {
    const std::string least = after(*soonest), most = after(*latest);
    return fmt::format("; {} after {}{}{}", what, least == most ? "" : least + " to ", most,
                       all.size() > 1 ? " under every policy" : "");
  }
  return fmt::format("; {} soonest under \"{}\" ({}), latest under \"{}\" ({})", what,
                     *soonest->policy, after(*soonest), *latest->policy, after(*latest));
}

}  // namespace

data::Recoveries recoveries_data(const scenarios::Scenario& scenario,
                                 const Comparison& comparison) {
  data::Recoveries found;
  std::set<std::uint32_t> numbers;
  for (const PolicyResult& policy : comparison.policies)
    for (const Recovery& fault : policy.recoveries) numbers.insert(fault.number);
  for (const std::uint32_t number : numbers) {
    std::vector<OfPolicy> all;
    for (const PolicyResult& policy : comparison.policies)
      for (const Recovery& fault : policy.recoveries)
        if (fault.number == number) all.push_back({&policy.name, &fault});
    const std::string text = text_of(scenario.policies.front().world, *all.front().fault);
    for (const OfPolicy& one : all) found.rows.push_back(row_of(*one.policy, text, *one.fault));
    found.said.push_back(fmt::format("{}: {}{}{}{}", text, losses_text(all), unmoved_text(all),
                                     back_text("writes are back", all, quantities[2]),
                                     back_text("reads are back", all, quantities[3])));
  }
  if (found.rows.empty()) return found;
  for (const Quantity& quantity : quantities) found.heads.emplace_back(quantity.head);
  return found;
}

}  // namespace seatrial::analysis
