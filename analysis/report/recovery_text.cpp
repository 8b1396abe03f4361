#include "analysis/report/recovery_text.hpp"

#include <fmt/format.h>

#include "analysis/report/setting.hpp"
#include "analysis/report/text.hpp"

namespace seatrial::analysis {
namespace {

double mean(const Spell& spell) {
  return static_cast<double>(spell.sum_ns) / static_cast<double>(spell.count);
}

std::string after(const char* what, const Spell& spell) {
  if (spell.count == 0) return "";
  if (spell.open == spell.count) return fmt::format("no {} to the end", what);
  const char* at_least = spell.open > 0 ? "at least " : "";
  return fmt::format("{} after {}{}", what, at_least, duration_text(mean(spell)));
}

std::string losses(const RecoveryCounts& counts) {
  if (counts.writes_lost == 0) return "no acknowledged write lost";
  const double each = static_cast<double>(counts.writes_lost) / static_cast<double>(counts.faults);
  return fmt::format("{} acknowledged {} lost, the oldest {} old", count_text(each),
                     each < 1.5 ? "write" : "writes", duration_text(mean(counts.rpo)));
}

// As the setting says it. Faults are numbered through the phases.
std::string text_of(const models::WorldConfig& world, const FaultRecovery& fault) {
  std::size_t first = 0;
  for (std::uint32_t phase = 0; phase < fault.phase.value(); ++phase)
    first += world.phases[phase].faults.size();
  return faults_of(world.phases[fault.phase.value()])[fault.number - first];
}

}  // namespace

std::vector<std::string> recovery_lines(const scenarios::Scenario& scenario,
                                        const Comparison& comparison) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < comparison.policies.size(); ++i) {
    const models::WorldConfig& world = scenario.policies[i].world;
    for (const FaultRecovery& fault : comparison.policies[i].recoveries) {
      std::string line =
          fmt::format("\"{}\": {} in {}: {}", comparison.policies[i].name, text_of(world, fault),
                      world.phases[fault.phase.value()].name, losses(fault.whole));
      for (const std::string& part :
           {after("writes", fault.whole.rto_writes), after("reads", fault.whole.rto_reads),
            after("usual lag", fault.whole.rto_lag)}) {
        if (!part.empty()) line += ", " + part;
      }
      lines.push_back(std::move(line));
    }
  }
  return lines;
}

}  // namespace seatrial::analysis
