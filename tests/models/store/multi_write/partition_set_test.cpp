// Several logs and their cuts against a model that keeps everything: whatever arrives in whatever
// order, replicas with the same entries hold the same; conflicts are those of writes that have not
// seen each other.
#include "models/store/multi_write/partition_set.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/models/store/store_bench.hpp"

namespace seatrial::models {
namespace {

constexpr std::size_t all_replicas = 4;
constexpr std::uint32_t all_regions = 3;

WorldConfig world_of(ApplyOrder order, std::size_t write_regions) {
  WorldConfig world = calm_world();
  for (LinkConfig& link : world.regions.links) link.one_way = exponential_ms(20);
  world.store.write_regions = {"West", "East"};
  if (write_regions == 3) world.store.write_regions.push_back("South");
  world.store.apply_order = order;
  world.store.in_region_lag = exponential_ms(5);
  world.store.replication_lag.entry = exponential_ms(30);
  world.store.conflict_clock.resolution = ms(40);
  world.store.conflict_clock.ahead = {{"East", ms(15)}};
  return world;
}

// What everybody may know of one write.
struct Known {
  OriginId origin;
  VersionLink version;
  Instant appended;
  Instant committed;
  std::set<std::size_t> held_by_its_primary;  // when it was appended; numbers of writes
};

class RandomHistory {
 public:
  RandomHistory(std::uint64_t seed, ApplyOrder order, std::size_t write_regions)
      : world{world_of(order, write_regions)},
        random{seed, 0},
        network{world.regions, random},
        regions{world.store, network},
        clock{world.store.conflict_clock, regions, network},
        lag{world.store, network, random, west},
        draws{sim::Stream::sequence(random.key(sim::Purpose{"test/history"}), 0)},
        heads(regions.count()) {
    set = std::make_unique<PartitionSet>(lag, world.store, regions, clock, all_regions);
  }

  bool has(std::size_t number, ReplicaPlace at, Instant now) {
    const Known& write = writes[number];
    const SessionToken applied = set->applied(at, now);
    const std::uint32_t origin = write.origin.value();
    const std::uint64_t cut = origin == 0 ? applied.lsn : applied.further[origin - 1];
    if (world.store.apply_order == ApplyOrder::in_log_order) return write.version.lsn <= cut;
    return set->holds(write.origin, write.version.lsn, at, now);
  }

  std::set<std::size_t> all_held(ReplicaPlace at, Instant now) {
    std::set<std::size_t> held;
    for (std::size_t i = 0; i < writes.size(); ++i) {
      if (has(i, at, now)) held.insert(i);
    }
    return held;
  }

  void write(Instant now) {
    const OriginId origin{static_cast<std::uint32_t>(draws.below(regions.count()))};
    Known known;
    known.origin = origin;
    known.appended = now;
    known.held_by_its_primary = all_held({regions.region_of(origin), 0}, now);
    PartitionSet::Write write;
    write.name = OperationName{SessionId{1}, ++written};
    write.ordinal = written;
    write.at = now;
    write.is_delete = draws.below(20) == 0;
    const bool is_patch = !write.is_delete && draws.below(4) != 0;
    if (is_patch) write.paths = std::uint64_t{1} << draws.below(4) | std::uint64_t{1} << 7;
    if (is_patch && draws.below(2) == 0) write.paths &= 0x7F;
    if (is_patch && draws.below(8) == 0) write.paths = 0;
    const PartitionSet::Appended appended = set->append(origin, write, heads, conflicts);
    known.version = appended.version;
    known.committed = appended.committed;
    told_in_conflict.push_back(appended.is_in_conflict);
    writes.push_back(known);
    while (set->commit_is_due(origin, now)) set->commit_next(origin);
  }

  void commit(Instant now) {
    for (std::uint32_t i = 0; i < regions.count(); ++i) {
      while (set->commit_is_due(OriginId{i}, now)) set->commit_next(OriginId{i});
    }
  }

  bool are_concurrent(std::size_t a, std::size_t b) const {
    const std::size_t later = std::max(a, b);
    const std::size_t earlier = std::min(a, b);
    return writes[a].origin != writes[b].origin &&
           writes[later].held_by_its_primary.count(earlier) == 0;
  }

  WorldConfig world;
  sim::RandomSource random;
  Network network;
  WriteRegions regions;
  ConflictClock clock;
  ReplicaLag lag;
  sim::Stream draws;
  std::unique_ptr<PartitionSet> set;
  std::vector<VersionLink> heads;
  std::uint32_t written = 0;
  std::vector<Known> writes;
  std::vector<bool> told_in_conflict;
  std::vector<FoundConflict> conflicts;
};

struct Case {
  ApplyOrder order;
  std::size_t write_regions;
};

class RandomHistories : public testing::TestWithParam<Case> {
 protected:
  // A write every 1 to 12 ms for 1.5 s; East is cut off for a while.
  template <class Look>
  static void play(RandomHistory& history, Look look) {
    const std::vector<RegionId> cut_off{east};
    NetworkFaultId fault;
    std::int64_t next_write = 0;
    for (std::int64_t at = 0; at < 1500; ++at) {
      const Instant now = Instant::at(ms(at));
      if (at == 400) fault = history.network.partition(cut_off, now);
      if (at == 800) history.network.heal(fault, now);
      history.commit(now);
      if (at == next_write) {
        history.write(now);
        next_write += 1 + static_cast<std::int64_t>(history.draws.below(12));
      }
      look(now);
    }
  }
};

INSTANTIATE_TEST_SUITE_P(Orders, RandomHistories,
                         testing::Values(Case{ApplyOrder::in_log_order, 2},
                                         Case{ApplyOrder::in_log_order, 3},
                                         Case{ApplyOrder::independent, 2},
                                         Case{ApplyOrder::independent, 3}));

// Of what is held, the winner on each path; the last: of what changes all.
using Content = std::array<Stamp, 9>;

Content content(const RandomHistory& history, const std::set<std::size_t>& held) {
  Content by_path{};
  for (const std::size_t number : held) {
    const VersionLink& version = history.writes[number].version;
    for (std::size_t path = 0; path < by_path.size(); ++path) {
      if ((version.paths >> path & 1) == 0) continue;
      if (path == 8 && version.paths != all_paths) continue;
      by_path[path] = std::max(by_path[path], version.stamp);
    }
  }
  return by_path;
}

TEST_P(RandomHistories, EndWithTheSameWinnerEverywhere) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    RandomHistory history{seed, GetParam().order, GetParam().write_regions};
    play(history, [](Instant) {});

