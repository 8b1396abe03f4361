#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "../store_bench.hpp"
#include "models/store/quorum/quorum_delivery.hpp"
#include "models/store/request_units.hpp"

namespace seatrial::models {
namespace {

QuorumConfig quorum(std::int64_t n, std::int64_t w, std::int64_t r) {
  QuorumConfig config;
  config.replicas = n;
  config.write_quorum = w;
  config.read_quorum = r;
  config.legs.write = exponential_ms(10);
  config.legs.write_ack = exponential_ms(2);
  config.legs.read = exponential_ms(2);
  config.legs.read_reply = exponential_ms(2);
  return config;
}

WorldConfig world_of(const QuorumConfig& config) {
  WorldConfig world = calm_world();
  world.store.consistency = Consistency::eventual;
  world.store.replication = make_quorum(config);
  return world;
}

std::vector<Instant> sorted(std::span<const Instant> moments) {
  std::vector<Instant> sorted{moments.begin(), moments.end()};
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

// As if it were sent at the start.
QuorumDelivery delivery_of(const QuorumConfig& config, const OperationName& write) {
  const QuorumDraws draws{config, sim::RandomSource{1, 0}};
  const ReplicaOutages none;
  return QuorumDelivery{{draws, config, none}, {write, Instant{}}};
}

TEST(Quorum, CommitsAWriteAtItsQuorumsLastAcknowledgement) {
  for (const std::int64_t w : {1, 2, 5}) {
    StoreBench bench{world_of(quorum(5, w, 1))};
    const StoreRequest request = bench.request(bench.open(1), west);

    const StoreAnswer answer = bench.update(request);

    const QuorumDelivery delivery = delivery_of(quorum(5, w, 1), request.name);
    const auto acknowledged = sorted({delivery.acknowledged.data(), 5});
    EXPECT_EQ(answer.outcome, Outcome::ok);
    EXPECT_EQ(answer.answered, acknowledged[static_cast<std::size_t>(w - 1)]);
    ASSERT_EQ(bench.recorder.commits.size(), 1U);
    EXPECT_EQ(bench.recorder.commits[0].committed, answer.answered);
    EXPECT_EQ(bench.recorder.commits[0].version, answer.version);
    EXPECT_TRUE(answer.token.is_none());
  }
}

TEST(Quorum, ReadsFromTheFirstThatAnswer) {
  StoreBench bench{world_of(quorum(5, 1, 2))};
  const QuorumDraws draws{quorum(5, 1, 2), bench.random};
  const StoreRequest request = bench.request(bench.open(1), west);

  const StoreAnswer answer = bench.read(request);

  const ReadDraw drawn = draws.read(request.name);
  EXPECT_EQ(answer.answered, Instant::at(drawn.first()[1].answered));
  EXPECT_LE(drawn.first()[0].answered, drawn.first()[1].answered);
  EXPECT_EQ(answer.ru.thousandths, 5 * cost_of_read(1024).thousandths);
  EXPECT_EQ(answer.attempts, 5);
}

TEST(Quorum, AsksOnlyItsFanOut) {
  QuorumConfig config = quorum(5, 1, 2);
  config.read_fanout = 2;
  StoreBench bench{world_of(config)};

  const StoreAnswer answer = bench.read(bench.request(bench.open(1), west));

  EXPECT_EQ(answer.ru.thousandths, 2 * cost_of_read(1024).thousandths);
}

// Answers of one instant come in a random order, so no replica is favoured.
TEST(Quorum, FavoursNoReplica) {
  QuorumConfig config = quorum(4, 1, 1);
  config.legs.read = constant_ms(1);
  config.legs.read_reply = constant_ms(1);
  for (const std::int64_t fanout : {1, 3, 4}) {
    config.read_fanout = fanout;
    const QuorumDraws draws{config, sim::RandomSource{1, 0}};
    constexpr int n = 20'000;
    std::array<int, 4> chosen{};
    for (std::uint32_t i = 0; i < n; ++i) {
      ++chosen[draws.read({SessionId{7}, i}).first()[0].replica];
    }
    const double five_sigma = 5 * std::sqrt(n * 0.25 * 0.75);
    for (const int count : chosen) EXPECT_NEAR(count, n / 4, five_sigma) << fanout;
  }
}

TEST(Quorum, TimesOutAndStillHappens) {
  QuorumConfig config = quorum(3, 3, 1);
  config.legs.write = constant_ms(50);
  StoreBench bench{world_of(config)};
  const DocumentHandle document = bench.open(1);
  StoreRequest request = bench.request(document, west);
  request.deadline = Instant::at(ms(20));

  const StoreAnswer answer = bench.update(request);
  const std::size_t committed_by_then = bench.recorder.commits.size();
  bench.wait_until(Instant::at(ms(200)));
  const StoreAnswer read = bench.read(bench.request(document, west));

  EXPECT_EQ(answer.outcome, Outcome::timed_out);
  EXPECT_EQ(answer.answered, Instant::at(ms(20)));
  EXPECT_EQ(answer.ru, cost_of_write(OperationKind::update, 1024)) << "the replicas do their work";
  EXPECT_EQ(committed_by_then, 0U);
  ASSERT_EQ(bench.recorder.commits.size(), 1U);
  EXPECT_EQ(read.version, bench.recorder.commits[0].version);
}

TEST(Quorum, ReadsTimeOutAtTheirDeadline) {
  QuorumConfig config = quorum(3, 1, 3);
  config.legs.read = constant_ms(50);
  StoreBench bench{world_of(config)};
  StoreRequest request = bench.request(bench.open(1), west);
  request.deadline = Instant::at(ms(20));

  const StoreAnswer answer = bench.read(request);

  EXPECT_EQ(answer.outcome, Outcome::timed_out);
  EXPECT_EQ(answer.answered, Instant::at(ms(20)));
}

TEST(Quorum, AReplaceTellsWhatItOverwrote) {
  QuorumConfig config = quorum(3, 3, 1);
  config.legs.read = config.legs.read_reply = constant_ms(1);
  StoreBench bench{world_of(config)};
  const DocumentHandle document = bench.open(1);
  StoreRequest first = bench.request(document, west);
  StoreRequest second = bench.request(document, west);
  first.update = second.update = UpdateBy::replace;
  StoreAnswer one, other;

  bench.processes.start(StoreBench::run_into(bench.store.update(first), &one, nullptr));
  bench.processes.start(StoreBench::run_into(bench.store.update(second), &other, nullptr));
  bench.simulation.run();

  EXPECT_FALSE(one.lost_update);
  EXPECT_TRUE(other.lost_update) << "both had read what was before";
  EXPECT_GT(other.version, one.version);
}

// Paths are kept each by itself: only who writes what another has written since it looked loses it.
TEST(Quorum, APatchLosesWhatAnotherWroteToItsPathSince) {
  WorldConfig world = world_of(quorum(3, 2, 2));
  world.data[0].paths = 4;
  StoreBench bench{world};
  const DocumentHandle document = bench.open(1);
  const auto patch = [&](std::uint64_t session, std::uint64_t paths, Version seen) {
    bench.session = session;
    StoreRequest request = bench.request(document, west);
    request.paths = paths;
    request.seen = seen;
    return bench.update(request);
  };

  const StoreAnswer first = patch(1, 0b0001, {});
  EXPECT_FALSE(first.lost_update);
  EXPECT_FALSE(patch(2, 0b0010, {}).lost_update) << "another path";
  EXPECT_FALSE(patch(1, 0b0001, {}).lost_update) << "its own";
  EXPECT_TRUE(patch(2, 0b0011, first.version).lost_update);
  EXPECT_FALSE(patch(1, 0b0100, {}).lost_update);
}

struct Staleness {
  std::uint64_t reads = 0, stale = 0, disallowed = 0;
};

// Writers and readers of one document, closer together than a write takes.
Staleness under_load(const QuorumConfig& config) {
  StoreBench bench{world_of(config)};
  const DocumentHandle document = bench.open(1);
  std::vector<StoreAnswer> reads(3'000);
  StoreAnswer ignored;
  for (std::size_t i = 0; i < reads.size(); ++i) {
    const auto at = Instant::at(Duration::microseconds(static_cast<std::int64_t>(i) * 700));
    bench.simulation.schedule(at, [&, i] {
      if (i % 3 == 0) {
        bench.processes.start(StoreBench::run_into(
            bench.store.update(bench.request(document, west)), &ignored, nullptr));
      }
      bench.processes.start(StoreBench::run_into(bench.store.read(bench.request(document, east)),
                                                 &reads[i], nullptr));
    });
  }
  bench.simulation.run();
  Staleness seen;
  for (const StoreAnswer& read : reads) {
    EXPECT_EQ(read.outcome, Outcome::ok);
    ++seen.reads;
    seen.stale += read.truth.versions_behind > 0;
    seen.disallowed += !read.truth.allowed;
  }
  EXPECT_EQ(bench.recorder.commits.size(), reads.size() / 3);
  return seen;
}

TEST(Quorum, IsNeverStaleWhereReadAndWriteQuorumsMeet) {
  for (const auto& [n, w, r] : {std::array{3, 2, 2}, {3, 3, 1}, {3, 1, 3}, {5, 3, 3}, {1, 1, 1}}) {
    QuorumConfig config = quorum(n, w, r);
    EXPECT_EQ(under_load(config).stale, 0U) << n << ' ' << w << ' ' << r;
    config.read_fanout = r;
    EXPECT_EQ(under_load(config).stale, 0U) << n << ' ' << w << ' ' << r << " asks only R";
  }
}

TEST(Quorum, IsStaleWhereTheyNeedNotMeet) {
  const Staleness seen = under_load(quorum(3, 1, 1));

  EXPECT_GT(seen.stale, 0U);
  EXPECT_EQ(seen.disallowed, 0U);
}

TEST(Quorum, LooksLikeLagWhereAReplicaLacksACommittedWrite) {
  QuorumConfig config = quorum(3, 1, 1);
  config.legs.write = exponential_ms(1'000);
  StoreBench bench{world_of(config)};
  const StoreRequest request = bench.request(bench.open(1), west);

  const StoreAnswer answer = bench.update(request);

  const Instant last = sorted(delivery_of(config, request.name).arrivals()).back();
  ASSERT_GT(last, answer.answered);
  const ReplicationState before = bench.store.replication_state(west, last - ms(1));
  EXPECT_EQ(before.greatest_lag, last - ms(1) - answer.answered);
  const ReplicationState after = bench.store.replication_state(east, last);
  EXPECT_EQ(after.greatest_lag, Duration{});
}

class ProbeRecorder : public Recorder {
 public:
  void freshness(const FreshnessObserved& seen) override { probes.push_back(seen); }
  std::vector<FreshnessObserved> probes;
};

// A writer of one document, and what the probe says of its commits.
std::vector<FreshnessObserved> probes_of(const QuorumConfig& config, std::int64_t every,
                                         Duration between, std::vector<Version>* committed) {
  WorldConfig world = world_of(config);
  world.probes.freshness.present = true;
  world.probes.freshness.after_commit = {Duration{}};
  world.probes.freshness.every = every;
  world.phases.emplace_back();
  world.phases.back().length = Duration::seconds(3'100);
  sim::Simulation simulation;
  const sim::RandomSource random{1, 0};
  Network network{world.regions, random};
  ProbeRecorder recorder;
  Store store{simulation, network, world, random, recorder};
  sim::ProcessGroup processes{simulation};
  const DocumentHandle document = store.open({DataClassId{0}, 1});
  StoreAnswer ignored;
  for (std::uint32_t i = 0; i < 300; ++i) {
    simulation.schedule(Instant::at(between * i), [&, i] {
      StoreRequest request;
      request.name = {SessionId{1}, i};
      request.document = document;
      request.from = Place{west, 0};
      request.deadline = simulation.now() + Duration::seconds(60);
      processes.start(StoreBench::run_into(store.update(request), &ignored, nullptr));
    });
  }
  simulation.run();
  if (committed != nullptr)
    for (const CommitObserved& commit : recorder.commits) committed->push_back(commit.version);
  return recorder.probes;
}

TEST(FreshnessProbe, FollowsTheLegsThatWereDrawn) {
  const QuorumConfig config = quorum(3, 1, 1);
  const QuorumDraws draws{config, sim::RandomSource{1, 0}};

  const auto probes = probes_of(config, 1, Duration::seconds(10), nullptr);

  ASSERT_EQ(probes.size(), 300U);
  std::size_t late = 0;
  for (std::uint32_t i = 0; i < probes.size(); ++i) {
    const QuorumDelivery write = delivery_of(config, {SessionId{1}, i});
    const ReadAnswer answer = draws.virtual_read({SessionId{1}, i}).first()[0];
    const Duration residual = write.arrives[answer.replica] - write.committed(1);
    EXPECT_EQ(probes[i].fresh_after, std::max(residual - answer.asked, Duration{}));
    late += probes[i].fresh_after > Duration{};
  }
  EXPECT_GT(late, 50U);
}

TEST(FreshnessProbe, IsFreshByANewerWriteToo) {
  const auto alone = probes_of(quorum(3, 1, 1), 1, Duration::seconds(10), nullptr);
  const auto crowded = probes_of(quorum(3, 1, 1), 1, ms(1), nullptr);

  std::map<std::uint64_t, Duration> by_lsn;
  for (const FreshnessObserved& seen : alone) by_lsn[seen.version.lsn] = seen.fresh_after;
  std::size_t sooner = 0;
  for (const FreshnessObserved& seen : crowded) {
    EXPECT_LE(seen.fresh_after, by_lsn.at(seen.version.lsn));
    sooner += seen.fresh_after < by_lsn.at(seen.version.lsn);
  }
  EXPECT_EQ(crowded.size(), 300U);
  EXPECT_GT(sooner, 50U);
}

// What is lost to the replica that answers is seen when a later write comes to it, or never.
TEST(FreshnessProbe, WaitsForWhatComesInsteadOfALostMessage) {
  QuorumConfig config = quorum(3, 1, 1);
  config.lost_writes = 0.6;
  const QuorumDraws draws{config, sim::RandomSource{1, 0}};

  const auto probes = probes_of(config, 1, Duration::seconds(10), nullptr);

  std::size_t waited = 0, in_vain = 0;
  for (const FreshnessObserved& seen : probes) {
    const auto write = static_cast<std::uint32_t>(seen.version.lsn - 1);
    const ReadAnswer answer = draws.virtual_read({SessionId{1}, write}).first()[0];
    Instant has = Instant::never();
    for (std::uint32_t later = write; later < 300; ++later) {
      const Duration sent = Duration::seconds(10) * later;
      const Instant first = delivery_of(config, {SessionId{1}, later}).arrives[answer.replica];
      if (first != Instant::never()) has = std::min(has, first + sent);
    }
    in_vain += has == Instant::never();
    const Duration expected = has == Instant::never()
                                  ? Instant::never() - Instant{}
                                  : std::max(has - seen.committed - answer.asked, Duration{});
    EXPECT_EQ(seen.fresh_after, expected) << write;
    waited += seen.fresh_after > Duration::seconds(9) && has != Instant::never();
  }
  EXPECT_GT(probes.size(), 200U);
  EXPECT_GT(waited, 50U);
  EXPECT_LT(in_vain, 20U);
}

TEST(FreshnessProbe, ProbesEachSoManyThCommit) {
  std::vector<Version> committed;
  const auto probes = probes_of(quorum(3, 2, 1), 7, Duration::seconds(10), &committed);

  ASSERT_EQ(probes.size(), 300U / 7);
  for (std::size_t i = 0; i < probes.size(); ++i)
    EXPECT_EQ(probes[i].version, committed[7 * i + 6]);
}

}  // namespace
}  // namespace seatrial::models
