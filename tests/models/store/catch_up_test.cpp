// A region or replica that comes back is sent what it lacks under a budget.
#include "models/store/catch_up.hpp"

#include <gtest/gtest.h>

#include "models/strategies/registry.hpp"
#include "tests/models/store/replication/planned_kind.hpp"
#include "tests/models/store/store_bench.hpp"

namespace seatrial::models {
namespace {

constexpr Instant down_at = Instant::at(Duration::seconds(1));
constexpr Instant up_at = Instant::at(Duration::seconds(11));
constexpr Bytes entry_bytes = 500 + 100;  // headers and a patch
constexpr Bytes pace = 60'000;            // 100 entries a second
constexpr std::uint64_t entries_missed = 1'000;

// East is 30 ms away from West, and the log's lag on the way is 20 ms.
WorldConfig paced_world(Bytes bytes_per_second = pace) {
  WorldConfig world = calm_world();
  world.regions.links[0].one_way = constant_ms(30);  // West <> East
  world.regions.links[1].one_way = constant_ms(80);  // West <> South
  world.regions.links[2].one_way = constant_ms(60);  // East <> South
  world.store.replication_lag.link = constant_ms(20);
  world.store.catch_up.present = bytes_per_second > 0;
  world.store.catch_up.bytes_per_second = bytes_per_second;
  return world;
}
constexpr double lag_ms = 30 + 20;

sim::Process write_every(StoreBench* bench, DocumentHandle document, Duration pause, Instant end) {
  while (bench->simulation.now() < end) {
    StoreRequest request = bench->request(document, west);
    request.deadline = bench->simulation.now() + ms(50);
    co_await bench->store.update(request);
    co_await bench->simulation.delay(pause);
  }
}

// Ten documents are written in West, each every 100 ms; East is down for ten seconds.
class PacedStore {
 public:
  static constexpr std::uint64_t documents_written = 10;
  // Of ten documents that are written every 100 ms, on a way of 50 ms.
  static constexpr std::uint64_t usually_lacking = 20;

