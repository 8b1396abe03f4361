// The closed form that first-steps.json promises its reader, with everything that the scenario
// adds to it; all numbers are taken from the file.
//
//   write ──wire + jitter──> pod ──> door ──> pause ──> door ──> another pod ──> a secondary
//         ──wire + weather + lag of that second + in-region lag────────────────────^
//
// The read is wrong when the lower path takes longer and the pod has no newer token. Left out: that
// a read may be sent back for an older token, and tokens that others' reads bring. Times in ms.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "models/network/azure_matrix.hpp"
#include "models/network/leg_shape.hpp"
#include "scenarios/load.hpp"
#include "tests/validation/still_world.hpp"

namespace seatrial::validation {
namespace {

class FirstSteps : public testing::Test {
 protected:
  static models::WorldConfig load() {
    const auto scenario =
        scenarios::load_scenario(SEATRIAL_SOURCE_DIR "/scenarios/library/first-steps.json");
    return scenario.policies.front().world;
  }

  const models::WorldConfig world = load();
  const double lag = world.store.replication_lag.link.mean() / 1e6;
  const double in_region = world.store.in_region_lag.mean() / 1e6;
  const double pause = world.workload.steps.front().actions.at(1).pause.mean() / 1e6;
  int pods() const { return static_cast<int>(world.pods.count); }

  double hop(int zone, int other) const {
    const auto& regions = world.regions;
    return (zone == other ? regions.same_zone_round_trip : regions.cross_zone_round_trip).mean() /
           2e6;
  }

  // P(lag + in-region lag > t), both exponential.
  double is_late(double t) const {
    if (t <= 0) return 1;
    return (lag * std::exp(-t / lag) - in_region * std::exp(-t / in_region)) / (lag - in_region);
  }

  // The same when the wire's jitter comes on both ways, independently.
  double is_late_with_jitter(double t) const {
    constexpr int replies = 200;
    constexpr int entries = 2000;
    double sum = 0;
    for (int i = 0; i < replies; ++i) {
      const double reply = excess((i + 0.5) / replies);
      for (int k = 0; k < entries; ++k) sum += is_late(t + reply - excess((k + 0.5) / entries));
    }
    return sum / replies / entries;
  }

  double excess(double share_that_is_slower) const {
    const auto word = static_cast<std::uint64_t>(share_that_is_slower * 0x1p64);
    return models::LegShape::published().excess(round_trip, word).ms();
  }

  // Mean over the pods that wrote and read, and over the secondaries, of which there is one in
  // each of the three zones.
  double expected() const {
    const int zones = static_cast<int>(world.regions.zones);
    double sum = 0;
    for (int wrote = 0; wrote < pods(); ++wrote) {
      for (int read = 0; read < pods(); ++read) {
        if (wrote == read) continue;
        for (int secondary = 0; secondary < zones; ++secondary) {
          const double after = hop(wrote % zones, 0) + pause + hop(0, read % zones);
          sum += is_late_with_jitter(after + hop(read % zones, secondary)) *
                 std::exp(-newer_tokens * after);
        }
      }
    }
    return sum / zones / pods() / pods();
  }

  // Writes of others through one pod, to one partition; each leaves a newer token there.
  const double newer_tokens = world.workload.sessions_per_second / 1000 *
                              world.regions.users.at(1).share /
                              static_cast<double>(world.store.partitions * pods());
  const models::Duration round_trip =
      models::published_round_trip(world.store.write_region, world.regions.users.at(1).region)
          .value();
};

TEST_F(FirstSteps, ShowWrongCartsInTheReadRegionAsOftenAsThePaperSays) {
  ASSERT_EQ(world.pods.balance->name(), "random");
  ASSERT_TRUE(world.session_token.carry.empty());
  ASSERT_EQ(world.store.replicas, world.regions.zones + 1);
  const Questions by_region = [](const Replication& run) {
    std::vector<Sample> samples(2);
    for (std::uint32_t region = 0; region < 2; ++region) {
      const auto& cell = run.summary.cell(models::PhaseId{0}, models::RegionId{region},
                                          models::DataClassId{0}, models::OperationKind::read);
      samples[region] = share_of(cell.counts.ryw);
    }
    return samples;
  };

  const auto found = replicate(world, Keep::counts, by_region, 128);

  std::printf("  on paper: (1 - 1/pods) e^(-pause/lag) = %.4f\n",
              (1 - 1.0 / pods()) * std::exp(-pause / lag));
  expect_near("wrong reads, read region", found[1], expected());
  EXPECT_LT(found[0].value(), 1e-4) << "in the write region only in-region lag is late";
}

}  // namespace
}  // namespace seatrial::validation
