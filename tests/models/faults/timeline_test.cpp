#include "models/faults/timeline.hpp"

#include <gtest/gtest.h>

#include "tests/models/world_fixture.hpp"

namespace seatrial::models {
namespace {

// 5 s warm-up, "calm" until 15 s, "surge" until 35 s with a ramp of 10 s, "after" until 40 s.
WorldConfig three_phases() {
  WorldConfig config = quiet_world();
  config.warmup = Duration::seconds(5);
  config.phases = {phase_of("calm", Duration::seconds(10), 2),
                   phase_of("surge", Duration::seconds(20), 6),
                   phase_of("after", Duration::seconds(5), 0.5)};
  config.phases[0].ramp = Duration::seconds(4);
  config.phases[1].ramp = Duration::seconds(10);
  return config;
}

Instant at_second(std::int64_t n) { return Instant::at(Duration::seconds(n)); }

TEST(Timeline, PutsThePhasesOneAfterTheOtherBehindTheWarmUp) {
  const WorldConfig config = three_phases();
  const Timeline timeline{config};

  EXPECT_EQ(timeline.start(), at_second(5));
  EXPECT_EQ(timeline.start_of(PhaseId{1}), at_second(15));
  EXPECT_EQ(timeline.end_of(PhaseId{1}), at_second(35));
  EXPECT_EQ(timeline.end(), at_second(40));
}

TEST(Timeline, GivesABoundaryToThePhaseThatStarts) {
  const WorldConfig config = three_phases();
  const Timeline timeline{config};

  EXPECT_EQ(timeline.phase_at(at_second(0)), PhaseId{0});
  EXPECT_EQ(timeline.phase_at(at_second(15) - Duration::nanoseconds(1)), PhaseId{0});
  EXPECT_EQ(timeline.phase_at(at_second(15)), PhaseId{1});
  EXPECT_EQ(timeline.phase_at(at_second(1000)), PhaseId{2});
}

TEST(Timeline, ChangesTheLoadLinearlyDuringARamp) {
  const WorldConfig config = three_phases();
  const Timeline timeline{config};

  EXPECT_DOUBLE_EQ(timeline.load_at(at_second(15)), 2);
  EXPECT_DOUBLE_EQ(timeline.load_at(at_second(20)), 4);
  EXPECT_DOUBLE_EQ(timeline.load_at(at_second(25)), 6);
  EXPECT_DOUBLE_EQ(timeline.load_at(at_second(34)), 6);
  EXPECT_DOUBLE_EQ(timeline.load_at(at_second(35)), 0.5);
  EXPECT_DOUBLE_EQ(timeline.highest_load(), 6);
}

TEST(Timeline, WarmsUpAtTheFirstPhasesLoadAndEndsWithTheLast) {
  const WorldConfig config = three_phases();
  const Timeline timeline{config};

  EXPECT_DOUBLE_EQ(timeline.load_at(at_second(0)), 2);
  EXPECT_DOUBLE_EQ(timeline.load_at(at_second(6)), 2);  // nothing to ramp from
  EXPECT_DOUBLE_EQ(timeline.load_at(at_second(40)), 0);
}

TEST(Timeline, MeasuresWhoArrivesBetweenTheWarmUpAndTheEnd) {
  const WorldConfig config = three_phases();
  const Timeline timeline{config};

  EXPECT_FALSE(timeline.is_measured(at_second(5) - Duration::nanoseconds(1)));
  EXPECT_TRUE(timeline.is_measured(at_second(5)));
  EXPECT_TRUE(timeline.is_measured(at_second(40) - Duration::nanoseconds(1)));
  EXPECT_FALSE(timeline.is_measured(at_second(40)));
}

}  // namespace
}  // namespace seatrial::models