  explicit PacedStore(const WorldConfig& world, Instant last_write = Instant::at(ms(30'000)))
      : bench{world} {
    for (std::uint64_t i = 0; i < documents_written; ++i) {
      const DataClassId data_class{static_cast<std::uint32_t>(i % world.data.size())};
      documents.push_back(bench.store.open({data_class, i}));
      bench.processes.start(write_every(&bench, documents[i], ms(100), last_write));
    }
    at(down_at, [this] { bench.store.take_down(east); });
    at(up_at, [this] { bench.store.bring_up(east); });
  }

  template <class Action>
  void at(Instant when, Action action) {
    bench.simulation.schedule(when, action);
  }
  ReplicationState east_at(Instant when) {
    if (when > bench.simulation.now()) bench.wait_until(when);
    return bench.store.replication_state(east, when);
  }
  Instant caught_up_after(Instant from) {
    Instant when = from;
    while (east_at(when).entries_lacking > usually_lacking) when = when + ms(1);
    return when;
  }
  StoreAnswer read(std::uint64_t document, RegionId from, SessionToken token = {}) {
    StoreRequest request = bench.request(documents[document], from);
    request.token = token;
    request.deadline = bench.simulation.now() + ms(10'000);
    return bench.read(request);
  }
  const std::vector<CatchUpObserved>& told() const { return bench.recorder.catch_ups; }

  StoreBench bench;
  std::vector<DocumentHandle> documents;
};

double ms_after(Instant begin, Instant end) { return (end - begin).ms(); }

// As many new entries come as the budget would send: they do not draw on it.
TEST(CatchUp, EndsWhenTheBacklogHasLeftAtItsPaceAndTravelled) {
  PacedStore store{paced_world()};

  const Instant caught_up = store.caught_up_after(up_at + ms(9'000));

  EXPECT_NEAR(ms_after(up_at, caught_up), 10'000 + lag_ms, 100) << "B / r, wire and lag";
  ASSERT_EQ(store.told().size(), 1u);
  EXPECT_EQ(store.told()[0].region, east);
  EXPECT_EQ(store.told()[0].at, up_at);
  EXPECT_FALSE(store.told()[0].by_snapshot);
  EXPECT_NEAR(static_cast<double>(store.told()[0].bytes), entries_missed * entry_bytes,
              20 * entry_bytes);
}

TEST(CatchUp, WithoutABudgetEverythingComesAtOnce) {
  PacedStore store{paced_world(0)};

  EXPECT_GT(store.east_at(up_at + ms(49)).entries_lacking, 900u);
  EXPECT_LE(store.east_at(up_at + ms(51)).entries_lacking, PacedStore::usually_lacking);
  EXPECT_TRUE(store.told().empty());
}

TEST(CatchUp, TellsWhatIsStillToBeSent) {
  PacedStore store{paced_world()};

  EXPECT_EQ(store.east_at(up_at - ms(1)).catch_up_left, 0);
  const Bytes all = store.east_at(up_at + ms(1)).catch_up_left;
  EXPECT_EQ(all, store.told().at(0).bytes);
  EXPECT_NEAR(static_cast<double>(store.east_at(up_at + ms(2'500)).catch_up_left),
              static_cast<double>(all - 2'500 * pace / 1'000), entry_bytes);
  EXPECT_EQ(store.east_at(up_at + ms(10'500)).catch_up_left, 0);
  EXPECT_EQ(store.bench.store.replication_state(south, up_at + ms(10'500)).catch_up_left, 0);
}

TEST(CatchUp, DoesNotDependOnWhoLooks) {
  PacedStore often{paced_world()};
  PacedStore once{paced_world()};

  for (int i = 0; i < 8'000; ++i) often.east_at(up_at + ms(i));

  const Instant then = up_at + ms(8'000);
  EXPECT_EQ(often.east_at(then).entries_lacking, once.east_at(then).entries_lacking);
  EXPECT_EQ(often.east_at(then).greatest_lag, once.east_at(then).greatest_lag);
}

// Of 100 versions 30 have come: a token of the newest is not held in East. The client library asks
// there for 5 s, as always, and then in West, where the catch-up has 2 s to go.
TEST(CatchUp, BlocksNoReader) {
  PacedStore store{paced_world(), up_at};
  store.bench.wait_until(up_at + ms(3'000));
  const StoreAnswer without = store.read(0, east);
  const StoreAnswer newest = store.read(0, west);
  const Instant asked = store.bench.simulation.now();

  const StoreAnswer with_token = store.read(0, east, newest.token);

  EXPECT_EQ(with_token.outcome, Outcome::ok);
  EXPECT_EQ(with_token.served_by, west);
  EXPECT_EQ(with_token.version, newest.version);
  EXPECT_EQ(without.outcome, Outcome::ok);
  EXPECT_EQ(without.served_by, east);
  EXPECT_NEAR(static_cast<double>(without.truth.versions_behind), 70, 3);
  EXPECT_LE(with_token.answered - asked, ms(5'030)) << "the schedule of 404/1002, and the way";
}

// The log goes back 5 s: the snapshot has ten documents of 1 KB and what else the partition holds.
void one_of_two(ReplicationPlan& plan) {
  plan.votes = {Vote::none, Vote::counts, Vote::counts};
  plan.needed = 1;
}

// South's word is enough; East's is still to come for a thousand writes, and each costs its own.
TEST(CatchUp, CostsNoMoreEventsForAWriteTheMoreWritesWaitForIt) {
  WorldConfig world = paced_world();
  world.store.replication = planned(one_of_two);
  PacedStore store{world};
  store.bench.wait_until(up_at);
  const std::uint64_t before = store.bench.simulation.events();
  const Instant end = up_at + ms(10'000);

  store.bench.wait_until(end);

  EXPECT_LE(store.east_at(end + ms(1'000)).entries_lacking, 50u);
  EXPECT_LT(store.bench.simulation.events() - before, 40 * entries_missed);
}

TEST(CatchUp, SendsASnapshotWhereTheLogDoesNotGoBackFarEnough) {
  WorldConfig world = paced_world();
  world.store.catch_up.log_retained = ms(5'000);
  world.store.catch_up.other_documents = 1'000'000;
  world.store.catch_up.snapshot_compression = 4;
  PacedStore store{world};

  const Instant caught_up = store.caught_up_after(up_at + ms(1));

  ASSERT_EQ(store.told().size(), 1u);
  EXPECT_TRUE(store.told()[0].by_snapshot);
  constexpr Bytes snapshot = (1'000'000 + 10 * 1'024) / 4;
  EXPECT_EQ(store.told()[0].bytes, snapshot);
  EXPECT_NEAR(ms_after(up_at, caught_up), 1e3 * snapshot / pace + lag_ms, 2);
}

// The log of T seconds is 60 kB x T; the snapshot is as large as that of 10 s whatever T is.
TEST(CatchUp, TakesTheLogUpToWhereItGoesBackAndTheSnapshotBeyond) {
  for (const std::int64_t seconds : {2, 6, 14, 18}) {
    WorldConfig world = paced_world();
    world.store.catch_up.log_retained = ms(10'000);
    world.store.catch_up.other_documents = 10 * pace - 10 * 1'024;
    PacedStore store{world, Instant::at(Duration::seconds(40))};
    // Down before, so that the outage is as long as it is to be.
    const Instant began = up_at + ms(10'500);
    store.at(began, [&] { store.bench.store.take_down(east); });
    store.at(began + Duration::seconds(seconds), [&] { store.bench.store.bring_up(east); });

    store.bench.wait_until(began + Duration::seconds(seconds) + ms(1));

    ASSERT_FALSE(store.told().empty());
    const CatchUpObserved& last = store.told().back();
    EXPECT_EQ(last.by_snapshot, seconds > 10) << seconds;
    EXPECT_NEAR(static_cast<double>(last.bytes),
                static_cast<double>(std::min<std::int64_t>(seconds, 10) * pace), 20 * entry_bytes)
        << seconds;
  }
}

// Both classes missed as much; that of which the scenario says so is complete when half is sent.
TEST(CatchUp, SendsFirstWhatIsToBeFirst) {
  WorldConfig world = paced_world();
  const auto& kinds = data_replication_axis().kinds;
  for (const char* name : {"stock", "order"}) {
    DataClassConfig data;
    data.name = name;
    for (const auto& kind : kinds) {
      if (kind->name() == "asynchronous") data.replication = kind->clone();
    }
    world.data.push_back(data);
  }
  world.data.erase(world.data.begin());  // the cart
  world.store.catch_up.first = {"order"};
  PacedStore store{world, up_at};

  store.bench.wait_until(up_at + ms(5'200));

  for (std::uint64_t i = 0; i < PacedStore::documents_written; ++i) {
    const StoreAnswer read = store.read(i, east);
    EXPECT_EQ(read.served_by, east);
    if (i % 2 == 1) {
      EXPECT_EQ(read.truth.versions_behind, 0u) << "order " << i;
    } else {
      EXPECT_GT(read.truth.versions_behind, 80u) << "stock " << i;
    }
  }
}

// After 4 s of 10 East goes down again, for 2 s: 400 entries have come, 1,200 are missing then.
TEST(CatchUp, KeepsWhatHadComeAndPlansTheRestAnewAfterAnotherOutage) {
  PacedStore store{paced_world()};
  const Instant again = up_at + ms(4'000);
  const Instant back = again + ms(2'000);
  store.at(again, [&] { store.bench.store.take_down(east); });
  store.at(back, [&] { store.bench.store.bring_up(east); });

  const std::uint64_t missing = store.east_at(back + ms(1)).entries_lacking;
  const Instant caught_up = store.caught_up_after(back + ms(10'000));

  EXPECT_NEAR(static_cast<double>(missing), 1'200, 30);
  EXPECT_NEAR(ms_after(back, caught_up), 12'000 + lag_ms, 200);
  ASSERT_EQ(store.told().size(), 3u);
  EXPECT_TRUE(store.told()[1].is_cut_short);
  EXPECT_EQ(store.told()[1].at, again);
  EXPECT_NEAR(static_cast<double>(store.told()[1].bytes), 600 * entry_bytes, 20 * entry_bytes);
  EXPECT_FALSE(store.told()[2].is_cut_short);
}

// Nothing is written or sent for 2 s: 600 entries are missing when the source is back.
TEST(CatchUp, GoesOnWhenItsSourceIsBack) {
  PacedStore store{paced_world(), up_at};
  const Instant again = up_at + ms(4'000);
  const Instant back = again + ms(2'000);
  store.at(again, [&] { store.bench.store.take_down(west); });
  store.at(back, [&] { store.bench.store.bring_up(west); });

  const std::uint64_t missing = store.east_at(back).entries_lacking;
  const Instant caught_up = store.caught_up_after(back);

  EXPECT_NEAR(static_cast<double>(missing), 600, 10);
  EXPECT_NEAR(ms_after(back, caught_up), 6'000 + lag_ms, 250);
}

// South has everything and takes over; East gets the rest from there, and nothing twice.
TEST(CatchUp, IsPlannedAnewWhenAnotherRegionTakesOver) {
  WorldConfig world = paced_world();
  world.store.failover.present = true;
  world.store.failover.after = ms(1'000);
  world.store.failover.to = {"South"};
  PacedStore store{world, up_at};
  store.at(up_at + ms(4'000), [&] { store.bench.store.take_down(west); });

  const Instant taken_over = up_at + ms(5'000);
  const std::uint64_t missing = store.east_at(taken_over + ms(1)).entries_lacking;
  const Instant caught_up = store.caught_up_after(taken_over);
  store.bench.wait_until(caught_up + ms(1'000));

  ASSERT_EQ(store.bench.recorder.takeovers.size(), 1u);
  EXPECT_NEAR(static_cast<double>(missing), 600, 10);
  EXPECT_NEAR(ms_after(taken_over, caught_up), 6'000 + 60 + 20, 250);
  EXPECT_EQ(store.east_at(store.bench.simulation.now()).entries_lacking, 0u);
  EXPECT_EQ(store.read(0, east).version, store.read(0, south).version);
}

TEST(CatchUp, OfOneReplicaHasABudgetOfItsOwnAndLeavesTheOthersAlone) {
  WorldConfig world = paced_world();
  StoreBench bench{world};
  std::vector<DocumentHandle> documents;
  for (std::uint64_t i = 0; i < 10; ++i) {
    documents.push_back(bench.open(i));
    bench.processes.start(write_every(&bench, documents[i], ms(100), Instant::at(ms(30'000))));
  }
  bench.simulation.schedule(down_at,
                            [&] { bench.store.crash_replicas(east, 1, 1, up_at - down_at); });
  bench.wait_until(up_at + ms(5'000));

  const ReplicationState half = bench.store.replication_state(east, bench.simulation.now());
  StoreRequest request = bench.request(documents[0], east);
  request.token = bench.read(bench.request(documents[0], west)).token;
  const StoreAnswer read = bench.read(request);
  bench.wait_until(up_at + ms(10'200));
  const ReplicationState whole = bench.store.replication_state(east, bench.simulation.now());

  ASSERT_EQ(bench.recorder.catch_ups.size(), 1u);
  EXPECT_NEAR(static_cast<double>(bench.recorder.catch_ups[0].bytes), entries_missed * entry_bytes,
              20 * entry_bytes);
  EXPECT_NEAR(static_cast<double>(half.catch_up_left), 500 * entry_bytes, 20 * entry_bytes);
  EXPECT_GT(half.entries_lacking, 900u);
  EXPECT_EQ(read.served_by, east) << "of another replica";
  EXPECT_LE(whole.entries_lacking, PacedStore::usually_lacking);
  EXPECT_EQ(whole.catch_up_left, 0);
}

PacedLog log_of(int entries, Bytes bytes, Duration first_committed) {
  PacedLog log{1, false};
  for (int i = 0; i < entries; ++i) log.add(Instant::at(first_committed + ms(i)), bytes);
  return log;
}

TEST(CatchUpQueue, SendsByRankAndThenByAge) {
  PacedLog old = log_of(2, 1'000, ms(0));
  PacedLog late = log_of(2, 1'000, ms(100));
  PacedLog first = log_of(1, 1'000, ms(200));
  CatchUpQueue queue{1'000'000};
  queue.add(late, 1);
  queue.add(old, 1);
  queue.add(first, 0);

  queue.pace(Instant{});

  EXPECT_EQ(first.leaves(1), Instant::at(ms(1)));
  EXPECT_EQ(old.leaves(1), Instant::at(ms(2)));
  EXPECT_EQ(old.leaves(2), Instant::at(ms(3)));
  EXPECT_EQ(late.leaves(2), Instant::at(ms(5)));
  EXPECT_EQ(late.leaves(3), std::nullopt);
  EXPECT_EQ(late.unsent(Instant::at(ms(4))), 1'000);
}

TEST(CatchUpQueue, LetsWhatIsUnderWayFinishWhenMoreJoins) {
  PacedLog log = log_of(3, 1'000, ms(0));
  CatchUpQueue alone{1'000'000};
  alone.add(log, 1);
  alone.pace(Instant{});
  PacedLog snapshot{1, true};
  snapshot.add(Instant{}, 4'000);
  snapshot.add(Instant{}, 4'000);

  CatchUpQueue both{1'000'000};
  both.add(log, 1);
  both.add(snapshot, 0);
  both.pace(Instant::at(Duration::microseconds(1'500)));

  EXPECT_EQ(log.leaves(1), Instant::at(ms(1)));
  EXPECT_EQ(log.leaves(2), Instant::at(ms(2)));
  EXPECT_EQ(snapshot.leaves(1), Instant::at(ms(6)));
  EXPECT_EQ(snapshot.leaves(2), Instant::at(ms(6)));
  EXPECT_EQ(log.leaves(3), Instant::at(ms(7)));
}

}  // namespace
}  // namespace seatrial::models
