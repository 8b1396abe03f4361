// Cuts, logs and documents: what is laid down lazily must not depend on who looks, and when.
#include <gtest/gtest.h>

#include "models/store/documents.hpp"
#include "models/store/partition.hpp"
#include "models/store/request_units.hpp"
#include "tests/models/store/store_bench.hpp"

namespace seatrial::models {
namespace {

WorldConfig laggard_world(ApplyOrder order) {
  WorldConfig world = calm_world();
  for (LinkConfig& link : world.regions.links) link.one_way = exponential_ms(20);
  world.store.apply_order = order;
  world.store.in_region_lag = exponential_ms(5);
  world.store.replication_lag.entry = exponential_ms(30);
  world.store.replication_lag.link = exponential_ms(40);
  world.store.replication_lag.varies_every = ms(50);
  return world;
}

// A partition with a write every 2 ms; East is cut off from 300 to 700 ms.
class LonePartition {
 public:
  explicit LonePartition(ApplyOrder order)
      : world{laggard_world(order)},
        random{5, 0},
        network{world.regions, random},
        lag{world.store, network, random, west},
        partition{lag, world.store, 3, west} {}

  // Writes what has been written until `now`; commits follow as they are due.
  void play_until(Instant now) {
    for (; next_write_ <= now; next_write_ = next_write_ + ms(2)) {
      const RegionReplicas& writing = partition.replicas(partition.write_region());
      if (!writing.is_up(0)) continue;
      if (next_write_ == Instant::at(ms(300))) fault_ = network.partition(cut_off_, next_write_);
      if (next_write_ == Instant::at(ms(700))) network.heal(fault_, next_write_);
      LogEntry entry;
      entry.write = OperationName{SessionId{1}, index_++};
      entry.appended = next_write_;
      entry.ordinal = document.newest_ordinal + 1;
      entry.previous_lsn = document.newest_lsn;
      while (partition.commit_is_due(next_write_)) partition.commit_next();
      document.newest_lsn = partition.append(entry);
      document.newest_ordinal = entry.ordinal;
    }
  }

  WorldConfig world;
  sim::RandomSource random;
  Network network;
  ReplicaLag lag;
  Partition partition;
  Document document;

