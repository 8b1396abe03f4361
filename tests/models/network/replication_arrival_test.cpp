#include <gtest/gtest.h>

#include <cmath>

#include "tests/models/network/network_fixture.hpp"

namespace seatrial::models {
namespace {

// One link of 10 ms without jitter.
RegionsConfig ten_milliseconds() {
  RegionsConfig regions = regions_of({"here", "there"}, "none");
  regions.links = {stated_link("here <> there", sim::Distribution::constant(10e6))};
  return regions;
}

std::optional<Instant> arrival(const Network& network, Instant sent, Instant now) {
  return network.replication_arrival(first, second, message(1), sent, now);
}

TEST(ReplicationArrival, IsTheWiresTimeAfterTheEntryWasSent) {
  const Network network = network_of(ten_milliseconds());

  EXPECT_EQ(arrival(network, at_ms(100), at_ms(100)), at_ms(110));
  EXPECT_EQ(arrival(network, at_ms(100), at_ms(5000)), at_ms(110));
  EXPECT_EQ(arrival(network, at_ms(0), at_ms(0)), at_ms(10));
}

TEST(ReplicationArrival, IsUnknownBeforeTheEntryIsSent) {
  const Network network = network_of(ten_milliseconds());

  EXPECT_EQ(arrival(network, at_ms(100), at_ms(99)), std::nullopt);
}

TEST(ReplicationArrival, WaitsForTheRouteToComeBackAndDoesNotForeseeIt) {
  Network network = network_of(ten_milliseconds());
  const auto cut = network.cut({first, second, true}, at_ms(100));

  EXPECT_EQ(arrival(network, at_ms(150), at_ms(180)), std::nullopt);
  network.heal(cut, at_ms(200));
  EXPECT_EQ(arrival(network, at_ms(150), at_ms(199)), std::nullopt);
  EXPECT_EQ(arrival(network, at_ms(150), at_ms(200)), at_ms(210));
  EXPECT_EQ(arrival(network, at_ms(250), at_ms(250)), at_ms(260));
}

TEST(ReplicationArrival, OfWhatHasLeftIsNotChangedByLaterFaults) {
  Network network = network_of(ten_milliseconds());
  const auto before = arrival(network, at_ms(95), at_ms(100));

  const auto cut = network.cut({first, second, true}, at_ms(100));
  EXPECT_EQ(arrival(network, at_ms(95), at_ms(101)), before);
  EXPECT_EQ(arrival(network, at_ms(100), at_ms(101)), at_ms(110));  // the instant of the change
  EXPECT_EQ(arrival(network, at_ms(101), at_ms(101)), std::nullopt);
  network.heal(cut, at_ms(300));
  EXPECT_EQ(arrival(network, at_ms(95), at_ms(400)), before);
}

TEST(ReplicationArrival, IsSlowedOnlyWhileTheLinkIs) {
  Network network = network_of(ten_milliseconds());
  const auto slow = network.slow({first, second, true}, 4, at_ms(100));
  network.heal(slow, at_ms(200));

  EXPECT_EQ(arrival(network, at_ms(50), at_ms(300)), at_ms(60));
  EXPECT_EQ(arrival(network, at_ms(150), at_ms(300)), at_ms(190));
  EXPECT_EQ(arrival(network, at_ms(250), at_ms(300)), at_ms(260));
}

TEST(ReplicationArrival, TakesTheDetourOfACutLink) {
  RegionsConfig regions = ten_milliseconds();
  regions.users.push_back({"elsewhere", 1});
  regions.links.push_back(stated_link("here <> elsewhere", sim::Distribution::constant(20e6)));
  regions.links.push_back(stated_link("elsewhere <> there", sim::Distribution::constant(5e6)));
  Network network = network_of(regions);

  network.cut({first, second, true}, at_ms(100));

  EXPECT_EQ(arrival(network, at_ms(150), at_ms(150)), at_ms(175));
  EXPECT_EQ(network.wire(first, second, message(1), at_ms(150)), Duration::milliseconds(25));
}

TEST(ReplicationArrival, LetsQueuedEntriesLeaveWithARouteThatLastsNoTime) {
  Network network = network_of(ten_milliseconds());
  const auto cut = network.cut({first, second, true}, at_ms(100));
  network.heal(cut, at_ms(200));
  const auto known = arrival(network, at_ms(150), at_ms(200));

  network.cut({first, second, true}, at_ms(200));

  EXPECT_EQ(known, at_ms(210));
  EXPECT_EQ(arrival(network, at_ms(150), at_ms(900)), known);
}

// Whatever faults come and go: once known, an arrival never changes, and it is never known before
// the entry has left. All entries are asked for again after each step.
TEST(ReplicationArrival, OnceKnownNeverChangesInARandomHistory) {
  constexpr std::uint64_t seed = 20261121;
  Network network = network_of(regions_of({"East US", "West Europe", "Japan East"}), seed);
  sim::Stream draws = sim::Stream::sequence(sim::StreamKey{seed}, 1);
  struct Entry {
    Instant sent;
    std::optional<Instant> arrival;
  };
  std::vector<Entry> entries;
  std::vector<NetworkFaultId> faults;

  Instant now;
  int learned_late = 0;
  for (int step = 0; step < 300; ++step) {
    now = now + Duration::milliseconds(static_cast<std::int64_t>(draws.below(40)));
    const std::uint64_t action = draws.below(6);
    if (action == 0) faults.push_back(network.cut({first, second, true}, now));
    if (action == 1) faults.push_back(network.partition(std::vector{second}, now));
    if (action == 2) faults.push_back(network.slow({first, second, true}, 2.5, now));
    if (action >= 3 && !faults.empty()) {
      network.heal(faults.back(), now);
      faults.pop_back();
    }
    entries.push_back({now, std::nullopt});
    for (std::size_t i = 0; i < entries.size(); ++i) {
      Entry& entry = entries[i];
      const auto known = network.replication_arrival(first, second, message(i), entry.sent, now);
      if (entry.arrival) {
        ASSERT_EQ(known, entry.arrival) << "entry " << i << " of seed " << seed;
      } else if (known) {
        ASSERT_GT(*known, entry.sent);
        learned_late += now > entry.sent;
        entry.arrival = known;
      }
    }
  }

  EXPECT_GT(learned_late, 20);
}

TEST(ReplicationArrival, SharesTheJitterOfItsSecondAmongTheEntriesOfAPublishedLink) {
  const Network network = network_of(regions_of({"East US", "West Europe"}));
  const auto wire = [&](std::uint64_t entity, std::int64_t ms) {
    return network.wire(first, second, message(entity), at_ms(ms));
  };

  EXPECT_EQ(wire(1, 3000), wire(2, 3999));
  EXPECT_NE(wire(1, 3000), wire(1, 4000));
}

TEST(ReplicationArrival, DrawsEachEntryByItselfWhereADistributionIsStated) {
  RegionsConfig regions = regions_of({"here", "there"}, "none");
  regions.links = {stated_link("here <> there", sim::Distribution::exponential(10e6))};
  const Network network = network_of(regions);
  constexpr int samples = 20'000;

  double sum_ms = 0;
  for (std::uint64_t i = 0; i < samples; ++i) {
    sum_ms += network.wire(first, second, message(i), at_ms(3000)).ms();
  }

  EXPECT_NEAR(sum_ms / samples, 10, 4 * 10 / std::sqrt(samples));
  EXPECT_EQ(network.wire(first, second, message(1), at_ms(1)),
            network.wire(first, second, message(1), at_ms(2)));
}

}  // namespace
}  // namespace seatrial::models
