#include <gtest/gtest.h>

#include "tests/models/network/network_fixture.hpp"

namespace seatrial::models {
namespace {

// Published, ms both ways: East US 83 West Europe 12 UK South; East US 76..78 UK South.
RegionsConfig atlantic() {
  RegionsConfig regions = regions_of({"East US", "West Europe", "UK South"});
  regions.jitter = false;
  return regions;
}

std::optional<Duration> send(Network& network, RegionId from, RegionId to, Instant now) {
  return network.delay({from}, {to}, 1, message(1), now);
}

TEST(Cut, SendsTrafficOverTheShortestRemainingRouteUntilItIsHealed) {
  Network network = network_of(atlantic());
  const auto direct = send(network, first, second, at_ms(0));
  const Duration detour = network.base_one_way(first, third) + network.base_one_way(third, second);

  const auto cut = network.cut({first, second, false}, at_ms(10));

  EXPECT_EQ(send(network, first, second, at_ms(20)), detour);
  EXPECT_EQ(send(network, second, first, at_ms(20)), network.base_one_way(second, first));
  EXPECT_EQ(network.base_one_way(first, second), direct);
  network.heal(cut, at_ms(30));
  EXPECT_EQ(send(network, first, second, at_ms(40)), direct);
  EXPECT_EQ(network.lost(), 0u);
}

TEST(Cut, LosesMessagesWhenNoRouteRemains) {
  Network network = network_of(regions_of({"East US", "West Europe"}));

  const auto cut = network.cut({first, second, true}, at_ms(10));

  EXPECT_FALSE(network.reachable(first, second));
  EXPECT_EQ(send(network, first, second, at_ms(20)), std::nullopt);
  EXPECT_EQ(network.lost(), 1u);
  EXPECT_EQ(network.bytes(first, second), 0);
  network.heal(cut, at_ms(30));
  EXPECT_TRUE(send(network, first, second, at_ms(40)).has_value());
}

TEST(Cut, OfALinkThatIsDownTwiceEndsWithTheLaterHealing) {
  Network network = network_of(regions_of({"East US", "West Europe"}));
  const auto one = network.cut({first, second, true}, at_ms(10));
  const auto two = network.partition(std::vector{first}, at_ms(20));

  network.heal(one, at_ms(30));

  EXPECT_FALSE(network.reachable(first, second));
  network.heal(two, at_ms(40));
  EXPECT_TRUE(network.reachable(first, second));
}

TEST(Route, StaysDirectWhileTheLinkIsUpEvenIfADetourIsShorter) {
  RegionsConfig regions = regions_of({"a", "b", "c"}, "none");
  regions.links = {stated_link("a <> b", sim::Distribution::constant(50e6)),
                   stated_link("a <> c", sim::Distribution::constant(10e6)),
                   stated_link("c <> b", sim::Distribution::constant(10e6))};
  Network network = network_of(regions);

  EXPECT_EQ(send(network, first, second, at_ms(0)), Duration::milliseconds(50));
  network.cut({first, second, true}, at_ms(1));
  EXPECT_EQ(send(network, first, second, at_ms(2)), Duration::milliseconds(20));
}

TEST(Route, LeadsOverOthersWhereNoDirectLinkIsStated) {
  RegionsConfig regions = regions_of({"a", "b", "c"}, "none");
  regions.links = {stated_link("a <> c", sim::Distribution::constant(10e6)),
                   stated_link("c <> b", sim::Distribution::constant(7e6))};
  Network network = network_of(regions);

  EXPECT_EQ(network.base_one_way(first, second), Duration::milliseconds(17));
  EXPECT_EQ(send(network, second, first, at_ms(0)), Duration::milliseconds(17));
}

TEST(NetworkPartition, SeparatesItsGroupFromAllOthersAndNobodyElse) {
  Network network = network_of(regions_of({"East US", "West Europe", "UK South", "Japan East"}));
  const RegionId fourth{3};

  const auto partition = network.partition(std::vector{second, third}, at_ms(10));

  for (const RegionId inside : {second, third}) {
    for (const RegionId outside : {first, fourth}) {
      EXPECT_EQ(send(network, inside, outside, at_ms(20)), std::nullopt);
      EXPECT_EQ(send(network, outside, inside, at_ms(20)), std::nullopt);
    }
  }
  EXPECT_TRUE(send(network, second, third, at_ms(20)).has_value());
  EXPECT_TRUE(send(network, first, fourth, at_ms(20)).has_value());
  EXPECT_EQ(network.nearest(second, [](RegionId r) { return r != second; }), third);
  network.heal(partition, at_ms(30));
  EXPECT_TRUE(send(network, second, first, at_ms(40)).has_value());
}

TEST(SlowLink, MultipliesTheDelayAndNothingElse) {
  const RegionsConfig regions = regions_of({"East US", "West Europe", "UK South"});
  Network network = network_of(regions);
  const Duration before = *send(network, first, second, at_ms(0));
  const Duration other = *send(network, first, third, at_ms(0));

  const auto slow = network.slow({first, second, false}, 3, at_ms(10));
  const auto also = network.slow({first, second, false}, 2, at_ms(10));

  EXPECT_EQ(send(network, first, second, at_ms(20)), before * 6);
  EXPECT_EQ(send(network, first, third, at_ms(20)), other);
  network.heal(also, at_ms(30));
  EXPECT_EQ(send(network, first, second, at_ms(40)), before * 3);
  network.heal(slow, at_ms(50));
  EXPECT_EQ(send(network, first, second, at_ms(60)), before);
}

TEST(NetworkFault, NamesItsLinkAsScenariosDo) {
  const Network network = network_of(atlantic());

  const auto both = network.link_named("East US <> UK South");
  const auto one = network.link_named("UK South > East US");

  ASSERT_TRUE(both && one);
  EXPECT_TRUE(both->from == first && both->to == third && both->both_ways);
  EXPECT_TRUE(one->from == third && one->to == first && !one->both_ways);
  EXPECT_FALSE(network.link_named("East US - UK South"));
  EXPECT_FALSE(network.link_named("East US > Atlantis"));
  EXPECT_FALSE(network.link_named("East US > East US"));
}

}  // namespace
}  // namespace seatrial::models
