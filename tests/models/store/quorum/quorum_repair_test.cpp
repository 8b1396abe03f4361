// Messages that are lost, and replicas that reads repair.
#include <gtest/gtest.h>

#include "models/store/request_units.hpp"
#include "quorum_bench.hpp"

namespace seatrial::models {
namespace {

class LateRecorder : public Recorder {
 public:
  void late(const LateCost& cost) override { late_costs.push_back(cost); }
  std::vector<LateCost> late_costs;
};

TEST(QuorumLoss, CommitsByTheAcknowledgementsThatCome) {
  QuorumConfig config = short_legs(3, 2, 1);
  config.lost_writes = 0.4;
  StoreBench bench{quorum_world(config)};
  const DocumentHandle document = bench.open(1);
  skip_until(config, bench, 2);

  const StoreAnswer answer = bench.update(bench.request(document, west));
  const std::vector<Version> versions = versions_of(bench, config, document);

  EXPECT_EQ(answer.outcome, Outcome::ok);
  EXPECT_EQ(answer.answered, Instant::at(ms(2)));
  EXPECT_EQ(having(versions, answer.version), 2) << "one never gets it";
  EXPECT_EQ(lacking(bench), 1U);
}

TEST(QuorumLoss, NeverCommitsWhatTooFewReplicasGotAndStillShowsIt) {
  QuorumConfig config = short_legs(3, 2, 1);
  config.lost_writes = 0.6;
  StoreBench bench{quorum_world(config)};
  const DocumentHandle document = bench.open(1);
  skip_until(config, bench, 1);

  const StoreAnswer answer = bench.update(bench.request(document, west));
  const std::vector<Version> versions = versions_of(bench, config, document);

  EXPECT_EQ(answer.outcome, Outcome::timed_out);
  EXPECT_TRUE(bench.recorder.commits.empty());
  EXPECT_EQ(having(versions, Version{1, 1, 1}), 1);
  EXPECT_EQ(lacking(bench), 0U) << "nobody was promised anything";
}

TEST(QuorumLoss, TheSameMessagesAreLostWhateverTheQuorum) {
  const auto lost = [](std::int64_t w) {
    QuorumConfig config = short_legs(3, w, 1);
    config.lost_writes = 0.3;
    const QuorumDraws draws{config, sim::RandomSource{5, 2}};
    std::vector<bool> is_lost;
    for (std::uint32_t i = 0; i < 20; ++i) {
      for (std::size_t r = 0; r < 3; ++r)
        is_lost.push_back(draws.write({SessionId{3}, i}, r).is_lost);
    }
    return is_lost;
  };

  EXPECT_EQ(lost(1), lost(3));
  const std::vector<bool> once = lost(1);
  EXPECT_GT(std::count(once.begin(), once.end(), true), 5);
}

bool loses_a_repair(const QuorumConfig& config, const StoreBench& bench) {
  const QuorumDraws draws{config, bench.random};
  const OperationName read{SessionId{bench.session}, bench.next_index};
  return draws.repair(read, 0).is_lost || draws.repair(read, 1).is_lost ||
         draws.repair(read, 2).is_lost;
}

// A lossy write, then one read that asks all and whose repairs are not lost.
struct Repaired {
  explicit Repaired(const QuorumConfig& config, std::ptrdiff_t come_to = 2)
      : bench{quorum_world(config)}, document{bench.open(1)} {
    skip_until(config, bench, come_to);
    written = bench.update(bench.request(document, west)).version;
    began = bench.simulation.now();
    while (loses_a_repair(config, bench)) ++bench.next_index;
    answer = bench.read(bench.request(document, west));
    bench.wait_until(began + ms(500));
    repairs = bench.store.replication(bench.simulation.now()).read_repairs;
  }

