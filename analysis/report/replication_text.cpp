#include "analysis/report/replication_text.hpp"

#include <fmt/format.h>

#include "analysis/report/text.hpp"

namespace seatrial::analysis {
namespace {

std::string time_text(models::Duration duration) {
  return duration_text(static_cast<double>(duration.ns()));
}

double ratio(std::uint64_t count, std::uint64_t of) {
  return static_cast<double>(count) / static_cast<double>(of);
}

std::string many(std::uint64_t count) { return count_text(static_cast<double>(count)); }

std::string at_risk_text(const std::vector<RunSummary>& runs) {
  AtRisk all;
  for (const RunSummary& run : runs) all.merge(run.at_risk);
  if (all.writes == 0) return "";
  return fmt::format(
      "acknowledged writes in memory alone: {} in the mean over time, at most {}, the oldest {}",
      rounded(ratio(all.writes, all.looks)), many(all.most), time_text(all.oldest));
}

// Of the measured updates.
std::string early_text(const std::vector<RunSummary>& runs) {
  constexpr auto reason = static_cast<std::size_t>(models::Degraded::acknowledged_early);
  std::uint64_t early = 0, updates = 0;
  for (const RunSummary& run : runs) {
    early += run.exercised.degraded[reason];
    for (std::size_t cell = 1; cell < run.cells.size(); cell += run.shape.kinds)
      updates += run.cells[cell].counts.operations;
  }
  if (early == 0 || updates == 0) return "";
  return fmt::format("{} % of the updates acknowledged before other regions had them",
                     rounded(100 * ratio(early, updates)));
}

std::string bus_text(const models::ReplicationObserved& seen) {
  if (seen.bus_delivered == 0 && seen.bus_waiting == 0) return "";
  return fmt::format(
      "the event bus delivered {}, {} of them duplicates; {} had not come by the end",
      counted(seen.bus_delivered, "entry", "entries"), many(seen.bus_duplicates),
      many(seen.bus_waiting));
}

std::string adaptive_text(const models::ReplicationObserved& seen) {
  if (seen.mode_switches == 0) return "";
  return fmt::format("{} of the mode, {} waited for other regions",
                     counted(seen.mode_switches, "change"),
                     counted(seen.synchronous_writes, "write"));
}

std::string backups_text(const models::ReplicationObserved& seen) {
  if (seen.backups == 0) return "";
  return fmt::format("{}, the oldest was {} old when the next one was complete",
                     counted(seen.backups, "backup"), time_text(seen.oldest_backup_age));
}

}  // namespace

std::string replication_line(const std::string& policy, const std::vector<RunSummary>& runs) {
  models::ReplicationObserved seen;
  for (const RunSummary& run : runs) seen.merge(run.replication);
  std::string line;
  for (const std::string& part : {at_risk_text(runs), early_text(runs), bus_text(seen),
                                  adaptive_text(seen), backups_text(seen)})
    if (!part.empty()) line += (line.empty() ? "" : "; ") + part;
  if (line.empty()) return line;
  const char* const over = runs.size() > 1 ? " (of all replications)" : "";
  return fmt::format("\"{}\": {}{}", policy, line, over);
}

}  // namespace seatrial::analysis