    const Instant end = Instant::at(ms(60'000));
    history.commit(end);
    Stamp highest = 0;
    for (const Known& write : history.writes) highest = std::max(highest, write.version.stamp);
    for (std::uint32_t region = 0; region < all_regions; ++region) {
      for (std::size_t i = 0; i < all_replicas; ++i) {
        const ReplicaPlace at{RegionId{region}, i};
        ASSERT_EQ(history.set->newest_at(at, history.heads, end).stamp, highest) << "seed " << seed;
        Invocation invocation;
        invocation.at = end;
        ASSERT_EQ(history.set->judge(invocation, at, history.heads, {}, end).versions_behind, 0u);
      }
    }
  }
}

// The truth about a reader: a version is missed when, on some path of it, nothing newer is held.
TEST_P(RandomHistories, ReadersMissWhatIsCommittedAndNotHidden) {
  std::uint64_t missed = 0;
  std::uint64_t hidden = 0;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    RandomHistory history{seed, GetParam().order, GetParam().write_regions};
    play(history, [&](Instant now) {
      if (now.since_start() / ms(1) % 17 != 0) return;
      const auto region = static_cast<std::uint32_t>(history.draws.below(all_regions));
      const ReplicaPlace at{RegionId{region}, history.draws.below(all_replicas)};
      const std::set<std::size_t> held = history.all_held(at, now);
      const Content by_path = content(history, held);
      std::uint64_t expected = 0;
      for (std::size_t i = 0; i < history.writes.size(); ++i) {
        const Known& write = history.writes[i];
        if (held.count(i) != 0 || write.committed > now) continue;
        bool is_hidden = write.version.paths != 0 || by_path[8] > write.version.stamp;
        for (std::size_t path = 0; path < 8; ++path) {
          const bool changes = (write.version.paths >> path & 1) != 0;
          is_hidden = is_hidden && (!changes || by_path[path] > write.version.stamp);
        }
        ++(is_hidden ? hidden : expected);
      }
      missed += expected;
      Invocation invocation;
      invocation.at = now;
      ASSERT_EQ(history.set->judge(invocation, at, history.heads, {}, now).versions_behind,
                expected)
          << "seed " << seed << " at " << now.since_start().ms() << " ms";
    });
  }
  EXPECT_GT(missed, 100u);
  EXPECT_GT(hidden, 100u);
}

TEST_P(RandomHistories, LoseWhatAConcurrentWriteOfTheSamePathWinsOver) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    RandomHistory history{seed, GetParam().order, GetParam().write_regions};
    play(history, [](Instant) {});

    std::set<std::uint64_t> lost;
    for (std::size_t a = 0; a < history.writes.size(); ++a) {
      bool meets_earlier = false;
      for (std::size_t b = 0; b < history.writes.size(); ++b) {
        const VersionLink& one = history.writes[a].version;
        const VersionLink& other = history.writes[b].version;
        if (!have_common_path(one.paths, other.paths) || !history.are_concurrent(a, b)) continue;
        meets_earlier = meets_earlier || b < a;
        if (one.stamp < other.stamp) lost.insert(one.ordinal);
      }
      ASSERT_EQ(history.told_in_conflict[a], meets_earlier) << "seed " << seed << ", write " << a;
    }
    std::set<std::uint64_t> told;
    for (const FoundConflict& conflict : history.conflicts) {
      ASSERT_TRUE(told.insert(conflict.lost_version.ordinal).second) << "told twice";
      ASSERT_LT(conflict.lost_version.stamp, conflict.winner.stamp);
      ASSERT_NE(conflict.lost_in, conflict.won_in);
    }
    ASSERT_EQ(told, lost) << "seed " << seed;
    ASSERT_FALSE(lost.empty());
  }
}

TEST(PartitionSet, KeepsOnlyWhatSomebodyLacks) {
  RandomHistory history{3, ApplyOrder::in_log_order, 2};

  for (int i = 0; i < 4000; ++i) {
    const Instant now = Instant::at(ms(i * 5));
    history.commit(now);
    history.write(now);
    history.writes.clear();  // the model's own memory
  }

  for (std::uint32_t i = 0; i < 2; ++i) {
    const VersionLog& versions = history.set->versions(OriginId{i});
    EXPECT_LT(versions.last() - versions.first(), 600u);
  }
}

}  // namespace
}  // namespace seatrial::models
