#include "analysis/capacity/session_counts.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace seatrial::analysis {
namespace {

using models::ActionKind;
using models::WorldConfig;

models::ActionConfig action(ActionKind kind, const std::string& data_class) {
  models::ActionConfig config;
  config.kind = kind;
  config.data_class = data_class;
  return config;
}

// Half of the steps update the cart and read it, the other half read it.
WorldConfig carts(const sim::Distribution& steps) {
  WorldConfig world;
  world.data.resize(1);
  world.data[0].name = "cart";
  world.workload.steps_per_session = steps;
  world.workload.steps.resize(2);
  world.workload.steps[0].share = world.workload.steps[1].share = 0.5;
  world.workload.steps[0].actions = {action(ActionKind::update, "cart"),
                                     action(ActionKind::read, "cart")};
  world.workload.steps[1].actions = {action(ActionKind::read, "cart")};
  return world;
}

const Which after_update{true, false, ActionKind::update};

TEST(SessionCount, OfOneStepIsTheShareOfItsKind) {
  const SessionCount count = count_of(carts(sim::Distribution::constant(1)), after_update);

  EXPECT_DOUBLE_EQ(count.mean, 0.5);
  EXPECT_DOUBLE_EQ(count.squares, 0.5);
  EXPECT_DOUBLE_EQ(count.pauses_before, 0);
}

// Three steps: with the first update at step k, 4 - k reads count; k = 1, 2, 3 by 1/2, 1/4, 1/8.
TEST(SessionCount, CountsReadsOnlyFromTheFirstUpdateOn) {
  const SessionCount count = count_of(carts(sim::Distribution::constant(3)), after_update);

  EXPECT_DOUBLE_EQ(count.mean, 3 * 0.5 + 2 * 0.25 + 1 * 0.125);
  EXPECT_DOUBLE_EQ(count.squares, 9 * 0.5 + 4 * 0.25 + 1 * 0.125);
  EXPECT_DOUBLE_EQ(count.pauses_before,
                   ((0 + 1 + 2) * 0.5 + (1 + 2) * 0.25 + 2 * 0.125) / count.mean);
}

// E[K] reads, and E[K^2] = m (2m - 1) for a geometric of mean m.
TEST(SessionCount, FollowsTheLengthsOfSessions) {
  const SessionCount count = count_of(carts(sim::Distribution::geometric(4)), Which{true, false});

  EXPECT_NEAR(count.mean, 4, 0.01);
  EXPECT_NEAR(count.squares, 4 * 7, 0.3);
  EXPECT_NEAR(count.pauses_before, 3, 0.03);
}

TEST(SessionCount, GoesOnAsItBeganInAnEndlessSession) {
  const SessionCount count = count_of(carts(sim::Distribution::constant(1e6)), Which{true, false});

  EXPECT_NEAR(count.mean, 1e6, 1);
}

TEST(SessionCount, OfOneClassSharesTheLuckOfTheWholeSession) {
  WorldConfig world = carts(sim::Distribution::constant(1));
  world.data.resize(2);
  world.data[1].name = "wish list";
  world.workload.steps[1].actions = {action(ActionKind::read, "wish list"),
                                     action(ActionKind::read, "wish list")};

  const SessionCount carts = count_of(world, Which{true, false}, 0);

  EXPECT_DOUBLE_EQ(carts.mean, 0.5);
  EXPECT_DOUBLE_EQ(carts.squares, 0.5 * (0.5 * 1 + 0.5 * 4) / 1.5);
}

TEST(SessionCount, MeetsASharedDocumentAsOftenAsItIsPopular) {
  WorldConfig world = carts(sim::Distribution::constant(1));
  world.data[0].owner = models::Owner::shared;
  world.data[0].documents = 10;

  EXPECT_NEAR(count_of(world, after_update).mean, 0.5 * 0.1, 1e-9);

  world.data[0].zipf = 1;
  double first = 0, squares = 0;
  for (int k = 1; k <= 10; ++k) {
    first += 1.0 / k;
    squares += 1.0 / (k * k);
  }
  EXPECT_NEAR(chance_to_meet(world.data[0]), squares / (first * first), 1e-9);
}

// Of two steps one updates on average: both, one or none, by 1/4, 1/2, 1/4.
TEST(SessionCount, OfASecondDeviceCountsWhatTheFirstUpdated) {
  WorldConfig world = carts(sim::Distribution::constant(2));
  Which refetched{false, false, ActionKind::update, Refetches::all};

  EXPECT_DOUBLE_EQ(count_of(world, refetched).mean, 1);
  EXPECT_DOUBLE_EQ(count_of(world, refetched).squares, 4 * 0.25 + 0.5);
  refetched.refetches = Refetches::again;
  EXPECT_DOUBLE_EQ(count_of(world, refetched).mean, 0.25);
  world.data[0].owner = models::Owner::session;
  EXPECT_DOUBLE_EQ(count_of(world, refetched).mean, 0);
}

TEST(OperationsOfSession, HaveTheReadsOfSecondDevicesOfAUsersOwnDocuments) {
  WorldConfig world = carts(sim::Distribution::constant(2));
  world.workload.second_device.present = true;
  world.workload.second_device.share = 0.25;

  EXPECT_DOUBLE_EQ(operations_of_session(world)[0].updates, 1);
  EXPECT_DOUBLE_EQ(operations_of_session(world)[0].reads, 2 + 0.25);

  world.data[0].owner = models::Owner::session;
  EXPECT_DOUBLE_EQ(operations_of_session(world)[0].reads, 2);
}

}  // namespace
}  // namespace seatrial::analysis
