#include "analysis/statistics/concern.hpp"

#include <algorithm>
#include <array>

namespace seatrial::analysis {
namespace {

constexpr std::array<std::string_view, 6> wrong_reads{"ryw", "mr",  "ryw_user",
                                                      "mw",  "wfr", "stale"};
constexpr std::array<std::string_view, 5> availability{"availability", "degraded", "throttled",
                                                       "rto_writes", "rto_reads"};
constexpr std::array<std::string_view, 6> losses{
    "writes_lost", "rpo", "lost_updates", "conflicts", "writes_at_risk", "backup_age"};
constexpr std::array<std::string_view, 4> latency{"read.", "update.", "rto_lag",
                                                  "replication_lag."};  // how they begin

template <class List>
bool has(const List& list, std::string_view metric) {
  return std::find(list.begin(), list.end(), metric) != list.end();
}

}  // namespace

Concern concern_of(std::string_view metric) {
  if (has(wrong_reads, metric)) return Concern::wrong_reads;
  if (has(availability, metric)) return Concern::availability;
  if (has(losses, metric)) return Concern::losses;
  const bool is_time = std::any_of(latency.begin(), latency.end(), [&](std::string_view begin) {
    return metric.starts_with(begin);
  });
  return is_time ? Concern::latency : Concern::cost;
}

}  // namespace seatrial::analysis
