#include "analysis/timeline.hpp"

#include <algorithm>

#include "sim/assert.hpp"

namespace seatrial::analysis {

using models::BrokerHealth;

void GaugeSums::add(const models::GaugesObserved& seen) {
  ++samples;
  pods += seen.pods;
  pods_ready += seen.pods_ready;
  breakers_open += seen.breakers_open;
  broker_down += seen.broker == BrokerHealth::refused || seen.broker == BrokerHealth::unreachable;
  greatest_lag_ns.merge({seen.replication_lag.ns(), seen.lag_partition.value(), 0});
  lag_ns += seen.mean_replication_lag.ns();
  entries_lacking += seen.entries_lacking;
  catch_up_left += seen.catch_up_left;
  most_lacking.merge(
      {static_cast<std::int64_t>(seen.most_entries_lacking), seen.lacking_partition.value(), 0});
  waiting += seen.bytes_waiting;
  most_waiting.merge({seen.bytes_waiting, 0, seen.waiting_from.value()});
}

void GaugeSums::merge(const GaugeSums& other) {
  samples += other.samples;
  pods += other.pods;
  pods_ready += other.pods_ready;
  breakers_open += other.breakers_open;
  broker_down += other.broker_down;
  greatest_lag_ns.merge(other.greatest_lag_ns);
  lag_ns += other.lag_ns;
  entries_lacking += other.entries_lacking;
  catch_up_left += other.catch_up_left;
  most_lacking.merge(other.most_lacking);
  waiting += other.waiting;
  most_waiting.merge(other.most_waiting);
}

void StoreWindow::merge(const StoreWindow& other) {
  samples += other.samples;
  request_bytes += other.request_bytes;
  replication_bytes += other.replication_bytes;
  backup_bytes += other.backup_bytes;
  catch_up_bytes += other.catch_up_bytes;
  bus_waiting += other.bus_waiting;
  at_risk += other.at_risk;
  most_at_risk = std::max(most_at_risk, other.most_at_risk);
  backups += other.backups;
  backup_age_ns += other.backup_age_ns;
  greatest_backup_age_ns = std::max(greatest_backup_age_ns, other.greatest_backup_age_ns);
  busiest.merge(other.busiest);
  limit_thousandths = std::max(limit_thousandths, other.limit_thousandths);
}

void Window::merge(const Window& other) {
  operations += other.operations;
  failed += other.failed;
  degraded += other.degraded;
  ryw.merge(other.ryw);
  ryw_user.merge(other.ryw_user);
  ru_thousandths += other.ru_thousandths;
  broker_calls += other.broker_calls;
  cross_region_calls += other.cross_region_calls;
  store_requests += other.store_requests;
  to_write_region += other.to_write_region;
  read_latency.merge(other.read_latency);
  update_latency.merge(other.update_latency);
  gauges.merge(other.gauges);
}

Timeline::Timeline(const models::Windows& of, std::uint32_t number_of_regions)
    : windows{of},
      regions{number_of_regions},
      runs{1},
      cells(std::size_t{number_of_regions} * of.count),
      store(of.count) {}

void Timeline::merge(const Timeline& other) {
  if (other.cells.empty()) return;
  if (cells.empty()) {
    *this = other;
    return;
  }
  SEATRIAL_ASSERT(windows == other.windows && regions == other.regions,
                  "timelines of different windows do not add up");
  runs += other.runs;
  for (std::size_t i = 0; i < cells.size(); ++i) cells[i].merge(other.cells[i]);
  for (std::size_t i = 0; i < store.size(); ++i) store[i].merge(other.store[i]);
}

}  // namespace seatrial::analysis
