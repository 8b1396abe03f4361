#include "analysis/collectors/observation_digest.hpp"

#include <cstdint>

#include "analysis/run_summary.hpp"

namespace seatrial::analysis {

namespace {

enum class Record : std::uint8_t { operation = 1, commit = 2, takeover = 3, conflict = 4 };

// A field that is added to a record must be added below too (and to the history file).
static_assert(sizeof(models::OperationObserved) == 240, "OperationObserved has other fields");
static_assert(sizeof(models::CommitObserved) == 64, "CommitObserved has other fields");
static_assert(sizeof(models::TakeoverObserved) == 48, "TakeoverObserved has other fields");

template <class Number>
constexpr std::uint64_t word(Number number) {
  return static_cast<std::uint64_t>(number);
}
constexpr std::uint64_t word(models::Instant instant) { return word(instant.ns()); }
constexpr std::uint64_t word(models::Duration duration) { return word(duration.ns()); }

// Two of at most 32 bits.
template <class High, class Low>
constexpr std::uint64_t pair(High high, Low low) {
  static_assert(sizeof(High) <= 4 && sizeof(Low) <= 4);
  return word(high) << 32 | word(low);
}

template <class... Bytes>
constexpr std::uint64_t eight(Bytes... bytes) {
  static_assert(sizeof...(Bytes) == 8 && ((sizeof(Bytes) == 1) && ...));
  std::uint64_t packed = 0;
  ((packed = packed << 8 | word(bytes)), ...);
  return packed;
}

template <class... Words>
void add(sim::Digest& digest, Words... words) {
  (digest.add(word(words)), ...);
}

// The end of step `i`, without overflow for any timeline.
models::Instant end_of_step(models::Duration timeline, std::size_t i) {
  const auto steps = static_cast<std::int64_t>(checkpoint_count);
  const auto past = static_cast<std::int64_t>(i) + 1;
  const std::int64_t whole = timeline.ns() / steps * past;
  const std::int64_t rest = timeline.ns() % steps * past / steps;
  return models::Instant::at(models::Duration::nanoseconds(whole + rest));
}

}  // namespace

ObservationDigest::ObservationDigest(models::Duration timeline)
    : timeline_{timeline}, next_step_{end_of_step(timeline, 0)} {
  steps_.reserve(checkpoint_count);
}

void ObservationDigest::operation(const models::OperationObserved& seen) {
  advance_to(seen.completed);
  const auto flags = static_cast<std::uint8_t>(
      (seen.measured ? 1 : 0) | (seen.lost_update ? 2 : 0) | (seen.truth.allowed ? 4 : 0) |
      (seen.found ? 0 : 8) | (seen.in_conflict ? 16 : 0));
  const std::uint64_t kinds = eight(Record::operation, seen.kind, seen.outcome, seen.degraded,
                                    seen.device, seen.replica, seen.attempts, flags);
  const std::uint32_t calls =
      std::uint32_t{seen.broker_calls} << 16 | std::uint32_t{seen.cross_region_calls};
  add(digest_, kinds, seen.user.value(), seen.session.value(), pair(seen.index, seen.phase.value()),
      pair(seen.document.data_class.value(), seen.partition.value()), seen.document.owner,
      pair(seen.region.value(), seen.served_by.value()), pair(seen.pod.value(), calls));
  add(digest_, seen.session_arrived, seen.invoked, seen.answered, seen.completed);
  add(digest_, pair(seen.token.source, seen.token.epoch), seen.token.lsn,
      pair(seen.version.epoch, seen.based_on.epoch), seen.version.lsn, seen.version.ordinal,
      seen.based_on.lsn, seen.based_on.ordinal);
  // Nothing where nothing is to tell.
  if (seen.throttled != 0) digest_.add(word(seen.throttled));
  if (seen.paths != 0) digest_.add(seen.paths);
  add(digest_, seen.ru.thousandths, seen.bytes, seen.truth.newest_committed_ordinal,
      seen.truth.versions_behind, seen.truth.behind);
}

void ObservationDigest::commit(const models::CommitObserved& seen) {
  advance_to(seen.committed);
  add(digest_, pair(Record::commit, seen.version.epoch),
      pair(seen.document.data_class.value(), seen.partition.value()), seen.document.owner,
      seen.version.lsn, seen.version.ordinal, seen.committed, seen.writer.value());
}

void ObservationDigest::takeover(const models::TakeoverObserved& seen) {
  advance_to(seen.at);
  add(digest_, pair(Record::takeover, seen.epoch), pair(seen.partition.value(), seen.from.value()),
      seen.to.value(), seen.at, seen.survived, seen.lost, seen.oldest_lost);
}

void ObservationDigest::conflict(const models::ConflictObserved& seen) {
  advance_to(seen.at);
  add(digest_, pair(Record::conflict, seen.partition.value()),
      pair(seen.document.data_class.value(), seen.lost_in.value()), seen.document.owner, seen.at,
      seen.lost.lsn, seen.lost_by.value(), seen.winner.lsn, seen.won_by.value());
}

std::vector<sim::Hash128> ObservationDigest::checkpoints() const {
  std::vector<sim::Hash128> all = steps_;
  all.resize(checkpoint_count, value());
  return all;
}

void ObservationDigest::advance_to(models::Instant moment) {
  while (moment >= next_step_ && steps_.size() + 1 < checkpoint_count) {
    steps_.push_back(value());
    next_step_ = end_of_step(timeline_, steps_.size());
  }
}

}  // namespace seatrial::analysis
