#include "models/gauges.hpp"

#include <algorithm>

#include "models/faults/timeline.hpp"

namespace seatrial::models {
namespace {

BrokerHealth health_of(const Broker* broker) {
  if (broker == nullptr) return BrokerHealth::none;
  switch (broker->state()) {
    case BrokerState::up:
      return BrokerHealth::up;
    case BrokerState::refused:
      return BrokerHealth::refused;
    case BrokerState::unreachable:
      break;
  }
  return BrokerHealth::unreachable;
}

}  // namespace

Gauges::Gauges(const WorldConfig& config, const Network& network, Store& store,
               const std::vector<Broker*>& broker_of_region,
               const std::vector<std::vector<Pod*>>& pods_of_region, Observer& observer)
    : network_{network},
      store_{store},
      broker_of_region_{broker_of_region},
      pods_of_region_{pods_of_region},
      observer_{observer},
      window_{windows_of(config).length},
      end_{Timeline{config}.end()},
      next_{instant_of(0)} {}

// In the middle of each part of a window, so that none falls on the border of two.
Instant Gauges::instant_of(std::int64_t sample) const {
  const std::int64_t whole = sample / in_a_window;
  const std::int64_t part = sample % in_a_window;
  const Instant at = Instant::at(window_ * whole + window_ * (2 * part + 1) / (2 * in_a_window));
  return at < end_ ? at : Instant::never();
}

void Gauges::tell() {
  for (std::uint32_t region = 0; region != pods_of_region_.size(); ++region)
    observer_.gauges(look_at(RegionId{region}));
  observer_.store(store_.look(next_));
  next_ = instant_of(++told_);
}

GaugesObserved Gauges::look_at(RegionId region) const {
  const std::vector<Pod*>& pods = pods_of_region_[region.value()];
  GaugesObserved seen;
  seen.region = region;
  seen.at = next_;
  seen.pods = static_cast<std::uint32_t>(pods.size());
  for (const Pod* pod : pods) {
    seen.pods_ready += pod->is_ready() ? 1 : 0;
    seen.breakers_open += pod->breaker_is_open() ? 1 : 0;
  }
  seen.broker = health_of(broker_of_region_[region.value()]);
  const ReplicationState replication = store_.replication_state(region, next_);
  seen.replication_lag = replication.greatest_lag;
  seen.mean_replication_lag = replication.mean_lag;
  seen.lag_partition = replication.lag_partition;
  seen.entries_lacking = replication.entries_lacking;
  seen.catch_up_left = replication.catch_up_left;
  seen.most_entries_lacking = replication.most_lacking;
  seen.lacking_partition = replication.lacking_partition;
  const auto [writes, oldest] = store_.at_risk(region, next_);
  seen.not_durable = writes;
  seen.not_durable_age = oldest;
  if (network_.has_limits()) look_at_links(seen);
  return seen;
}

void Gauges::look_at_links(GaugesObserved& seen) const {
  Bytes most = 0;
  for (std::uint32_t from = 0; from != network_.regions(); ++from) {
    const Bytes waiting = network_.waiting(RegionId{from}, seen.region, seen.at);
    seen.bytes_waiting += waiting;
    if (waiting <= most) continue;
    most = waiting;
    seen.waiting_from = RegionId{from};
  }
}

}  // namespace seatrial::models
