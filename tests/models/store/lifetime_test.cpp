// Inserts, deletes and the time to live: when there is a document, and who may know it.
#include <gtest/gtest.h>

#include "models/store/request_units.hpp"
#include "tests/models/store/store_bench.hpp"

namespace seatrial::models {
namespace {

// West commits at once; East has it 50 ms later.
WorldConfig lagging_world() {
  WorldConfig world = calm_world();
  world.store.replication_lag.entry = constant_ms(50);
  return world;
}

WorldConfig with_ttl(Duration ttl) {
  WorldConfig world = lagging_world();
  world.data[0].ttl = ttl;
  return world;
}

WorldConfig absent_at_start() {
  WorldConfig world = lagging_world();
  world.data[0].at_start = AtStart::absent;
  return world;
}

StoreAnswer write(StoreBench& bench, DocumentHandle document, OperationKind kind,
                  UpdateBy by = UpdateBy::patch) {
  StoreRequest request = bench.request(document, west);
  request.kind = kind;
  request.update = by;
  return bench.update(request);
}

StoreAnswer look(StoreBench& bench, DocumentHandle document, RegionId from) {
  return bench.read(bench.request(document, from));
}

TEST(Delete, IsAVersionThatALaggingReplicaDoesNotHave) {
  StoreBench bench{lagging_world()};
  const DocumentHandle document = bench.open(1);

  const StoreAnswer deleted = write(bench, document, OperationKind::delete_);
  const StoreAnswer near = look(bench, document, west);
  const StoreAnswer far = look(bench, document, east);
  bench.wait_until(Instant::at(ms(60)));
  const StoreAnswer later = look(bench, document, east);

  EXPECT_EQ(deleted.version.ordinal, 1u);
  EXPECT_FALSE(near.found);
  EXPECT_EQ(near.version, deleted.version);
  EXPECT_TRUE(far.found);
  EXPECT_EQ(far.truth.versions_behind, 1u);
  EXPECT_FALSE(later.found);
  EXPECT_EQ(later.truth.versions_behind, 0u);
}

TEST(Delete, OfWhatIsNotThereFindsNothingAndMakesNoVersion) {
  StoreBench bench{lagging_world()};
  const DocumentHandle document = bench.open(1);
  write(bench, document, OperationKind::delete_);

  for (const UpdateBy by : {UpdateBy::patch, UpdateBy::replace, UpdateBy::replace_if_match,
                            UpdateBy::patch_if_unchanged}) {
    EXPECT_EQ(write(bench, document, OperationKind::update, by).outcome, Outcome::not_found);
  }
  EXPECT_EQ(write(bench, document, OperationKind::delete_).outcome, Outcome::not_found);

  EXPECT_EQ(bench.recorder.commits.size(), 1u);
}

TEST(Insert, NeedsADocumentThatIsNotThere) {
  StoreBench bench{absent_at_start()};
  const DocumentHandle document = bench.open(1);

  EXPECT_FALSE(look(bench, document, west).found);
  EXPECT_EQ(write(bench, document, OperationKind::insert).outcome, Outcome::ok);
  EXPECT_EQ(write(bench, document, OperationKind::insert).outcome, Outcome::conflict);
  EXPECT_TRUE(look(bench, document, west).found);
  write(bench, document, OperationKind::delete_);
  const StoreAnswer again = write(bench, document, OperationKind::insert);

  EXPECT_EQ(again.outcome, Outcome::ok);
  EXPECT_EQ(again.version.ordinal, 3u);
}

TEST(TimeToLive, CountsFromTheLastWrite) {
  StoreBench bench{with_ttl(ms(100))};
  const DocumentHandle document = bench.open(1);

  bench.wait_until(Instant::at(ms(99)));
  EXPECT_TRUE(look(bench, document, west).found);
  const StoreAnswer written = write(bench, document, OperationKind::update);
  bench.wait_until(Instant::at(ms(198)));
  EXPECT_TRUE(look(bench, document, west).found);
  bench.wait_until(Instant::at(ms(199)));
  const StoreAnswer gone = look(bench, document, west);

  EXPECT_FALSE(gone.found);
  EXPECT_EQ(gone.version, written.version);
  EXPECT_EQ(gone.truth.versions_behind, 0u);
  EXPECT_EQ(write(bench, document, OperationKind::update).outcome, Outcome::not_found);
  EXPECT_EQ(write(bench, document, OperationKind::insert).outcome, Outcome::ok);
}

// What East holds has run out; that it was written again East does not know yet.
TEST(TimeToLive, OfAnOlderVersionRunsOutByItself) {
  StoreBench bench{with_ttl(ms(100))};
  const DocumentHandle document = bench.open(1);
  bench.wait_until(Instant::at(ms(90)));
  write(bench, document, OperationKind::update);

  bench.wait_until(Instant::at(ms(110)));
  const StoreAnswer far = look(bench, document, east);
  bench.wait_until(Instant::at(ms(145)));
  const StoreAnswer later = look(bench, document, east);

  EXPECT_FALSE(far.found);
  EXPECT_EQ(far.truth.versions_behind, 1u);
  EXPECT_TRUE(later.found);
}

TEST(RequestUnits, OfAMissingDocumentAreThoseOfTheSmallest) {
  WorldConfig world = absent_at_start();
  StoreBench bench{world};
  const DocumentHandle document = bench.open(1);
  StoreRequest large = bench.request(document, west);
  large.size = 100 * 1024;

  const StoreAnswer missing = bench.read(large);

  EXPECT_EQ(missing.ru, cost_of_read(1024));
  EXPECT_EQ(missing.cross_region_bytes, 0);
}

}  // namespace
}  // namespace seatrial::models
