// What an update overwrites, path by path, against a check that keeps whole documents.
#include "models/store/document_paths.hpp"

#include <gtest/gtest.h>

#include <array>
#include <map>

#include "sim/random/stream.hpp"
#include "tests/models/store/store_bench.hpp"
#include "tests/models/world_fixture.hpp"

namespace seatrial::models {
namespace {

constexpr std::size_t paths = 3;
constexpr std::uint64_t all_paths = (std::uint64_t{1} << paths) - 1;

DataClassConfig told_apart() {
  DataClassConfig data;
  data.name = "cart";
  data.paths = paths;
  return data;
}

// Who wrote what stands on each path, as the ordinal of the version that put it there.
struct Content {
  struct Value {
    std::uint64_t ordinal = 0;
    SessionId writer;
    bool operator==(const Value&) const = default;
  };
  std::array<Value, paths> values;
};

// The document as it was after each version, and what a write loses of it: what stands there now,
// is of somebody else, and did not stand there in the version that the writer had seen.
class WholeDocuments {
 public:
  bool loses(std::uint64_t changed, std::uint64_t seen, SessionId writer) const {
    const Content& newest = versions_.rbegin()->second;
    const Content& known = versions_.at(seen);
    for (std::size_t path = 0; path < paths; ++path) {
      if ((changed >> path & 1) == 0) continue;
      const bool is_news = !(newest.values[path] == known.values[path]);
      if (is_news && newest.values[path].writer != writer) return true;
    }
    return false;
  }
  void write(std::uint64_t changed, std::uint64_t ordinal, SessionId writer) {
    Content next = versions_.rbegin()->second;
    for (std::size_t path = 0; path < paths; ++path) {
      if ((changed >> path & 1) != 0) next.values[path] = {ordinal, writer};
    }
    versions_[ordinal] = next;
  }
  std::uint64_t newest() const { return versions_.rbegin()->first; }

