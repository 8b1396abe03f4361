#include "models/store/partition.hpp"

#include <algorithm>

namespace seatrial::models {

namespace {
// How many appends between two looks at what may be forgotten.
constexpr std::uint64_t appends_per_trim = 256;
constexpr std::uint64_t not_back = UINT64_MAX;  // what a region has to have is not known yet

void step_back_once(Version& version, const PartitionLog& log) {
  version.lsn = log.at(version.lsn).previous_lsn;
  --version.ordinal;
}

}  // namespace

Partition::Partition(const ReplicaLag& lag, const StoreConfig& config, std::uint32_t regions,
                     RegionId write_region)
    : lag_{lag},
      write_region_{write_region},
      replica_count_{static_cast<std::size_t>(config.replicas)},
      write_quorum_{lag.plan().tier ? 1 : static_cast<std::size_t>(config.write_quorum)},
      replicas_quorum_{static_cast<std::size_t>(config.write_quorum)},
      in_log_order_{config.apply_order == ApplyOrder::in_log_order},
      is_strong_{config.consistency == Consistency::strong},
      is_acknowledged_by_regions_{lag.plan().waits() || is_strong_},
      votes_{lag.plan().votes},
      rule_{votes_, lag.plan().needed, write_region},
      quorum_{regions, write_region, lag.plan().drop_after},
      acknowledged_(regions, 0),
      known_committed_(regions, 0),
      is_awaited_(regions, true),
      has_to_have_(regions, 0) {
  SEATRIAL_ASSERT(config.write_quorum >= 1 && config.write_quorum <= config.replicas,
                  "a write quorum is 1 to all replicas of a region");
  regions_.reserve(regions);
  for (std::uint32_t i = 0; i < regions; ++i) {
    regions_.emplace_back(lag, config, RegionId{i}, write_region);
    regions_.back().wait_for(votes_[i] != Vote::none);
  }
  if (lag.plan().tier) durable_ = 0;
  if (config.consistency == Consistency::bounded_staleness) bound_.emplace(config, lag, regions);
}

std::uint32_t Partition::epoch_of(std::uint64_t lsn) const {
  std::size_t begun = epochs_.size();
  while (epochs_[begun - 1] > lsn) --begun;
  return first_epoch_ - 1 + static_cast<std::uint32_t>(begun);
}

// A later epoch may have cut off more than the one that followed the token's.
bool Partition::still_holds(SessionToken token) const {
  for (std::size_t later = token.epoch + 1 - first_epoch_; later < epochs_.size(); ++later) {
    if (token.lsn >= epochs_[later]) return false;
  }
  return true;
}

// The document as it was at the start has no place in the log.
Version Partition::named(const Document& document, Version version) const {
  if (version.ordinal == 0) return {};
  version.epoch = epoch_of(document, version.lsn);
  return version;
}

std::uint64_t Partition::append(LogEntry entry) {
  const Instant now = entry.appended;
  if (log_.last() % appends_per_trim == 0) trim(now);
  entry.committed = Instant::never();
  entry.waits = is_acknowledged_by_regions_ && next_one_waits(now);
  const std::uint64_t lsn = log_.append(entry);
  replicas(write_region_).append(entry);
  if (!is_acknowledged_by_regions_) settle_commit(lsn, now);
  return lsn;
}

// Not before the entry before it; never, as long as too few replicas of the write region are up.
void Partition::settle_commit(std::uint64_t lsn, Instant now) {
  const std::optional<Instant> quorum = quorum_arrival(lsn, write_region_, now);
  last_commit_ = std::max(last_commit_, quorum.value_or(Instant::never()));
  log_.at(lsn).committed = last_commit_;
}

// The primary knows how old the oldest entry is that a region has not acknowledged.
bool Partition::next_one_waits(Instant now) {
  const std::optional<AdaptivePlan>& adaptive = lag_.plan().adaptive;
  if (!adaptive) return true;
  Duration lag;
  for (std::uint32_t i = 0; i < regions_.size(); ++i) {
    if (!is_asked(RegionId{i})) continue;
    const Instant oldest = known_of(RegionId{i}).oldest_lacking;
    if (oldest != Instant::never()) lag = std::max(lag, now - oldest);
  }
  const bool waits =
      is_synchronous_ ? lag >= adaptive->asynchronous_below : lag > adaptive->synchronous_above;
  if (waits != is_synchronous_) ++mode_switches_;
  is_synchronous_ = waits;
  if (waits) ++synchronous_writes_;
  return waits;
}

bool Partition::commit_is_due(Instant now) const {
  return committed_ < log_.last() && log_.at(committed_ + 1).committed <= now;
}

void Partition::acknowledge(std::uint64_t lsn, RegionId region, Instant now) {
  log_.at(lsn).acknowledged |= set_of(region);
  std::uint64_t& until = acknowledged_[region.value()];
  while (until < log_.last() && (log_.at(until + 1).acknowledged & set_of(region)) != 0) ++until;
  look_for_slowness(region, now);
  settle_commits(now);
}

void Partition::stop_waiting(std::uint64_t lsn, Instant now) {
  if (lsn <= committed_ || rule_.is_met(log_.at(lsn).acknowledged)) return;
  log_.at(lsn).fell_back = true;
  settle_commits(now);
}

Instant Partition::drop_slow_regions(Instant now) {
  const std::optional<Duration> drop_after = quorum_.drop_after();
  if (!drop_after) return Instant::never();
  Instant next = Instant::never();
  for (std::uint32_t i = 0; i < regions_.size(); ++i) {
    if (!is_asked(RegionId{i})) continue;  // what it lacks may be trimmed
    look_for_slowness(RegionId{i}, now);
    const DynamicQuorum::Known known = known_of(RegionId{i});
    if (known.oldest_lacking == Instant::never()) continue;
    const Instant due = known.oldest_lacking + *drop_after;
    next = std::min(next, due > now ? due : now + *drop_after);
  }
  settle_commits(now);
  return next;
}

// Who has been left out is not back before it has everything that is committed.
void Partition::look_for_slowness(RegionId region, Instant now) {
  if (!quorum_.drop_after() || !is_asked(region)) return;
  DynamicQuorum::Known known = known_of(region);
  if (!quorum_.serves(region, now) && !has_up_to(region, committed_, now)) known.acknowledged = 0;
  quorum_.look(region, known, committed_, left_out(), lag_.notice(write_region_, region), now);
}

DynamicQuorum::Known Partition::known_of(RegionId region) const {
  DynamicQuorum::Known known;
  known.acknowledged = acknowledged_[region.value()];
  if (known.acknowledged < log_.last()) {
    known.oldest_lacking = log_.at(known.acknowledged + 1).appended;
  }
  return known;
}

RegionSet Partition::left_out() const {
  RegionSet out = 0;
  for (std::uint32_t i = 0; i < is_awaited_.size(); ++i) {
    if (!is_awaited_[i]) out |= set_of(RegionId{i});
  }
  return out;
}

bool Partition::may_commit(const LogEntry& entry, RegionSet excused) const {
  if (!entry.waits) return rule_.is_met_locally(entry.acknowledged);
  // What has waited long enough still waits for regions that must acknowledge.
  if (entry.fell_back) return rule_.is_met_by_those_who_must(entry.acknowledged, excused);
  return rule_.is_met(entry.acknowledged, excused);
}

void Partition::settle_commits(Instant now) {
  const RegionSet excused = quorum_.excused() | left_out();
  for (std::uint64_t next = committed_ + 1; next <= log_.last(); ++next) {
    LogEntry& entry = log_.at(next);
    if (!may_commit(entry, excused)) break;
    entry.committed = std::min(entry.committed, now);
  }
}

std::uint64_t Partition::commits_known(RegionId region, Instant now) {
  if (region == write_region_) return committed_;
  std::uint64_t& known = known_committed_[region.value()];
  while (known < committed_) {
    const std::optional<Instant> notice =
        lag_.commit_notice(log_.at(known + 1), replicas(region).source(), region, now);
    if (!notice || *notice > now) break;
    ++known;
  }
  return known;
}

Version Partition::known_committed(const Document& document, Version held, RegionId region,
                                   Instant now) {
  const std::uint64_t known = commits_known(region, now);
  while (held.lsn > known) step_back_once(held, log_);
  return named(document, held);
}

Version Partition::newest_at(const Document& document, RegionId region, std::size_t replica,
                             Instant now) {
  RegionReplicas& region_replicas = replicas(region);
  Version version{0, document.newest_lsn, document.newest_ordinal};
  while (version.lsn != 0 && !region_replicas.has(log_, version.lsn, replica, now)) {
    step_back_once(version, log_);
  }
  return named(document, version);
}

Version Partition::newest_of_prefix(const Document& document, RegionId region, std::size_t replica,
                                    Instant now) {
  const std::uint64_t cut = applied(region, replica, now);
  Version version{0, document.newest_lsn, document.newest_ordinal};
  while (version.lsn > cut) step_back_once(version, log_);
  return named(document, version);
}

Version Partition::newest_committed(const Document& document) const {
  Version version{0, document.newest_lsn, document.newest_ordinal};
  while (version.lsn > committed_) {
    step_back_once(version, log_);
  }
  return named(document, version);
}

Instant Partition::gone(const Document& document, Version version) const {
  if (version.ordinal == document.newest_ordinal) return document.newest_gone;
  std::uint64_t next = document.newest_lsn;
  while (log_.at(next).ordinal != version.ordinal + 1) next = log_.at(next).previous_lsn;
  return log_.at(next).previous_gone;
}

std::uint64_t Partition::applied_everywhere(Instant now) {
  std::uint64_t lowest = std::min(log_.last(), durable_);
  for (RegionReplicas& region : regions_) {
    lowest = std::min(lowest, region.applied_by_all(log_, now));
  }
  return lowest;
}

void Partition::trim(Instant now) {
  std::uint64_t applied = std::min(applied_everywhere(now), committed_);
  if (is_strong_) {
    for (std::uint32_t i = 0; i < regions_.size(); ++i) {
      applied = std::min(applied, commits_known(RegionId{i}, now));
    }
  }
  if (is_acknowledged_by_regions_) {
    for (std::uint32_t i = 0; i < regions_.size(); ++i) {
      if (is_asked(RegionId{i})) applied = std::min(applied, acknowledged_[i]);
    }
  }
  if (bound_) {
    applied = std::min(applied, bound_->reported_by_all(log_, regions_, write_region_, now));
  }
  const std::uint64_t needed_no_more = bound_ ? applied : log_.last();
  for (RegionReplicas& region : regions_) region.forget_up_to(needed_no_more);
  log_.trim_to(applied);
}

void Partition::take_down(RegionId region, Instant now) {
  crash(region, ~RegionReplicas::Some{}, now);
  if (region != write_region_) return;
  for (RegionReplicas& others : regions_) others.source_went_down(now);
}

void Partition::bring_up(RegionId region, const RegionReplicas::Some& replicas, Instant now) {
  restart(region, replicas, now);
  if (region != write_region_) return;
  for (RegionReplicas& others : regions_) others.source_came_back(log_, now);
}

void Partition::crash(RegionId region, const RegionReplicas::Some& replicas, Instant now) {
  for (std::size_t i = 0; i < replica_count_; ++i) {
    if (replicas[i]) regions_[region.value()].crash(log_, i, now);
  }
  if (region != write_region_) return;
  if (!this->replicas(region).is_up(0)) stop_ways(now);
  commit_anew(now);
}

void Partition::restart(RegionId region, const RegionReplicas::Some& replicas, Instant now,
                        const Refill* refill) {
  regions_[region.value()].restart(log_, replicas, now, refill);
  if (region != write_region_) return;
  if (this->replicas(region).is_up(0)) lead_ways(now);
  commit_anew(now);
}

bool Partition::needs_election() const {
  const RegionReplicas& writing = replicas(write_region_);
  // A tier's backend has it, whoever is up.
  const bool has_all =
      plan().tier ? writing.up() > 0 : writing.up() + write_quorum_ > replica_count_;
  return in_log_order_ && !writing.is_up(0) && has_all;
}

// After a change of who is up, or who takes the writes.
void Partition::commit_anew(Instant now) {
  begin_round();
  last_commit_ = now;
  for (std::uint64_t lsn = committed_ + 1; lsn <= log_.last(); ++lsn) {
    log_.at(lsn).committed = Instant::never();
    if (!is_acknowledged_by_regions_) settle_commit(lsn, now);
  }
}

// What regions have said of entries that are not committed they say again.
void Partition::begin_round() {
  ++commit_round_;
  for (std::uint64_t& until : acknowledged_) until = committed_;
  for (std::uint64_t lsn = committed_ + 1; lsn <= log_.last(); ++lsn) {
    log_.at(lsn).acknowledged = 0;
  }
}

void Partition::leave_out(RegionId region) {
  is_awaited_[region.value()] = false;
  has_to_have_[region.value()] = not_back;
  begin_round();
}

bool Partition::admit(RegionId region, Instant now) {
  std::uint64_t& has_to_have = has_to_have_[region.value()];
  if (has_to_have == not_back) has_to_have = std::max(committed_, std::uint64_t{1});
  const bool was_awaited = is_awaited(region);
  if (!was_awaited && has_up_to(region, has_to_have, now)) {
    is_awaited_[region.value()] = true;
    has_to_have = std::max(committed_, std::uint64_t{1});
    begin_round();
  }
  if (is_awaited(region) && has_up_to(region, has_to_have, now)) has_to_have = 0;
  return is_awaited(region) && !was_awaited;
}

bool Partition::has_up_to(RegionId region, std::uint64_t lsn, Instant now) {
  return replicas(region).applied_by(log_, write_quorum_, now) >= std::min(lsn, committed_);
}

}  // namespace seatrial::models
