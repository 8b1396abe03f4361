#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/analysis/report/judged.hpp"

namespace seatrial::analysis {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// "normal", then "outage" with a fault; users in East and West.
models::WorldConfig world_with_an_outage() {
  models::WorldConfig world = synthetic::example().scenario.policies[0].world;
  world.phases[1].faults.resize(1);
  return world;
}

BlastRadius users(std::uint64_t all, std::uint64_t hit) { return {all, hit, 0, 0, hit}; }

data::Blast blast_of(const models::WorldConfig& world, std::vector<BlastRadius> by_phase) {
  PolicyResult policy;
  policy.blast = std::move(by_phase);
  const std::vector<data::Blast> blast = blast_data(world, policy);
  EXPECT_EQ(blast.size(), 1U);
  return blast.at(0);
}

TEST(BlastData, DoesNotBlameAFaultForWhatUsersMeetWithoutIt) {
  const std::vector<BlastRadius> as_ever{users(9000, 0), users(3000, 75),   // normal
                                         users(9000, 0), users(3000, 78)};  // outage

  const data::Blast blast = blast_of(world_with_an_outage(), as_ever);

  EXPECT_EQ(blast.hit, 78U);
  ASSERT_TRUE(blast.usual);
  EXPECT_DOUBLE_EQ(*blast.usual, 75.0 / 12000);
  EXPECT_THAT(blast.regions_hit, IsEmpty());
}

TEST(BlastData, NamesTheRegionWhereMoreAreHitThanUsual) {
  const std::vector<BlastRadius> west_is_hit{users(9000, 90), users(3000, 75),    // normal
                                             users(9000, 92), users(3000, 300)};  // outage

  const data::Blast blast = blast_of(world_with_an_outage(), west_is_hit);

  EXPECT_THAT(blast.regions_hit, ElementsAre("West"));
}

TEST(BlastData, HoldsEachRegionAgainstItself) {
  // Over both regions the share falls, as most users are now in East, where it more than doubles.
  const std::vector<BlastRadius> moved{users(1000, 50), users(9000, 2700),    // normal
                                       users(9000, 1200), users(1000, 300)};  // outage

  const data::Blast blast = blast_of(world_with_an_outage(), moved);

  EXPECT_LT(static_cast<double>(blast.hit) / static_cast<double>(blast.users), *blast.usual);
  EXPECT_THAT(blast.regions_hit, ElementsAre("East"));
}

TEST(BlastData, TakesChanceForChance) {
  // One in 10 without a fault; 3 standard errors are 6.4 of 50 beside 70,000.
  const auto hit_of_fifty = [](std::uint64_t hit) {
    return blast_of(world_with_an_outage(),
                    {users(1, 0), users(70'000, 7000), users(1, 0), users(50, hit)});
  };

  EXPECT_THAT(hit_of_fifty(11).regions_hit, IsEmpty());
  EXPECT_THAT(hit_of_fifty(12).regions_hit, ElementsAre("West"));
}

TEST(BlastData, NeedsTwiceTheUsualShareHoweverManyUsersThereAre) {
  const auto hit_of_a_million = [](std::uint64_t hit) {
    return blast_of(world_with_an_outage(),
                    {users(1, 0), users(1'000'000, 100'000), users(1, 0), users(1'000'000, hit)});
  };

  EXPECT_THAT(hit_of_a_million(199'000).regions_hit, IsEmpty());
  EXPECT_THAT(hit_of_a_million(201'000).regions_hit, ElementsAre("West"));
}

TEST(BlastData, ExcusesNoFaultByItsAftermath) {
  models::WorldConfig world = world_with_an_outage();
  world.phases.push_back(world.phases[0]);

  const data::Blast blast = blast_of(world, {users(9000, 0), users(9000, 9),      // normal
                                             users(9000, 0), users(9000, 900),    // outage
                                             users(9000, 0), users(9000, 900)});  // and after it

  EXPECT_DOUBLE_EQ(*blast.usual, 9.0 / 18000);
  EXPECT_THAT(blast.regions_hit, ElementsAre("West"));
}

TEST(BlastData, KnowsNoUsualShareWhereEveryPhaseHasAFault) {
  models::WorldConfig world = world_with_an_outage();
  world.phases.erase(world.phases.begin());

  const data::Blast blast = blast_of(world, {users(9000, 0), users(3000, 75)});

  EXPECT_FALSE(blast.usual);
  EXPECT_THAT(blast.regions_hit, ElementsAre("West"));
}

TEST(TimelineData, SaysWhatOneReplicationSeesInASecond) {
  const models::WorldConfig world = world_with_an_outage();
  Timeline timeline{{models::Duration::seconds(2), 1}, 2};
  Window& window = timeline.at(models::RegionId{1}, 0);
  window.operations = 400;
  window.failed = 20;
  window.ryw_user = {200, 50};
  window.broker_calls = 100;
  window.ru_thousandths = 800'000;
  Timeline five_alike = timeline;
  for (int more = 0; more < 4; ++more) five_alike.merge(timeline);

  const data::RegionTimeline one = timeline_data(world, timeline).at(1);
  const data::RegionTimeline five = timeline_data(world, five_alike).at(1);

  EXPECT_THAT(one.operations_per_s, ElementsAre(200.0));
  EXPECT_THAT(one.failed_per_s, ElementsAre(10.0));
  EXPECT_THAT(one.opportunities_per_s, ElementsAre(100.0));
  EXPECT_THAT(one.wrong_per_million, ElementsAre(250'000.0));
  EXPECT_EQ(five.operations_per_s, one.operations_per_s);
  EXPECT_EQ(five.failed_per_s, one.failed_per_s);
  EXPECT_EQ(five.opportunities_per_s, one.opportunities_per_s);
  EXPECT_EQ(five.wrong_per_million, one.wrong_per_million);
  EXPECT_EQ(five.broker_calls_per_s, one.broker_calls_per_s);
  EXPECT_EQ(five.ru_per_s, one.ru_per_s);
}

TEST(StoreTimelineData, LeavesOutWhatThePolicyHasNoneOf) {
  Timeline timeline{{models::Duration::seconds(1), 2}, 2};
  timeline.store[1].samples = 4;
  timeline.store[1].replication_bytes = 500;

  const data::StoreTimeline store = store_timeline_data(world_with_an_outage(), timeline);

  EXPECT_THAT(store.replication_bytes_per_s, ElementsAre(data::Number{0}, data::Number{500}));
  EXPECT_THAT(store.request_bytes_per_s, IsEmpty());
  EXPECT_THAT(store.at_risk, IsEmpty());
  EXPECT_THAT(store.busiest, IsEmpty());
  EXPECT_FALSE(store.ru_limit_per_s);
}

TEST(StoreTimelineData, NamesTheBusiestPartitionAndItsLimit) {
  Timeline timeline{{models::Duration::seconds(1), 2}, 2};
  timeline.store[1].busiest = {2500, 3, 1};
  timeline.store[1].limit_thousandths = 4000;

  const data::StoreTimeline store = store_timeline_data(world_with_an_outage(), timeline);

  EXPECT_THAT(store.busiest_ru_per_s, ElementsAre(data::Number{0}, data::Number{2.5}));
  EXPECT_THAT(store.busiest, ElementsAre("", "partition 3, West"));
  EXPECT_EQ(store.ru_limit_per_s, data::Number{4});
}

TEST(TimelineData, NamesThePartitionWithTheGreatestLag) {
  Timeline timeline{{models::Duration::seconds(1), 1}, 2};
  timeline.at(models::RegionId{1}, 0).gauges.samples = 2;
  timeline.at(models::RegionId{1}, 0).gauges.greatest_lag_ns = {5'000'000, 0, 0};
  timeline.at(models::RegionId{1}, 0).gauges.entries_lacking = 6;

  const auto regions = timeline_data(world_with_an_outage(), timeline);

  EXPECT_THAT(regions[1].lag_ms, ElementsAre(data::Number{5}));
  EXPECT_THAT(regions[1].lag_partition, ElementsAre(data::Number{0}));
  EXPECT_THAT(regions[1].entries_lacking, ElementsAre(data::Number{3}));
  EXPECT_THAT(regions[1].bytes_waiting, IsEmpty());
  EXPECT_THAT(regions[0].lag_partition, ElementsAre(data::Number{}));
}

}  // namespace
}  // namespace seatrial::analysis
