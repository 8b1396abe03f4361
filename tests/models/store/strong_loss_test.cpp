#include <gtest/gtest.h>

#include "tests/models/world_fixture.hpp"

namespace seatrial::models {
namespace {

TEST(StrongWrite, CommitsAlsoWhenReportsOfRegionsAreLost) {
  WorldConfig config = quiet_world();
  config.regions.links[0].loss = 0.05;
  config.store.consistency = Consistency::strong;

  const WorldRun run = observe(config);

  EXPECT_GT(run.totals.lost_messages, 0U);
  EXPECT_EQ(run.seen.commits.size(), run.seen.of(OperationKind::update).size());
}

}  // namespace
}  // namespace seatrial::models