 private:
  Instant next_write_;
  std::uint32_t index_ = 0;
  std::vector<RegionId> cut_off_{east};
  NetworkFaultId fault_;
};

constexpr std::array<RegionId, 3> all_regions{west, east, south};

class Orders : public testing::TestWithParam<ApplyOrder> {};
INSTANTIATE_TEST_SUITE_P(Cuts, Orders,
                         testing::Values(ApplyOrder::in_log_order, ApplyOrder::independent));

TEST_P(Orders, CutsDoNotDependOnHowOftenSomebodyLooks) {
  LonePartition often{GetParam()};
  LonePartition seldom{GetParam()};

  for (int at = 0; at <= 1200; ++at) {
    const Instant now = Instant::at(ms(at));
    often.play_until(now);
    for (const RegionId region : all_regions) {
      for (std::size_t i = 0; i < 4; ++i) often.partition.applied(region, i, now);
    }
    seldom.play_until(now);
    if (at % 240 != 0) continue;
    for (const RegionId region : {south, east, west}) {
      for (std::size_t i = 4; i-- > 0;) {
        EXPECT_EQ(seldom.partition.applied(region, i, now), often.partition.applied(region, i, now))
            << "at " << at << " ms, region " << region.value() << ", replica " << i;
        EXPECT_EQ(seldom.partition.newest_at(seldom.document, region, i, now),
                  often.partition.newest_at(often.document, region, i, now));
      }
    }
  }
}

TEST_P(Orders, ACutNeverGoesBackAndAnswersFollowIt) {
  LonePartition bench{GetParam()};
  std::array<std::uint64_t, 12> cuts{};

  for (int at = 0; at <= 1200; at += 3) {
    const Instant now = Instant::at(ms(at));
    bench.play_until(now);
    for (std::size_t i = 0; i < cuts.size(); ++i) {
      const RegionId region = all_regions[i / 4];
      const std::uint64_t cut = bench.partition.applied(region, i % 4, now);
      EXPECT_GE(cut, cuts[i]);
      cuts[i] = cut;
      const Version version = bench.partition.newest_at(bench.document, region, i % 4, now);
      EXPECT_GE(version.lsn, cut);
      const bool in_log_order = GetParam() == ApplyOrder::in_log_order;
      EXPECT_TRUE(!in_log_order || version.lsn == cut);
    }
  }
}

TEST(Cut, StandsStillWhileTheRegionIsCutOff) {
  LonePartition bench{ApplyOrder::in_log_order};

  bench.play_until(Instant::at(ms(690)));
  const Instant before = Instant::at(ms(699));
  EXPECT_LE(bench.partition.applied(east, 0, before), 151u);
  EXPECT_GT(bench.partition.applied(south, 0, before), 151u);
  bench.play_until(Instant::at(ms(1200)));

  EXPECT_GT(bench.partition.applied(east, 0, Instant::at(ms(1200))), 300u);
}

TEST_P(Orders, ARegionThatWasDownShowsWhatItShowedBefore) {
  LonePartition bench{GetParam()};
  std::array<std::uint64_t, 4> newest{};
  std::array<std::uint64_t, 4> cuts{};
  bench.play_until(Instant::at(ms(280)));
  const auto look = [&](Instant now) {
    for (std::size_t i = 0; i < newest.size(); ++i) {
      const Version version = bench.partition.newest_at(bench.document, east, i, now);
      EXPECT_GE(version.lsn, newest[i]) << "replica " << i << " at " << now.ns();
      newest[i] = version.lsn;
      cuts[i] = bench.partition.applied(east, i, now);
    }
  };
  look(Instant::at(ms(280)));
  const bool has_gaps = newest != cuts;

  bench.partition.take_down(east, Instant::at(ms(280)));
  bench.partition.bring_up(east, ~RegionReplicas::Some{}, Instant::at(ms(320)));
  for (int at = 320; at <= 900; at += 2) look(Instant::at(ms(at)));

  EXPECT_EQ(has_gaps, GetParam() == ApplyOrder::independent);
  for (const std::uint64_t cut : cuts) EXPECT_EQ(cut, bench.partition.log().last());
}

// Somebody who breaks things at given instants, the same for whoever looks.
void disturb(LonePartition& bench, int at) {
  const Instant now = Instant::at(ms(at));
  Partition& partition = bench.partition;
  const RegionReplicas::Some third{4};
  if (at == 200) partition.crash(east, third, now);
  if (at == 260) partition.crash(west, third, now);
  if (at == 420) partition.restart(east, third, now);
  if (at == 480) partition.restart(west, third, now);
  if (at == 800) partition.take_down(west, now);
  if (at == 860) {
    partition.step_back(bench.document, partition.longest(south, now));
    partition.take_over(south, now);
  }
  if (at == 1000) partition.bring_up(west, ~RegionReplicas::Some{}, now);
}

TEST_P(Orders, CrashesAndATakeoverLookTheSameToWhoeverLooksAndCutsGoBackOnlyThere) {
  LonePartition often{GetParam()};
  LonePartition seldom{GetParam()};
  std::array<std::uint64_t, 12> cuts{};

  for (int at = 0; at <= 1600; at += 2) {
    const Instant now = Instant::at(ms(at));
    for (LonePartition* const bench : {&often, &seldom}) {
      disturb(*bench, at);
      bench->play_until(now);
    }
    if (at == 860) cuts.fill(0);
    for (std::size_t i = 0; i < cuts.size(); ++i) {
      const std::uint64_t cut = often.partition.applied(all_regions[i / 4], i % 4, now);
      EXPECT_GE(cut, cuts[i]) << "at " << at << " ms, replica " << i;
      cuts[i] = cut;
      if (at % 160 != 0) continue;
      EXPECT_EQ(seldom.partition.applied(all_regions[i / 4], i % 4, now), cut)
          << "at " << at << " ms, replica " << i;
    }
  }
  const Instant then = Instant::at(ms(20'000));
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    EXPECT_EQ(often.partition.applied(all_regions[i / 4], i % 4, then),
              often.partition.log().last());
  }
  EXPECT_EQ(often.partition.epoch(), 2u);
}

TEST(PartitionLog, KeepsOnlyWhatSomeReplicaHasNotApplied) {
  LonePartition bench{ApplyOrder::in_log_order};

  bench.play_until(Instant::at(ms(20'000)));

  EXPECT_EQ(bench.partition.log().last(), 10'001u);
  EXPECT_LT(bench.partition.log().size(), 1000u);
}

TEST(PartitionLog, CommitsInLogOrderAtTheQuorum) {
  LonePartition bench{ApplyOrder::in_log_order};
  bench.play_until(Instant::at(ms(300)));

  Instant last;
  for (std::uint64_t lsn = bench.partition.log().first(); lsn <= 151; ++lsn) {
    const LogEntry& entry = bench.partition.log().at(lsn);
    EXPECT_GE(entry.committed, last);
    EXPECT_GE(entry.committed, entry.appended);
    last = entry.committed;
  }
}

TEST(Documents, KeepASlotWhileSomebodyUsesIt) {
  Documents documents{4};
  const DocumentHandle first = documents.open({DataClassId{0}, 1});
  documents.use(Documents::slot_of(first));
  documents.close(first);

  const DocumentHandle second = documents.open({DataClassId{0}, 2});
  documents.release(Documents::slot_of(first));
  const DocumentHandle third = documents.open({DataClassId{0}, 3});

  EXPECT_NE(Documents::slot_of(second), Documents::slot_of(first));
  EXPECT_EQ(Documents::slot_of(third), Documents::slot_of(first));
  EXPECT_FALSE(documents.is_open(first));
  EXPECT_TRUE(documents.is_open(third));
  EXPECT_EQ(documents.alive(), 2u);
}

TEST(Documents, ARequestForAClosedOneEndsAtOnce) {
  StoreBench bench{calm_world()};
  const DocumentHandle document = bench.open(1);
  const StoreRequest request = bench.request(document, west);
  bench.store.close(document);

  EXPECT_EQ(bench.read(request).outcome, Outcome::reset);
  EXPECT_EQ(bench.update(request).outcome, Outcome::reset);
}

// A write may be on its way when the document's owner has left.
TEST(Documents, AWriteThatIsOnItsWayIsCommittedAfterTheyAreClosed) {
  WorldConfig world = calm_world();
  world.store.write_service = constant_ms(10);
  StoreBench bench{world};
  const DocumentHandle document = bench.open(1);
  StoreAnswer answer;
  sim::Task<StoreAnswer> task = bench.store.update(bench.request(document, west));
  bench.processes.start(StoreBench::run_into(std::move(task), &answer, nullptr));
  bench.simulation.run_until(Instant::at(ms(5)));

  bench.processes.kill_all();
  bench.store.close(document);
  bench.open(2);
  bench.simulation.run();

  ASSERT_EQ(bench.recorder.commits.size(), 1u);
  EXPECT_EQ(bench.recorder.commits[0].document.owner, 1u);
}

TEST(RequestUnits, MeetThePublishedPoints) {
  EXPECT_EQ(cost_of_read(1024).thousandths, 1000);
  EXPECT_EQ(cost_of_read(100 * 1024).thousandths, 10'000);
  EXPECT_EQ(cost_of_read(10).thousandths, 1000);
  EXPECT_EQ(cost_of_write(OperationKind::insert, 1024).thousandths, 5'000);
  EXPECT_EQ(cost_of_write(OperationKind::delete_, 100 * 1024).thousandths, 50'000);
  EXPECT_EQ(cost_of_write(OperationKind::update, 1024).thousandths, 10'000);
  EXPECT_EQ(cost_of_write(OperationKind::update, 100 * 1024).thousandths, 100'000);
}

}  // namespace
}  // namespace seatrial::models