  StoreBench bench;
  DocumentHandle document;
  Version written;
  Instant began;
  StoreAnswer answer;
  std::uint64_t repairs = 0;
};

QuorumConfig lossy(std::int64_t r, double read_repair) {
  QuorumConfig config = short_legs(3, 2, r);
  config.lost_writes = 0.4;
  config.read_repair = read_repair;
  return config;
}

TEST(ReadRepair, SendsTheNewestToThoseThatHadAnOlderOne) {
  Repaired seen{lossy(3, 1)};

  EXPECT_EQ(seen.repairs, 1U);
  const Bytes bytes = seen.bench.store.replication(seen.bench.simulation.now()).read_repair_bytes;
  EXPECT_EQ(bytes, DataClassConfig{}.size);
  EXPECT_EQ(seen.answer.answered, seen.began + ms(2)) << "the read does not wait";
  EXPECT_EQ(lacking(seen.bench), 0U);
}

TEST(ReadRepair, UsesAnswersThatTheReadDidNotWaitFor) {
  EXPECT_EQ(Repaired{lossy(1, 1)}.repairs, 1U);
}

TEST(ReadRepair, SendsNothingWhereAllAnswersAgree) {
  EXPECT_EQ((Repaired{lossy(3, 1), 3}.repairs), 0U);
}

TEST(ReadRepair, IsLeftOutUnlessAskedFor) { EXPECT_EQ(Repaired{lossy(3, 0)}.repairs, 0U); }

TEST(ReadRepair, RepairsAfterTheShareOfReadsThatIsSaid) {
  const QuorumDraws draws{lossy(3, 0.2), sim::RandomSource{1, 0}};
  int repairing = 0;
  for (std::uint32_t i = 0; i < 10'000; ++i) repairing += draws.repairs({SessionId{9}, i});
  EXPECT_NEAR(repairing, 2'000, 5 * 40);
}

TEST(ReadRepair, ArrivesAfterTheLastAnswerAndALegOfAWrite) {
  QuorumConfig config = lossy(1, 1);
  config.legs.write = constant_ms(20);
  StoreBench bench{quorum_world(config)};
  const DocumentHandle document = bench.open(1);
  skip_until(config, bench, 2);
  bench.update(bench.request(document, west));  // done at 21 ms
  while (loses_a_repair(config, bench)) ++bench.next_index;
  bench.read(bench.request(document, west));  // answers at 23 ms, repair at 43 ms

  bench.wait_until(Instant::at(ms(43)) - Duration::nanoseconds(1));
  EXPECT_EQ(lacking(bench), 1U);
  bench.wait_until(Instant::at(ms(43)));
  EXPECT_EQ(lacking(bench), 0U);
}

TEST(ReadRepair, IsPaidForInTheBackground) {
  const QuorumConfig config = lossy(3, 1);
  const WorldConfig world = quorum_world(config);
  const sim::RandomSource random{1, 0};
  const QuorumDraws draws{config, random};
  StoreRequest request;
  request.name.session = SessionId{1};
  while (draws.write(request.name, 0).is_lost + draws.write(request.name, 1).is_lost +
             draws.write(request.name, 2).is_lost !=
         1) {
    ++request.name.index;
  }
  sim::Simulation simulation;
  Network network{world.regions, random};
  LateRecorder recorder;
  Store store{simulation, network, world, random, recorder};
  sim::ProcessGroup processes{simulation};
  request.document = store.open({DataClassId{0}, 1});
  request.size = 1024;
  request.from = Place{west, 0};
  request.deadline = Instant::at(ms(100));
  StoreAnswer answer;
  processes.start(StoreBench::run_into(store.update(request), &answer, nullptr));
  simulation.run();
  ++request.name.index;
  processes.start(StoreBench::run_into(store.read(request), &answer, nullptr));
  simulation.run();

  ASSERT_EQ(recorder.late_costs.size(), 1U);
  const LateCost& cost = recorder.late_costs.front();
  EXPECT_TRUE(cost.is_background);
  EXPECT_EQ(cost.ru.thousandths, cost_of_write(OperationKind::update, 1024).thousandths / 3);
  EXPECT_EQ(answer.ru.thousandths, 3 * cost_of_read(1024).thousandths);
  EXPECT_EQ(cost.session, request.name.session);
}

// Late: the third answer of a read comes after its deadline and counts for nothing.
TEST(ReadRepair, LooksAtWhatHasComeByTheDeadline) {
  QuorumConfig config = lossy(1, 1);
  config.legs.read = sim::Distribution::uniform(1e6, 3e6);
  StoreBench bench{quorum_world(config)};
  const DocumentHandle document = bench.open(1);
  skip_until(config, bench, 2);
  bench.update(bench.request(document, west));
  StoreRequest request = bench.request(document, west);
  const ReadDraw draw = QuorumDraws{config, bench.random}.read(request.name);
  request.deadline = bench.simulation.now() + draw.all()[0].answered;

  bench.read(request);
  bench.wait_until(bench.simulation.now() + ms(100));

  EXPECT_EQ(bench.store.replication(bench.simulation.now()).read_repairs, 0U);
}

}  // namespace
}  // namespace seatrial::models
