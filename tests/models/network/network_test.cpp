#include "models/network/network.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "tests/models/network/network_fixture.hpp"

namespace seatrial::models {
namespace {

TEST(Network, TakesHalfOfThePublishedRoundTripEachWay) {
  RegionsConfig regions = regions_of({"Germany West Central", "UAE North"});
  regions.jitter = false;
  Network network = network_of(regions);

  const auto there = network.delay({first}, {second}, 100, message(1), Instant{});
  const auto back = network.delay({second}, {first}, 100, message(1, 1), Instant{});

  EXPECT_EQ(there, Duration::milliseconds(59));
  EXPECT_EQ(back, Duration::milliseconds(50));
  EXPECT_EQ(network.base_one_way(first, second), Duration::milliseconds(59));
}

TEST(Network, KeepsThePublishedMedianAndTailOfARoundTripOfMessages) {
  Network network = network_of(regions_of({"East US", "West Europe"}));
  constexpr int samples = 400'000;
  const double published = (83 + 85) / 2.0;  // the two directions' mean

  std::vector<double> round_trips;
  for (std::uint64_t i = 0; i < samples; ++i) {
    const auto there = network.delay({first}, {second}, 1, {i, 0, 0, 0}, Instant{});
    const auto back = network.delay({second}, {first}, 1, {i, 0, 1, 0}, Instant{});
    round_trips.push_back((*there + *back).ms());
  }
  std::sort(round_trips.begin(), round_trips.end());

  // The share of samples below a value must be the value's probability, to four deviations.
  const auto share_below = [&](double ms) {
    const auto below = std::lower_bound(round_trips.begin(), round_trips.end(), ms);
    return static_cast<double>(below - round_trips.begin()) / samples;
  };
  const auto slack = [](double p) { return 4 * std::sqrt(p * (1 - p) / samples); };
  std::printf("p50 %.2f ms (84.00), p99 %.2f ms (%.2f), p99.9 %.2f ms (%.2f)\n",
              round_trips[samples / 2], round_trips[samples / 100 * 99], published * 1.148,
              round_trips[samples / 1000 * 999], published * 1.384);
  EXPECT_LE(share_below(published * 0.99), 0.5 + slack(0.5));
  EXPECT_GE(share_below(published * 1.01), 0.5 - slack(0.5));
  EXPECT_LE(share_below(published * 1.148 * 0.95), 0.99 + slack(0.99));
  EXPECT_GE(share_below(published * 1.148 * 1.05), 0.99 - slack(0.99));
  EXPECT_LE(share_below(published * 1.384 * 0.95), 0.999 + slack(0.999));
  EXPECT_GE(share_below(published * 1.384 * 1.05), 0.999 - slack(0.999));
}

TEST(Network, DrawsADelayByTheNameOfTheMessageWhateverWentBefore) {
  const RegionsConfig regions = regions_of({"East US", "West Europe", "Japan East"});
  Network busy = network_of(regions);
  Network quiet = network_of(regions);
  const MessageName name{42, 3, 2, 1};

  for (std::uint64_t i = 0; i < 100; ++i) busy.delay({first}, {second}, 1, message(i), Instant{});

  const auto expected = quiet.delay({first}, {second}, 1, name, Instant{});
  EXPECT_EQ(busy.delay({first}, {second}, 1, name, at_ms(500)), expected);
  EXPECT_EQ(busy.delay({first}, {second}, 1, name, at_ms(900)), expected);
}

TEST(Network, GivesDifferentNamesDifferentLuck) {
  Network network = network_of(regions_of({"East US", "West Europe"}));
  Network other_seed = network_of(regions_of({"East US", "West Europe"}), 8);
  const auto delay = [&](MessageName name) {
    return network.delay({first}, {second}, 1, name, Instant{})->ns();
  };

  std::vector<std::int64_t> delays{delay({1, 1, 1, 1}), delay({2, 1, 1, 1}), delay({1, 2, 1, 1}),
                                   delay({1, 1, 2, 1}), delay({1, 1, 1, 2})};
  delays.push_back(other_seed.delay({first}, {second}, 1, {1, 1, 1, 1}, Instant{})->ns());
  std::sort(delays.begin(), delays.end());

  EXPECT_EQ(std::unique(delays.begin(), delays.end()), delays.end());
}

TEST(Network, TakesAnyDistributionInPlaceOfTheMatrix) {
  RegionsConfig regions = regions_of({"East US", "West Europe"});
  regions.links = {stated_link("East US > West Europe", sim::Distribution::exponential(5e6))};
  Network network = network_of(regions);
  constexpr int samples = 100'000;

  double sum_ms = 0;
  for (std::uint64_t i = 0; i < samples; ++i) {
    sum_ms += network.delay({first}, {second}, 1, message(i), Instant{})->ms();
  }

  EXPECT_NEAR(sum_ms / samples, 5, 4 * 5 / std::sqrt(samples));
  EXPECT_EQ(network.base_one_way(second, first), Duration::microseconds(42'500));
}

TEST(Network, HasLinksWithoutAnyDelay) {
  RegionsConfig regions = regions_of({"here", "there"}, "none");
  regions.links = {stated_link("here <> there", sim::Distribution::constant(0))};
  regions.same_zone_round_trip = sim::Distribution::constant(0);
  Network network = network_of(regions);

  EXPECT_EQ(network.delay({first}, {second}, 1'000'000, message(1), at_ms(5)), Duration{});
  EXPECT_EQ(network.delay({second}, {first}, 0, message(2), at_ms(5)), Duration{});
  EXPECT_EQ(network.delay({first, 1}, {first, 1}, 1, message(3), at_ms(5)), Duration{});
}

TEST(Network, TellsZonesOfARegionApart) {
  Network network = network_of(regions_of({"East US"}));

  EXPECT_EQ(network.delay({first, 1}, {first, 1}, 1, message(1), Instant{}),
            Duration::microseconds(454));
  EXPECT_EQ(network.delay({first, 1}, {first, 2}, 1, message(1), Instant{}),
            Duration::nanoseconds(776'500));
}

TEST(Network, LosesTheStatedShareOfMessages) {
  RegionsConfig regions = regions_of({"East US", "West Europe"});
  LinkConfig lossy;
  lossy.name = "East US > West Europe";
  lossy.loss = 0.02;
  regions.links = {lossy};
  Network network = network_of(regions);
  constexpr int samples = 100'000;

  for (std::uint64_t i = 0; i < samples; ++i) {
    network.delay({first}, {second}, 1, message(i), Instant{});
    EXPECT_TRUE(network.delay({second}, {first}, 1, message(i), Instant{}).has_value());
  }

  const double share = static_cast<double>(network.lost()) / samples;
  EXPECT_NEAR(share, 0.02, 4 * std::sqrt(0.02 * 0.98 / samples));
}

TEST(Network, SendsOneMessageAfterTheOtherOverALimitedLink) {
  RegionsConfig regions = regions_of({"here", "there"}, "none");
  LinkConfig link = stated_link("here <> there", sim::Distribution::constant(10e6));
  link.bytes_per_second = 1e6;  // 1 KB takes 1 ms
  regions.links = {link};
  Network network = network_of(regions);
  const auto arrival = [&](Instant sent, Bytes size) {
    return sent + *network.delay({first}, {second}, size, message(1), sent);
  };

  EXPECT_EQ(arrival(at_ms(0), 5000), at_ms(5 + 10));
  EXPECT_EQ(arrival(at_ms(1), 2000), at_ms(5 + 2 + 10));  // waits for the first
  EXPECT_EQ(arrival(at_ms(7), 1000), at_ms(7 + 1 + 10));  // finds the link free
  EXPECT_EQ(network.delay({second}, {first}, 1000, message(1), at_ms(0)),
            Duration::milliseconds(11));  // the other direction is its own link
  EXPECT_EQ(network.bytes(first, second), 8000);
  EXPECT_EQ(network.bytes(second, first), 1000);
}

TEST(Network, FindsTheNearestHealthyRegion) {
  const Network network = network_of(regions_of({"East US", "West Europe", "Japan East"}));
  const auto without = [](RegionId sick) {
    return [=](RegionId region) { return region != sick; };
  };

  EXPECT_EQ(network.nearest(first, [](RegionId) { return true; }), first);
  EXPECT_EQ(network.nearest(first, without(first)), second);
  EXPECT_EQ(network.nearest(third, without(third)), first);
  EXPECT_EQ(network.nearest(first, [](RegionId) { return false; }), std::nullopt);
}

TEST(Network, TakesHalfALastMileEachWay) {
  RegionsConfig regions = regions_of({"East US"});
  regions.last_mile_round_trip = sim::Distribution::constant(30e6);

  EXPECT_EQ(network_of(regions).last_mile(message(1)), Duration::milliseconds(15));
}

}  // namespace
}  // namespace seatrial::models