 private:
  std::map<std::uint64_t, Content> versions_{{0, {}}};
};

TEST(DocumentPaths, AgreeWithWholeDocumentsOnRandomHistories) {
  int lost = 0, kept = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    sim::Stream draws = sim::Stream::sequence(sim::RandomSource{seed, 0}.key(sim::Purpose{"t"}), 0);
    DocumentPaths tested{{told_apart()}};
    tested.open(0, DataClassId{0});
    WholeDocuments whole;
    for (std::uint64_t ordinal = 1; ordinal <= 40; ++ordinal) {
      const SessionId writer{draws.below(3)};
      const std::uint64_t changed = 1 + draws.below(all_paths);
      const std::uint64_t seen = whole.newest() - draws.below(std::min(ordinal, std::uint64_t{6}));

      const bool is_lost = tested.changed_since(0, changed, Version{1, seen, seen}, writer);
      ASSERT_EQ(is_lost, whole.loses(changed, seen, writer)) << "seed " << seed;

      is_lost ? ++lost : ++kept;
      const bool replaces = draws.below(8) == 0;
      tested.changed(0, replaces ? 0 : changed, Version{1, ordinal, ordinal}, writer);
      whole.write(replaces ? all_paths : changed, ordinal, writer);
    }
  }
  EXPECT_GT(lost, 1000);
  EXPECT_GT(kept, 1000);
}

// Versions 4 and 5 are lost, and another writer's is 5 again.
TEST(DocumentPaths, TellApartOrdinalsThatAreGivenAgainAfterALoss) {
  DocumentPaths tested{{told_apart()}};
  tested.open(0, DataClassId{0});
  for (std::uint64_t i = 1; i <= 5; ++i) tested.changed(0, 1, Version{1, i, i}, SessionId{1});
  const Version lost{1, 5, 5};
  const Version left{1, 3, 3};
  tested.cut_after(0, left.ordinal);
  EXPECT_FALSE(tested.changed_since(0, 1, left, SessionId{2}));

  tested.changed(0, 1, Version{2, 4, 4}, SessionId{3});
  tested.changed(0, 1, Version{2, 5, 5}, SessionId{3});

  EXPECT_TRUE(tested.changed_since(0, 1, lost, SessionId{2}));
  EXPECT_FALSE(tested.changed_since(0, 1, Version{2, 5, 5}, SessionId{2}));
}

TEST(DocumentPaths, StartAnewWithEachDocumentInASlot) {
  DocumentPaths tested{{told_apart()}};
  tested.open(0, DataClassId{0});
  tested.changed(0, 1, Version{1, 7, 7}, SessionId{1});

  tested.open(0, DataClassId{0});

  EXPECT_FALSE(tested.changed_since(0, 1, Version{}, SessionId{2}));
}

WorldConfig shared_world() {
  WorldConfig world = calm_world();
  world.data = {told_apart()};
  return world;
}

StoreRequest patch(StoreBench& bench, DocumentHandle document, std::uint64_t changed,
                   std::uint64_t session, std::optional<Version> seen = {}) {
  bench.session = session;
  StoreRequest request = bench.request(document, west);
  request.paths = changed;
  request.seen = seen;
  return request;
}

TEST(Patch, OfDifferentPathsBothSurvive) {
  StoreBench bench{shared_world()};
  const DocumentHandle document = bench.open(1);

  bench.update(patch(bench, document, 0b001, 1));
  const StoreAnswer other = bench.update(patch(bench, document, 0b010, 2));

  EXPECT_FALSE(other.lost_update);
}

TEST(Patch, OfAPathThatAnotherHasChangedUnseenLosesThat) {
  StoreBench bench{shared_world()};
  const DocumentHandle document = bench.open(1);

  const Version empty;

  const StoreAnswer first = bench.update(patch(bench, document, 0b001, 1, empty));
  const StoreAnswer late = bench.update(patch(bench, document, 0b011, 2, empty));
  const StoreAnswer own = bench.update(patch(bench, document, 0b001, 2, empty));
  const StoreAnswer seen = bench.update(patch(bench, document, 0b011, 1, own.version));

  EXPECT_FALSE(first.lost_update);
  EXPECT_TRUE(late.lost_update);
  EXPECT_FALSE(own.lost_update);
  EXPECT_FALSE(seen.lost_update);
  EXPECT_EQ(seen.based_on, own.version);
}

// A replace puts its pod's fresh copy back, with one path of what the user had in mind.
TEST(Replace, LosesWhatItsUserHadNotSeenOnItsOwnPathsLikeAPatch) {
  for (const UpdateBy by : {UpdateBy::replace, UpdateBy::replace_if_match}) {
    StoreBench bench{shared_world()};
    const DocumentHandle document = bench.open(1);
    const Version empty;
    bench.update(patch(bench, document, 0b001, 1, empty));
    StoreRequest same = patch(bench, document, 0b001, 2, empty);
    StoreRequest other = patch(bench, document, 0b010, 3, empty);
    same.update = other.update = by;

    EXPECT_TRUE(bench.update(same).lost_update);
    EXPECT_FALSE(bench.update(other).lost_update);
  }
}

TEST(Update, OfWhoeverHasReadNothingOverwritesNothingThatCouldHaveBeenSeen) {
  StoreBench bench{shared_world()};
  const DocumentHandle document = bench.open(1);
  bench.update(patch(bench, document, 0b001, 1));

  EXPECT_FALSE(bench.update(patch(bench, document, 0b001, 2)).lost_update);
}

TEST(PatchIfUnchanged, IsSentAtOnceWithWhatItsUserHasSeen) {
  StoreBench bench{shared_world()};
  const DocumentHandle document = bench.open(1);
  const StoreAnswer first = bench.update(patch(bench, document, 0b001, 1));
  StoreRequest fresh = patch(bench, document, 0b001, 2, first.version);
  StoreRequest old = patch(bench, document, 0b001, 3, first.version);
  fresh.update = old.update = UpdateBy::patch_if_unchanged;

  const StoreAnswer at_once = bench.update(fresh);
  const StoreAnswer after_412 = bench.update(old);

  EXPECT_EQ(at_once.attempts, 1);
  EXPECT_FALSE(at_once.lost_update);
  EXPECT_EQ(after_412.outcome, Outcome::ok);
  EXPECT_EQ(after_412.attempts, 3) << "412, a read, and again";
  EXPECT_FALSE(after_412.lost_update);
}

// Both read before either writes; the second finds its path changed, reads again and loses nothing.
TEST(PatchIfUnchanged, IsRefusedOnlyWhenItsOwnPathsHaveChanged) {
  for (const std::uint64_t other : {0b001u, 0b010u}) {
    WorldConfig world = shared_world();
    world.store.write_service = constant_ms(10);
    StoreBench bench{world};
    const DocumentHandle document = bench.open(1);
    std::array<StoreAnswer, 2> answers;
    for (std::uint64_t i = 0; i < 2; ++i) {
      StoreRequest request = patch(bench, document, i == 0 ? 0b001 : other, i);
      request.update = UpdateBy::patch_if_unchanged;
      bench.processes.start(
          StoreBench::run_into(bench.store.update(request), &answers[i], nullptr));
    }

    bench.simulation.run();

    EXPECT_EQ(answers[1].outcome, Outcome::ok);
    EXPECT_FALSE(answers[1].lost_update);
    EXPECT_EQ(answers[1].attempts, other == 0b001 ? 4 : 2);
    EXPECT_EQ(answers[1].cross_region_bytes, 2 * (500 + 100));
  }
}

// A whole world of sessions that update few shared documents, without a failure: the records name
// every version, so whole documents can be kept beside.
WorldConfig crowded_world(UpdateBy by) {
  WorldConfig config = quiet_world();
  config.regions.users = {{"West", 0.5}, {"East", 0.5}};
  config.regions.links = {link_of("West <> East", milliseconds(20))};
  config.store.replication_lag.entry = exponential(milliseconds(40));
  config.data = {told_apart()};
  config.data[0].update = by;
  config.data[0].paths = paths;
  ActionConfig update = action_of(ActionKind::update);
  update.changes = 2;
  config.workload.steps[0].actions = {action_of(ActionKind::read), pause_of(milliseconds(50)),
                                      update, pause_of(milliseconds(100)), update};
  config.workload.second_device.present = true;
  config.workload.second_device.share = 1;
  config.workload.second_device.refetch_after = constant(milliseconds(30));
  config.workload.second_device.updates = true;
  config.workload.second_device.update_after = constant(milliseconds(20));
  config.workload.sessions_per_second = 20;
  return config;
}

// What each device had read of its document when it sent an update.
using SeenBefore = std::map<std::pair<std::uint64_t, std::uint32_t>, std::uint64_t>;

SeenBefore seen_before_updates(const std::vector<OperationObserved>& operations) {
  std::map<std::uint64_t, std::vector<OperationObserved>> reads;  // by session: of one document
  for (const OperationObserved& operation : operations) {
    if (operation.kind == OperationKind::read)
      reads[operation.session.value()].push_back(operation);
  }
  SeenBefore before;
  for (const OperationObserved& update : operations) {
    if (update.kind != OperationKind::update) continue;
    for (const OperationObserved& read : reads[update.session.value()]) {
      if (read.completed > update.invoked) continue;
      std::uint64_t& seen = before[{update.session.value(), update.index}];
      seen = std::max(seen, read.version.ordinal);
    }
  }
  return before;
}

TEST(LostUpdates, OfAWholeWorldAreThoseThatWholeDocumentsShow) {
  for (const UpdateBy by : {UpdateBy::patch, UpdateBy::replace, UpdateBy::patch_if_unchanged}) {
    const WorldRun run = observe(crowded_world(by));
    const SeenBefore seen = seen_before_updates(run.seen.operations);
    std::map<std::uint64_t, std::map<std::uint64_t, OperationObserved>> documents;
    for (const OperationObserved& update : run.seen.of(OperationKind::update)) {
      ASSERT_EQ(update.outcome, Outcome::ok);
      documents[update.document.owner][update.version.ordinal] = update;
    }

    int lost = 0;
    for (const auto& [owner, versions] : documents) {
      WholeDocuments whole;
      for (const auto& [ordinal, update] : versions) {
        ASSERT_EQ(ordinal, whole.newest() + 1);
        const auto known = seen.find({update.session.value(), update.index});
        // What was refused once has been read again by somebody who knew why.
        const bool read_again = by == UpdateBy::patch_if_unchanged && update.attempts > 1;
        const std::uint64_t from = read_again            ? update.based_on.ordinal
                                   : known == seen.end() ? whole.newest()
                                                         : known->second;
        const bool puts_back = by == UpdateBy::replace && update.based_on.ordinal != whole.newest();
        const bool expected = puts_back || whole.loses(update.paths, from, update.session);
        ASSERT_EQ(update.lost_update, expected) << owner << " " << ordinal;
        lost += expected ? 1 : 0;
        whole.write(update.paths, ordinal, update.session);
      }
    }
    EXPECT_EQ(lost > 0, by != UpdateBy::patch_if_unchanged) << "lost " << lost;
  }
}

}  // namespace
}  // namespace seatrial::models
