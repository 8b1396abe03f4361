#include "analysis/collectors/blast_radius_collector.hpp"

#include <gtest/gtest.h>

#include "tests/analysis/collectors/small_world.hpp"

namespace seatrial::analysis {
namespace {

models::OperationObserved in_phase(std::uint32_t phase) {
  models::OperationObserved seen = some_read();
  seen.phase = models::PhaseId{phase};
  return seen;
}

models::OperationObserved failed_in_phase(std::uint32_t phase) {
  models::OperationObserved seen = in_phase(phase);
  seen.outcome = models::Outcome::timed_out;
  return seen;
}

models::OperationObserved degraded_in_phase(std::uint32_t phase) {
  models::OperationObserved seen = in_phase(phase);
  seen.degraded = models::Degraded::read_without_token;
  return seen;
}

TEST(BlastRadius, CountsAUserOnceAPhaseHoweverOftenItIsHit) {
  BlastRadiusCollector collector{2, 2};
  PhasesMet user;

  for (int times = 0; times < 3; ++times) {
    collector.operation(in_phase(1), true, user);
    collector.operation(failed_in_phase(1), false, user);
  }
  collector.operation(in_phase(0), false, user);

  const std::vector<BlastRadius> blast = collector.take();
  EXPECT_EQ(blast[1 * 2 + 1], (BlastRadius{1, 1, 1, 0, 1}));
  EXPECT_EQ(blast[0 * 2 + 1], (BlastRadius{1, 0, 0, 0, 0}));
  EXPECT_EQ(blast[1 * 2 + 0], BlastRadius{}) << "nobody is in the other region";
}

TEST(BlastRadius, HitIsWhoeverMetAnyOfThem) {
  BlastRadiusCollector collector{2, 2};
  PhasesMet missed, failed, degraded, both, well;

  collector.operation(in_phase(1), true, missed);
  collector.operation(failed_in_phase(1), false, failed);
  collector.operation(degraded_in_phase(1), false, degraded);
  collector.operation(degraded_in_phase(1), true, both);
  collector.operation(in_phase(1), false, well);

  EXPECT_EQ(collector.take()[3], (BlastRadius{5, 2, 1, 2, 4}));
}

TEST(BlastRadius, CountsTheFirst64PhasesAndNoMore) {
  BlastRadiusCollector collector{70, 2};
  PhasesMet user;

  for (std::uint32_t phase = 0; phase < 70; ++phase)
    collector.operation(failed_in_phase(phase), false, user);

  const std::vector<BlastRadius> blast = collector.take();
  ASSERT_EQ(blast.size(), 64U * 2);
  EXPECT_EQ(blast.back(), (BlastRadius{1, 0, 1, 0, 1}));
}

}  // namespace
}  // namespace seatrial::analysis
