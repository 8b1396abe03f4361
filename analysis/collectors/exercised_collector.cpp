#include "analysis/collectors/exercised_collector.hpp"

namespace seatrial::analysis {

using models::BrokerHealth;
using models::Degraded;

namespace {
bool lacks_broker(Degraded reason) {
  return reason != Degraded::no && reason != Degraded::token_given_up &&
         reason != Degraded::acknowledged_early;
}
}  // namespace

void ExercisedCollector::operation(const models::OperationObserved& seen) {
  ++counted_.outcomes[static_cast<std::size_t>(seen.outcome)];
  ++counted_.degraded[static_cast<std::size_t>(seen.degraded)];
  counted_.degraded_without_a_call += lacks_broker(seen.degraded) && seen.broker_calls == 0;
  counted_.updates_over_unseen += seen.lost_update;
  if (seen.kind == models::OperationKind::read) read(seen);
}

void ExercisedCollector::read(const models::OperationObserved& seen) {
  ++counted_.token_sources[static_cast<std::size_t>(seen.token.source)];
  counted_.second_device_reads += seen.device != 0;
  const bool heeds_token = heeds_token_[seen.document.data_class.value()];
  if (!heeds_token || seen.attempts - seen.throttled < 2) return;
  ++counted_.reads_sent_back;
  counted_.reads_ended_elsewhere += seen.outcome == models::Outcome::ok &&
                                    seen.degraded != Degraded::read_from_write_region &&
                                    seen.region != write_region_ && seen.served_by == write_region_;
}

void ExercisedCollector::late(const models::LateCost& cost) {
  counted_.late_answers += !cost.is_background;
}

void ExercisedCollector::gauges(const models::GaugesObserved& seen) {
  if (seen.at < start_) return;
  counted_.pods_missing += seen.pods_ready < seen.pods;
  counted_.no_pod_ready += seen.pods_ready == 0;
  counted_.breaker_open += seen.breakers_open > 0;
  counted_.broker_refused += seen.broker == BrokerHealth::refused;
  counted_.broker_unreachable += seen.broker == BrokerHealth::unreachable;
}

}  // namespace seatrial::analysis
