// A partition splits in two: where its documents go, and what its tokens are worth then.
#include <gtest/gtest.h>

#include <array>

#include "tests/models/store/store_bench.hpp"

namespace seatrial::models {
namespace {

TEST(Split, GivesEachOfTheNewPartitionsAboutHalfOfTheDocuments) {
  StoreBench bench{calm_world()};
  std::vector<DocumentHandle> documents;
  for (std::uint64_t owner = 0; owner != 1000; ++owner) documents.push_back(bench.open(owner));

  bench.store.split(PartitionId{0});
  for (std::uint64_t owner = 1000; owner != 2000; ++owner) documents.push_back(bench.open(owner));

  EXPECT_EQ(bench.store.partitions(), 3u);
  std::array<int, 3> count{};
  for (const DocumentHandle document : documents) {
    ++count[bench.store.partition_of(document).value()];
  }
  EXPECT_EQ(count[0], 0);
  EXPECT_NEAR(count[1], 1000, 120);
  EXPECT_NEAR(count[2], 1000, 120);
}

TEST(Split, KnowsWhatADocumentWasInBefore) {
  StoreBench bench{calm_world()};

  bench.store.split(PartitionId{0});
  bench.store.split(PartitionId{2});

  for (std::uint64_t owner = 0; owner != 20; ++owner) {
    const DocumentName name{DataClassId{0}, owner};
    const PartitionId now = bench.store.partition_of(bench.open(owner));
    EXPECT_EQ(bench.store.parent_of(name, PartitionId{0}), std::nullopt);
    if (now == PartitionId{1}) {
      EXPECT_EQ(bench.store.parent_of(name, now), PartitionId{0});
      continue;
    }
    EXPECT_GE(now, PartitionId{3});
    EXPECT_EQ(bench.store.parent_of(name, now), PartitionId{2});
    EXPECT_EQ(bench.store.parent_of(name, PartitionId{2}), PartitionId{0});
  }
}

TEST(Split, HappensOnceToAPartition) {
  StoreBench bench{calm_world()};

  bench.store.split(PartitionId{0});
  bench.store.split(PartitionId{0});
  bench.store.split(PartitionId{7});

  EXPECT_EQ(bench.store.partitions(), 3u);
}

TEST(Split, GoesOnWithTheParentsLog) {
  StoreBench bench{calm_world()};
  std::vector<DocumentHandle> documents{bench.open(1), bench.open(2), bench.open(3)};
  for (const DocumentHandle document : documents) bench.update(bench.request(document, west));

  bench.store.split(PartitionId{0});

  for (std::size_t i = 0; i != documents.size(); ++i) {
    const StoreAnswer before = bench.read(bench.request(documents[i], east));
    const StoreAnswer written = bench.update(bench.request(documents[i], west));
    const StoreAnswer after = bench.read(bench.request(documents[i], west));
    EXPECT_EQ(before.version, (Version{1, i + 1, 1})) << "what was written before is there";
    EXPECT_GT(written.version.lsn, 3u);
    EXPECT_EQ(written.version.ordinal, 2u);
    EXPECT_EQ(after.version, written.version);
  }
}

// The entry comes to East 100 ms after its commit, to the replicas of whichever partition.
TEST(Split, LetsATokenOfTheParentHoldForWhatCameOfIt) {
  WorldConfig world = calm_world();
  world.store.replication_lag.entry = constant_ms(100);
  StoreBench bench{world};
  for (std::uint64_t owner = 1; owner != 9; ++owner) {
    const DocumentHandle document = bench.open(owner);
    const StoreAnswer written = bench.update(bench.request(document, west));
    if (owner == 4) bench.store.split(PartitionId{0});

    StoreRequest request = bench.request(document, east);
    request.token = written.token;
    const StoreAnswer with = bench.read(request);

    EXPECT_EQ(with.version, written.version) << owner;
  }
}

TEST(Split, WaitsForWhatIsAppendedAndWritesWaitForIt) {
  WorldConfig world = calm_world();
  world.store.in_region_lag = constant_ms(10);
  StoreBench bench{world};
  const DocumentHandle document = bench.open(1);
  StoreAnswer first, second;
  bench.processes.start(
      StoreBench::run_into(bench.store.update(bench.request(document, west)), &first, nullptr));
  bench.wait_until(Instant::at(ms(5)));

  bench.store.split(PartitionId{0});
  EXPECT_EQ(bench.store.partitions(), 1u);
  bench.processes.start(
      StoreBench::run_into(bench.store.update(bench.request(document, west)), &second, nullptr));
  bench.simulation.run();

  EXPECT_EQ(bench.store.partitions(), 3u);
  EXPECT_EQ(first.version, (Version{1, 1, 1}));
  EXPECT_EQ(first.answered, Instant::at(ms(10)));
  EXPECT_EQ(second.version, (Version{1, 2, 2}));
  EXPECT_EQ(second.answered, Instant::at(ms(20)));
  ASSERT_EQ(bench.recorder.commits.size(), 2u);
  EXPECT_EQ(bench.recorder.commits[0].partition, PartitionId{0});
  EXPECT_NE(bench.recorder.commits[1].partition, PartitionId{0});
}

TEST(Split, SharesTheProvisionedThroughputAmongOneMore) {
  WorldConfig world = calm_world();
  world.store.request_units_per_second = 20;
  StoreBench bench{world};
  const DocumentHandle document = bench.open(1);

  bench.store.split(PartitionId{0});
  const StoreAnswer first = bench.update(bench.request(document, west));  // 10 RU: all of its half
  const StoreAnswer second = bench.update(bench.request(document, west));

  EXPECT_EQ(first.answered, Instant{});
  EXPECT_GE(second.answered, Instant::at(Duration::seconds(1)));
}

}  // namespace
}  // namespace seatrial::models
