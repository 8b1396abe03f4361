#include "analysis/collectors/timeline_collector.hpp"

namespace seatrial::analysis {

using models::OperationKind;
using models::OperationObserved;

namespace {

void count(Missed& missed, Finding finding) {
  missed.reads += finding != Finding::no_opportunity;
  missed.wrong += finding == Finding::broken;
}

template <class Priced>
void count_price(Window& window, const Priced& seen) {
  window.ru_thousandths += seen.ru.thousandths;
  window.broker_calls += seen.broker_calls;
  window.cross_region_calls += seen.cross_region_calls;
}

}  // namespace

TimelineCollector::TimelineCollector(const models::Windows& windows, std::uint32_t regions,
                                     models::RegionId write_region)
    : timeline_{windows, regions}, write_region_{write_region} {}

Window* TimelineCollector::window_at(models::RegionId region, models::Instant when) {
  const std::size_t window = timeline_.windows.index_of(when);
  return window < timeline_.windows.count ? &timeline_.at(region, window) : nullptr;
}

void TimelineCollector::operation(const OperationObserved& seen, const Judgement& judgement) {
  Window* const window = window_at(seen.region, seen.invoked);
  if (window == nullptr) return;
  ++window->operations;
  count_price(*window, seen);
  window->store_requests += seen.attempts;
  window->degraded += seen.degraded != models::Degraded::no;
  window->failed += !models::is_served(seen.outcome);
  if (seen.outcome != models::Outcome::ok) return;
  const std::int64_t latency = (seen.completed - seen.invoked).ns();
  if (models::is_write(seen.kind)) return window->update_latency.record(latency);
  window->read_latency.record(latency);
  window->to_write_region += seen.region != write_region_ && seen.served_by == write_region_;
  count(window->ryw, judgement.ryw.finding);
  count(window->ryw_user, judgement.ryw_user.finding);
}

void TimelineCollector::late(const models::LateCost& cost) {
  if (Window* const window = window_at(cost.region, cost.at)) count_price(*window, cost);
}

void TimelineCollector::gauges(const models::GaugesObserved& seen) {
  at_risk_ += seen.not_durable;
  if (Window* const window = window_at(seen.region, seen.at)) window->gauges.add(seen);
}

void TimelineCollector::catch_up(const models::CatchUpObserved& seen) {
  const std::size_t window = timeline_.windows.index_of(seen.at);
  if (window >= timeline_.store.size()) return;
  timeline_.store[window].catch_up_bytes += seen.is_cut_short ? -seen.bytes : seen.bytes;
}

// Comes after the gauges of all regions.
void TimelineCollector::store(const models::StoreObserved& seen) {
  StoreWindow here;
  here.samples = 1;
  here.request_bytes = seen.so_far.request_bytes - so_far_.request_bytes;
  here.replication_bytes = seen.so_far.replication_bytes - so_far_.replication_bytes;
  here.backup_bytes = seen.so_far.backup_bytes - so_far_.backup_bytes;
  here.bus_waiting = seen.so_far.bus_waiting;
  here.at_risk = here.most_at_risk = std::exchange(at_risk_, 0);
  here.backups = seen.backup_age ? 1 : 0;
  here.backup_age_ns = here.greatest_backup_age_ns =
      seen.backup_age.value_or(models::Duration{}).ns();
  here.busiest = {seen.busiest.used.thousandths, seen.busiest.partition.value(),
                  seen.busiest.region.value()};
  here.limit_thousandths = seen.limit.thousandths;
  so_far_ = seen.so_far;
  const std::size_t window = timeline_.windows.index_of(seen.at);
  if (window < timeline_.store.size()) timeline_.store[window].merge(here);
}

}  // namespace seatrial::analysis
