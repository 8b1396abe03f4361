#include "analysis/collectors/observation_digest.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <vector>

#include "tests/analysis/collectors/small_world.hpp"

namespace seatrial::analysis {
namespace {

using models::CommitObserved;
using models::Duration;
using models::OperationObserved;

const Duration timeline = Duration::milliseconds(256);
const Duration tick = Duration::nanoseconds(1);

sim::Hash128 digest_of(const OperationObserved& seen) {
  ObservationDigest digest{timeline};
  digest.operation(seen);
  return digest.value();
}

sim::Hash128 digest_of(const CommitObserved& seen) {
  ObservationDigest digest{timeline};
  digest.commit(seen);
  return digest.value();
}

template <class Record>
void expect_all_differ(const Record& original,
                       const std::vector<std::function<void(Record&)>>& changes) {
  std::set<sim::Hash128> digests{digest_of(original)};
  for (std::size_t i = 0; i < changes.size(); ++i) {
    Record changed = original;
    changes[i](changed);
    EXPECT_TRUE(digests.insert(digest_of(changed)).second) << "change " << i;
  }
}

TEST(ObservationDigest, ChangesWithEveryFieldOfAnOperation) {
  using Operation = OperationObserved;
  expect_all_differ<Operation>(
      some_read(), {[](Operation& o) { o.user = models::UserId{100}; },
                    [](Operation& o) { o.session = models::SessionId{100}; },
                    [](Operation& o) { o.device = 0; },
                    [](Operation& o) { o.index = 0; },
                    [](Operation& o) { o.kind = models::OperationKind::update; },
                    [](Operation& o) { o.outcome = models::Outcome::reset; },
                    [](Operation& o) { o.degraded = models::Degraded::read_without_token; },
                    [](Operation& o) { o.measured = false; },
                    [](Operation& o) { o.phase = models::PhaseId{0}; },
                    [](Operation& o) { o.document.data_class = models::DataClassId{0}; },
                    [](Operation& o) { o.document.owner = 100; },
                    [](Operation& o) { o.partition = models::PartitionId{4}; },
                    [](Operation& o) { o.region = models::RegionId{0}; },
                    [](Operation& o) { o.served_by = models::RegionId{1}; },
                    [](Operation& o) { o.replica = 0; },
                    [](Operation& o) { o.attempts = 1; },
                    [](Operation& o) { o.pod = models::PodId{0}; },
                    [](Operation& o) { o.session_arrived = o.session_arrived + tick; },
                    [](Operation& o) { o.invoked = o.invoked + tick; },
                    [](Operation& o) { o.answered = o.answered + tick; },
                    [](Operation& o) { o.completed = o.completed + tick; },
                    [](Operation& o) { o.token.source = models::TokenSource::broker; },
                    [](Operation& o) { o.token.epoch = 0; },
                    [](Operation& o) { o.token.lsn = 100; },
                    [](Operation& o) { o.version.epoch = 0; },
                    [](Operation& o) { o.version.lsn = 100; },
                    [](Operation& o) { o.version.ordinal = 100; },
                    [](Operation& o) { o.based_on.epoch = 0; },
                    [](Operation& o) { o.based_on.lsn = 100; },
                    [](Operation& o) { o.based_on.ordinal = 100; },
                    [](Operation& o) { o.lost_update = true; },
                    [](Operation& o) { o.in_conflict = true; },
                    [](Operation& o) { o.ru.thousandths = 1; },
                    [](Operation& o) { o.bytes = 1; },
                    [](Operation& o) { o.broker_calls = 1; },
                    [](Operation& o) { o.cross_region_calls = 1; },
                    [](Operation& o) { o.truth.newest_committed_ordinal = 1; },
                    [](Operation& o) { o.truth.versions_behind = 2; },
                    [](Operation& o) { o.truth.behind += tick; },
                    [](Operation& o) { o.truth.allowed = false; },
                    [](Operation& o) { std::swap(o.broker_calls, o.cross_region_calls); },
                    [](Operation& o) { std::swap(o.version, o.based_on); }});
}

TEST(ObservationDigest, ChangesWithEveryFieldOfACommit) {
  using Commit = CommitObserved;
  expect_all_differ<Commit>(
      some_commit(),
      {[](Commit& c) { c.partition = models::PartitionId{4}; },
       [](Commit& c) { c.document.data_class = models::DataClassId{0}; },
       [](Commit& c) { c.document.owner = 100; }, [](Commit& c) { c.version.epoch = 0; },
       [](Commit& c) { c.version.lsn = 100; }, [](Commit& c) { c.version.ordinal = 100; },
       [](Commit& c) { c.committed = c.committed + tick; },
       [](Commit& c) { c.writer = models::SessionId{100}; }});
}

TEST(ObservationDigest, ChangesWithEveryFieldOfATakeover) {
  using Takeover = models::TakeoverObserved;
  const auto digest_of_takeover = [](const Takeover& seen) {
    ObservationDigest digest{timeline};
    digest.takeover(seen);
    return digest.value().hex();
  };
  std::set<std::string> digests{digest_of_takeover({})};
  const std::vector<void (*)(Takeover&)> changes{
      [](Takeover& t) { t.partition = models::PartitionId{4}; },
      [](Takeover& t) { t.epoch = 3; },
      [](Takeover& t) { t.from = models::RegionId{1}; },
      [](Takeover& t) { t.to = models::RegionId{1}; },
      [](Takeover& t) { t.at = t.at + tick; },
      [](Takeover& t) { t.survived = 9; },
      [](Takeover& t) { t.lost = 9; },
      [](Takeover& t) { t.oldest_lost = t.oldest_lost + tick; }};
  for (const auto change : changes) {
    Takeover changed;
    change(changed);
    EXPECT_TRUE(digests.insert(digest_of_takeover(changed)).second);
  }
}

TEST(ObservationDigest, DependsOnTheOrderOfRecords) {
  ObservationDigest one{timeline}, other{timeline};
  one.operation(some_read());
  one.commit(some_commit());
  other.commit(some_commit());
  other.operation(some_read());

  EXPECT_NE(one.value(), other.value());
}

// The same on every compiler, in every build. It changes when the format of the digest does, and
// then all published digests change with it.
TEST(ObservationDigest, OfKnownRecordsIsTheKnownOne) {
  ObservationDigest digest{timeline};
  digest.commit(some_commit());
  digest.operation(some_read());

  EXPECT_EQ(digest.value().hex(), "e43f39a7a00864038f22ab3a9d2c8bde");
}

TEST(ObservationDigest, CheckpointsLocateTheFirstDifference) {
  ObservationDigest one{timeline}, other{timeline};
  for (std::int64_t ms = 0; ms < 300; ++ms) {
    OperationObserved seen = some_read();
    seen.completed = at_ms(ms);
    one.operation(seen);
    if (ms == 100) seen.bytes = 1;
    other.operation(seen);
  }

  const auto ours = one.checkpoints(), theirs = other.checkpoints();

  ASSERT_EQ(ours.size(), 256u);
  for (std::size_t i = 0; i < 256; ++i) EXPECT_EQ(ours[i] == theirs[i], i < 100) << i;
  EXPECT_EQ(ours.back(), one.value());
}

TEST(ObservationDigest, QuietTimesRepeatTheCheckpoint) {
  ObservationDigest digest{timeline};
  const sim::Hash128 nothing = digest.value();
  digest.operation(some_read());

  const auto checkpoints = digest.checkpoints();

  EXPECT_EQ(checkpoints[79], nothing);
  EXPECT_EQ(checkpoints[80], digest.value());
  EXPECT_EQ(checkpoints[255], digest.value());
}

}  // namespace
}  // namespace seatrial::analysis
