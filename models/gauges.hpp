// Tells the observer how things stand, at equal steps of the warm-up and the phases.
//
//   Gauges gauges{config, store, broker_of_region, pods_of_region, observer};
//   while (gauges.next() <= until) { simulation.run_until(gauges.next()); gauges.tell(); }
//
// Law: between events, never one itself: a run is the same whether anybody looks or not. Draws of
// the replication lag are named by the write, so looking at them spends none.
#pragma once

#include <vector>

#include "models/network/network.hpp"
#include "models/pods/pod.hpp"
#include "models/windows.hpp"

namespace seatrial::models {

class Gauges {
 public:
  static constexpr std::int64_t in_a_window = 4;

  Gauges(const WorldConfig&, const Network&, Store&, const std::vector<Broker*>& broker_of_region,
         const std::vector<std::vector<Pod*>>& pods_of_region, Observer&);

  // When they are to be told; never: the phases are over.
  Instant next() const { return next_; }
  // As they stand at next(), every region's and the store's.
  void tell();

 private:
  GaugesObserved look_at(RegionId) const;
  void look_at_links(GaugesObserved&) const;
  Instant instant_of(std::int64_t sample) const;

  const Network& network_;
  Store& store_;
  const std::vector<Broker*>& broker_of_region_;
  const std::vector<std::vector<Pod*>>& pods_of_region_;
  Observer& observer_;
  Duration window_;
  Instant end_;
  std::int64_t told_ = 0;
  Instant next_;
};

}  // namespace seatrial::models
