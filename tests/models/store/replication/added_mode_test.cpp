// A mode that depends on where the regions are can be added as one file: docs/adding-a-strategy.md
// shows this one.
#include <gtest/gtest.h>

#include <algorithm>

#include "models/store/replication/log_kind.hpp"
#include "tests/models/store/store_bench.hpp"

namespace seatrial::models {
namespace {

class PrimaryAndNearestKind : public LogReplicationKind {
 public:
  std::string_view name() const override { return "primary_and_nearest"; }
  std::string_view sentence() const override {
    return "Acknowledged when the nearest other region has the write and has said so.";
  }
  std::shared_ptr<StrategyKind> clone() const override {
    return std::make_shared<PrimaryAndNearestKind>(*this);
  }

 protected:
  void decide(ReplicationPlan& plan, const ModeSetting& setting) const override {
    const auto nearest = std::min_element(
        setting.others.begin(), setting.others.end(), [&](RegionId one, RegionId other) {
          return setting.round_trip(one) < setting.round_trip(other);
        });
    if (nearest != setting.others.end()) plan.votes[nearest->value()] = Vote::must;
  }
};

// East and South, so far from West; 2 ms more for each quorum.
WorldConfig with(double east_ms, double south_ms) {
  WorldConfig world = calm_world();
  world.regions.links[0].one_way = constant_ms(static_cast<double>(east_ms));
  world.regions.links[1].one_way = constant_ms(static_cast<double>(south_ms));
  world.store.in_region_lag = constant_ms(2);
  world.store.replication = std::make_shared<PrimaryAndNearestKind>();
  return world;
}

Instant committed_at(WorldConfig world) {
  StoreBench bench{std::move(world)};
  return bench.update(bench.request(bench.open(1), west)).answered;
}

TEST(AddedMode, SeesHowFarTheRegionsAre) {
  EXPECT_EQ(committed_at(with(30, 80)), Instant::at(ms(30 + 2 + 30)));
  EXPECT_EQ(committed_at(with(80, 20)), Instant::at(ms(20 + 2 + 20)));
}

}  // namespace
}  // namespace seatrial::models
