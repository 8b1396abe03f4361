// Two partitions are merged into one: where their documents go, and what their tokens are worth.
#include <gtest/gtest.h>

#include <map>

#include "tests/models/store/replication/planned_kind.hpp"
#include "tests/models/store/store_bench.hpp"

namespace seatrial::models {
namespace {

constexpr PartitionId zero{0}, one{1}, merged{2};

WorldConfig two_partitions() {
  WorldConfig world = calm_world();
  world.store.partitions = 2;
  return world;
}

DocumentName name_of(std::uint64_t owner) { return {DataClassId{0}, owner}; }

// Its documents are open; which is in which partition a hash says.
struct Carts {
  explicit Carts(StoreBench& bench, std::uint64_t count) {
    for (std::uint64_t owner = 0; owner != count; ++owner) {
      all.push_back(bench.open(owner));
      of[bench.store.partition_of(all.back())].push_back(all.back());
    }
  }
  std::vector<DocumentHandle> all;
  std::map<PartitionId, std::vector<DocumentHandle>> of;
};

StoreAnswer read_with(StoreBench& bench, DocumentHandle document, RegionId region,
                      SessionToken token) {
  StoreRequest request = bench.request(document, region);
  request.token = token;
  return bench.read(request);
}

TEST(Merge, GivesTheDocumentsOfBothToOne) {
  StoreBench bench{two_partitions()};
  const Carts before{bench, 50};

  bench.store.merge(zero, one);

  EXPECT_EQ(bench.store.partitions(), 3u);
  for (const DocumentHandle cart : before.all) {
    EXPECT_EQ(bench.store.partition_of(cart), merged);
  }
  EXPECT_EQ(bench.store.partition_of(bench.open(1000)), merged);
}

TEST(Merge, KnowsWhatADocumentWasInBefore) {
  StoreBench bench{two_partitions()};
  std::map<std::uint64_t, PartitionId> home;
  for (std::uint64_t owner = 0; owner != 20; ++owner) {
    home[owner] = bench.store.partition_of(bench.open(owner));
  }

  bench.store.merge(zero, one);
  bench.store.split(merged);

  for (std::uint64_t owner = 0; owner != 20; ++owner) {
    const PartitionId now = bench.store.partition_of(bench.open(owner));
    EXPECT_GT(now, merged);
    EXPECT_EQ(bench.store.parent_of(name_of(owner), now), merged);
    EXPECT_EQ(bench.store.parent_of(name_of(owner), merged), home[owner]);
    EXPECT_EQ(bench.store.parent_of(name_of(owner), home[owner]), std::nullopt);
  }
}

TEST(Merge, HappensOnceAndNotOfAPartitionWithItself) {
  StoreBench bench{two_partitions()};

  bench.store.merge(zero, zero);
  bench.store.merge(zero, PartitionId{7});
  EXPECT_EQ(bench.store.partitions(), 2u);
  bench.store.merge(zero, one);
  bench.store.merge(one, zero);
  bench.store.split(zero);
  EXPECT_EQ(bench.store.partitions(), 3u);
}

TEST(Merge, DoesNotJoinDataClassesWithModesOfTheirOwn) {
  WorldConfig world = two_partitions();
  world.data.resize(2);
  world.data[1].replication = planned([](ReplicationPlan&) {});
  StoreBench bench{world};

  bench.store.merge(one, PartitionId{2});

  EXPECT_EQ(bench.store.partitions(), 4u);
}

TEST(Merge, GoesOnAfterTheLongerLogAndVersionsKeepTheirNames) {
  StoreBench bench{two_partitions()};
  const Carts carts{bench, 20};
  std::map<DocumentHandle, Version> written;
  for (int round = 0; round != 3; ++round) {
    for (const DocumentHandle cart : carts.of.at(zero)) {
      written[cart] = bench.update(bench.request(cart, west)).version;
    }
  }
  for (const DocumentHandle cart : carts.of.at(one)) {
    written[cart] = bench.update(bench.request(cart, west)).version;
  }
  const std::uint64_t longer = std::max(carts.of.at(zero).size() * 3, carts.of.at(one).size());

  bench.store.merge(zero, one);

  for (const RegionId region : {west, east, south}) {
    for (const auto& [cart, version] : written) {
      EXPECT_EQ(bench.read(bench.request(cart, region)).version, version);
    }
  }
  std::uint64_t lsn = longer;
  for (const auto& [cart, version] : written) {
    const StoreAnswer next = bench.update(bench.request(cart, west));
    EXPECT_EQ(next.version, (Version{2, ++lsn, version.ordinal + 1}));
  }
}

// East is 100 ms behind: writes wait for it, reads do not.
TEST(Merge, WaitsUntilEveryReplicaHasEverythingAndWritesWaitForIt) {
  WorldConfig world = two_partitions();
  world.store.replication_lag.entry = constant_ms(100);
  StoreBench bench{world};
  const Carts carts{bench, 20};
  const DocumentHandle low = carts.of.at(zero).front(), high = carts.of.at(one).front();
  const StoreAnswer written = bench.update(bench.request(low, west));

  bench.store.merge(zero, one);
  bench.wait_until(Instant::at(ms(50)));
  EXPECT_EQ(bench.store.partitions(), 2u);
  EXPECT_EQ(bench.read(bench.request(low, west)).version, written.version);
  const StoreAnswer waited = bench.update(bench.request(high, west));

  EXPECT_EQ(bench.store.partitions(), 3u);
  EXPECT_EQ(waited.answered, Instant::at(ms(100)));
  EXPECT_EQ(waited.version, (Version{2, 2, 1}));
}

TEST(Merge, LetsWritesGoOnWhileARegionIsCutOffAndComesWhenItIsBack) {
  WorldConfig world = two_partitions();
  StoreBench bench{world};
  const Carts carts{bench, 20};
  const std::vector<RegionId> group{east};
  const NetworkFaultId fault = bench.network.partition(group, Instant{});
  bench.wait_until(Instant::at(ms(1)));
  bench.update(bench.request(carts.all[0], west));

  bench.store.merge(zero, one);
  const Instant asked = bench.simulation.now();
  const StoreAnswer waited = bench.update(bench.request(carts.all[1], west));
  EXPECT_EQ(waited.outcome, Outcome::ok);
  EXPECT_EQ(waited.answered, asked + Duration::seconds(2));
  EXPECT_EQ(bench.store.partitions(), 2u);

  bench.network.heal(fault, bench.simulation.now());
  bench.wait_until(bench.simulation.now() + Duration::seconds(11));
  EXPECT_EQ(bench.store.partitions(), 3u);
}

TEST(Merge, SharesTheProvisionedThroughputAmongOneLess) {
  WorldConfig world = two_partitions();
  world.store.request_units_per_second = 20;
  StoreBench bench{world};
  const DocumentHandle cart = bench.open(1);

  bench.store.merge(zero, one);
  const StoreAnswer first = bench.update(bench.request(cart, west));  // 10 RU: half of it
  const StoreAnswer second = bench.update(bench.request(cart, west));
  const StoreAnswer third = bench.update(bench.request(cart, west));

  EXPECT_EQ(second.answered, first.answered);
  EXPECT_GE(third.answered, Instant::at(Duration::seconds(1)));
}

// West goes down with what had not left; after the takeover both are merged.
TEST(Merge, KeepsTheTokensOfLostEntriesVoidAndThoseOfOthersGood) {
  WorldConfig world = two_partitions();
  for (LinkConfig& link : world.regions.links) link.one_way = constant_ms(50);
  world.store.replication_lag.link = constant_ms(100);
  world.store.failover.present = true;
  world.store.failover.after = ms(1000);
  world.store.failover.to = {"East"};
  StoreBench bench{world};
  const Carts carts{bench, 20};
  std::map<DocumentHandle, StoreAnswer> good, lost;
  for (const DocumentHandle cart : carts.all) good[cart] = bench.update(bench.request(cart, west));
  bench.wait_until(Instant::at(ms(1000)));
  for (const DocumentHandle cart : carts.of.at(one)) {
    lost[cart] = bench.update(bench.request(cart, west));
  }
  bench.store.take_down(west);
  bench.wait_until(Instant::at(ms(3000)));
  ASSERT_EQ(bench.recorder.takeovers.size(), 2u);
  // Partition 0 had the LSNs of those lost in 1 by now.
  for (int round = 0; round != 3; ++round) {
    for (const DocumentHandle cart : carts.of.at(zero)) {
      good[cart] = bench.update(bench.request(cart, east));
    }
  }
  bench.store.bring_up(west);
  bench.wait_until(bench.simulation.now() + ms(3000));

  bench.store.merge(zero, one);
  bench.wait_until(bench.simulation.now() + ms(13'000));

  ASSERT_EQ(bench.store.partitions(), 3u);
  for (const auto& [cart, answer] : good) {
    for (const RegionId region : {west, east, south}) {
      const StoreAnswer read = read_with(bench, cart, region, answer.token);
      EXPECT_EQ(read.outcome, Outcome::ok);
      EXPECT_EQ(read.version, answer.version);
    }
  }
  for (const auto& [cart, answer] : lost) {
    EXPECT_NE(read_with(bench, cart, east, answer.token).outcome, Outcome::ok);
  }
}

// As a client would: the newest token that it holds for the document's partition or those before.
class Holder {
 public:
  explicit Holder(StoreBench& bench) : bench_{bench} {}
  SessionToken token_for(std::uint64_t owner, PartitionId partition) {
    SessionToken known = tokens_[partition];
    for (auto parent = bench_.store.parent_of(name_of(owner), partition); parent;
         parent = bench_.store.parent_of(name_of(owner), *parent)) {
      known = merge(known, tokens_[*parent]);
    }
    return known;
  }
  void met(PartitionId partition, SessionToken token) {
    tokens_[partition] = merge(tokens_[partition], token);
  }

 private:
  StoreBench& bench_;
  std::map<PartitionId, SessionToken> tokens_;
};

enum class Kind { asynchronous, bus, tier };

WorldConfig restless_world(Kind kind) {
  WorldConfig world = two_partitions();
  for (LinkConfig& link : world.regions.links) link.one_way = exponential_ms(15);
  world.store.in_region_lag = exponential_ms(10);
  world.store.replication_lag.entry = exponential_ms(60);
  world.store.replication = planned([kind](ReplicationPlan& plan) {
    if (kind == Kind::bus) {
      BusPlan bus;
      bus.publish = exponential_ms(10);
      bus.poll_delay = ms(40);
      plan.ways = {Way::link, Way::bus, Way::bus};
      plan.bus = bus;
    } else if (kind == Kind::tier) {
      TierPlan tier;
      tier.flush_every = ms(100);
      plan.tier = tier;
    }
  });
  return world;
}

class Families : public testing::TestWithParam<Kind> {};
INSTANTIATE_TEST_SUITE_P(Of, Families, testing::Values(Kind::asynchronous, Kind::bus, Kind::tier));

// Through splits and merges in every order a client that heeds its tokens reads what it wrote and
// never goes back, and every read that carries them is answered.
TEST_P(Families, KeepReadYourWritesThroughSplitsAndMerges) {
  std::uint64_t moved = 0, reads = 0;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    StoreBench bench{restless_world(GetParam()), seed};
    const Carts carts{bench, 12};
    Holder holder{bench};
    std::vector<Version> newest(carts.all.size());
    // 0, 1 -> 2; 2 -> 3, 4; 3, 4 -> 5; or 0 -> 2, 3; 2, 3 -> 4; 4, 1 -> 5.
    const bool merges_first = seed % 2 == 0;
    const auto change = [&](std::int64_t at, auto action) {
      bench.simulation.schedule(Instant::at(ms(at)), [&bench, action] { action(bench.store); });
    };
    change(500, [merges_first](Store& store) {
      merges_first ? store.merge(zero, one) : store.split(zero);
    });
    change(2500, [merges_first](Store& store) {
      merges_first ? store.split(PartitionId{2}) : store.merge(PartitionId{2}, PartitionId{3});
    });
    change(4500, [merges_first](Store& store) {
      merges_first ? store.merge(PartitionId{3}, PartitionId{4}) : store.merge(PartitionId{4}, one);
    });
    sim::Stream dice = sim::Stream::sequence(bench.random.key(sim::Purpose{"test/dice"}), seed);
    while (bench.simulation.now() < Instant::at(ms(7000))) {
      const std::size_t i = dice.below(carts.all.size());
      const DocumentHandle cart = carts.all[i];
      const RegionId region{static_cast<std::uint32_t>(dice.below(3))};
      const PartitionId partition = bench.store.partition_of(cart);
      StoreRequest request = bench.request(cart, region);
      request.token = holder.token_for(i, partition);
      const bool writes = dice.below(2) == 0;
      const StoreAnswer answer = writes ? bench.update(request) : bench.read(request);
      ASSERT_EQ(answer.outcome, Outcome::ok) << "seed " << seed;
      EXPECT_GE(answer.version.ordinal, newest[i].ordinal) << "seed " << seed;
      if (answer.version.ordinal == newest[i].ordinal) {
        EXPECT_EQ(answer.version, newest[i]) << "a version has one name";
      }
      newest[i] = answer.version;
      holder.met(partition, answer.token);
      reads += writes ? 0 : 1;
      moved += partition > one ? 1 : 0;
    }
    EXPECT_EQ(bench.store.partitions(), 6u) << "seed " << seed;
    std::map<PartitionId, std::uint64_t> last;
    for (const CommitObserved& commit : bench.recorder.commits) {
      EXPECT_GT(commit.version.lsn, last[commit.partition]);
      last[commit.partition] = commit.version.lsn;
    }
    EXPECT_GT(bench.recorder.commits.size(), 20u);
  }
  EXPECT_GT(reads, 500u);
  EXPECT_GT(moved, 500u);
}

}  // namespace
}  // namespace seatrial::models
