#include "models/store/multi_write/partition_set.hpp"

#include <algorithm>
#include <bit>

namespace seatrial::models {

namespace {
constexpr std::uint64_t appends_per_trim = 256;

std::uint64_t lsn_of(const SessionToken& token, std::size_t origin) {
  return origin == 0 ? token.lsn : token.further[origin - 1];
}

void add_to(SessionToken& token, std::size_t origin, std::uint64_t lsn) {
  if (lsn != 0) token.epoch = PartitionSet::epoch;
  if (origin == 0) {
    token.lsn = lsn;
  } else {
    SEATRIAL_ASSERT(lsn <= UINT32_MAX, "a log that is longer than a token can tell");
    token.further[origin - 1] = static_cast<std::uint32_t>(lsn);
  }
}

VersionLink highest(std::span<const VersionLink> links) {
  return *std::max_element(
      links.begin(), links.end(),
      [](const VersionLink& a, const VersionLink& b) { return a.stamp < b.stamp; });
}
}  // namespace

// Of what a replica holds, the stamp that stands on each path; exact above a bound.
class PartitionSet::PathStamps {
 public:
  void raise(const VersionLink& link) {
    if (link.paths == all_paths) {
      everywhere_ = std::max(everywhere_, link.stamp);
      return;
    }
    for (PathMask left = link.paths; left != 0; left &= left - 1) {
      Stamp& stamp = by_path_[static_cast<std::size_t>(std::countr_zero(left))];
      stamp = std::max(stamp, link.stamp);
    }
  }
  // Whether every path of the version has something newer.
  bool hide(const VersionLink& link) const {
    if (everywhere_ > link.stamp) return true;
    if (link.paths == 0) return false;
    for (PathMask left = link.paths; left != 0; left &= left - 1) {
      if (by_path_[static_cast<std::size_t>(std::countr_zero(left))] < link.stamp) return false;
    }
    return true;
  }

 private:
  Stamp everywhere_ = 0;
  std::array<Stamp, 64> by_path_{};
};

PartitionSet::PartitionSet(const ReplicaLag& lag, const StoreConfig& config,
                           const WriteRegions& write_regions, const ConflictClock& clock,
                           std::uint32_t regions)
    : clock_{clock},
      regions_{regions},
      in_log_order_{config.apply_order == ApplyOrder::in_log_order} {
  SEATRIAL_ASSERT(write_regions.count() <= most_write_regions, "more write regions than a token");
  origins_.reserve(write_regions.count());
  for (std::uint32_t i = 0; i < write_regions.count(); ++i) {
    const RegionId region = write_regions.region_of(OriginId{i});
    origins_.push_back(Origin{region, Partition{lag, config, regions, region}, VersionLog{}});
  }
}

bool PartitionSet::has(std::size_t origin, std::uint64_t lsn, ReplicaPlace at, Instant now) {
  Partition& partition = origins_[origin].partition;
  return partition.replicas(at.region).has(partition.log(), lsn, at.replica, now);
}

PartitionSet::Held PartitionSet::held_by(ReplicaPlace at, DocumentHeads heads, Instant now) {
  Held held;
  for (std::size_t origin = 0; origin < origins_.size(); ++origin) {
    VersionLink link = heads[origin];
    while (link.lsn != 0 && !has(origin, link.lsn, at, now)) {
      link = origins_[origin].versions.before(link);
    }
    held[origin] = link;
  }
  return held;
}

PartitionSet::Appended PartitionSet::append(OriginId origin, const Write& write,
                                            DocumentHeads heads,
                                            std::vector<FoundConflict>& conflicts) {
  if (appended_++ % appends_per_trim == 0) trim(write.at);
  Origin& own = origins_[origin.value()];
  const VersionLink seen = newest_at({own.region, 0}, heads, write.at);

  WrittenVersion written;
  written.previous = heads[origin.value()];
  written.appended = write.at;
  written.write = write.name;
  written.version.ordinal = write.ordinal;
  written.version.paths = write.paths;
  written.meant = write.meant;
  written.version.gone = write.is_delete ? write.at : write.gone;
  written.version.stamp =
      next_stamp({origin, clock_.at(origin, write.at), write.is_delete}, seen.stamp);

  LogEntry entry;
  entry.write = write.name;
  entry.attempt = write.attempt;
  entry.appended = write.at;
  entry.previous_lsn = written.previous.lsn;
  entry.ordinal = write.ordinal;
  written.version.lsn = own.partition.append(entry);
  written.committed = own.partition.log().at(written.version.lsn).committed;

  Appended appended;
  appended.is_in_conflict = meets_concurrent(origin, written, heads, conflicts);
  own.versions.append(written);
  heads[origin.value()] = written.version;
  appended.version = written.version;
  appended.committed = written.committed;
  return appended;
}

// Walks what other regions have written and this region's primary does not hold. In log order a
// version that has lost all these paths to this region already ends the walk: what it lost to had
// not seen those before it either, so they are lost, too.
bool PartitionSet::meets_concurrent(OriginId origin, WrittenVersion& written, DocumentHeads heads,
                                    std::vector<FoundConflict>& conflicts) {
  const ReplicaPlace primary{origins_[origin.value()].region, 0};
  bool meets = false;
  for (std::uint32_t i = 0; i < origins_.size(); ++i) {
    if (i == origin.value()) continue;
    VersionLog& theirs = origins_[i].versions;
    const std::uint64_t prefix =
        origins_[i].partition.applied(primary.region, primary.replica, written.appended);
    for (VersionLink link = heads[i]; link.lsn > prefix && theirs.knows(link.lsn);
         link = theirs.before(link)) {
      WrittenVersion& other = theirs.at(link.lsn);
      const PathMask paths = written.version.paths;
      if (!have_common_path(link.paths, paths) || has(i, link.lsn, primary, written.appended))
        continue;
      meets = true;
      const bool is_over = in_log_order_ && paths != 0 && other.lost_to == origin &&
                           (other.lost_there & paths) == paths;
      decide(origin, written, OriginId{i}, other, conflicts);
      if (is_over) break;
    }
  }
  return meets;
}

void PartitionSet::decide(OriginId a_in, WrittenVersion& a, OriginId b_in, WrittenVersion& b,
                          std::vector<FoundConflict>& conflicts) {
  const PathMask common = a.version.paths & b.version.paths;
  const bool a_wins = a.version.stamp > b.version.stamp;
  WrittenVersion& lost = a_wins ? b : a;
  const WrittenVersion& winner = a_wins ? a : b;
  const OriginId winner_in = a_wins ? a_in : b_in;
  if (!lost.is_lost) {
    FoundConflict conflict;
    conflict.lost_in = a_wins ? b_in : a_in;
    conflict.lost = lost.write;
    conflict.lost_version = lost.version;
    conflict.won_in = winner_in;
    conflict.won = winner.write;
    conflict.winner = winner.version;
    conflicts.push_back(conflict);
  }
  lost.is_lost = true;
  lost.lost_there = lost.lost_to == winner_in ? lost.lost_there | common : common;
  lost.lost_to = winner_in;
}

bool PartitionSet::changed_since(ReplicaPlace at, DocumentHeads heads, PathMask paths, Stamp since,
                                 SessionId writer, Instant now) {
  for (std::size_t origin = 0; origin < origins_.size(); ++origin) {
    const VersionLog& versions = origins_[origin].versions;
    for (VersionLink link = heads[origin]; link.stamp > since; link = versions.before(link)) {
      if (!have_common_path(link.paths, paths) || !has(origin, link.lsn, at, now)) continue;
      // Of what is trimmed the writer is forgotten: it has long been everywhere.
      if (!versions.knows(link.lsn)) return true;
      const WrittenVersion& other = versions.at(link.lsn);
      if (other.write.session != writer && have_common_path(other.meant, paths)) return true;
    }
  }
  return false;
}

bool PartitionSet::commit_is_due(OriginId origin, Instant now) const {
  return origins_[origin.value()].partition.commit_is_due(now);
}

const WrittenVersion& PartitionSet::commit_next(OriginId origin) {
  Origin& own = origins_[origin.value()];
  own.partition.commit_next();
  return own.versions.at(own.partition.committed());
}

std::vector<Instant> PartitionSet::commits_ahead(OriginId origin) const {
  const Origin& own = origins_[origin.value()];
  std::vector<Instant> commits;
  for (std::uint64_t lsn = own.partition.committed() + 1; lsn <= own.versions.last(); ++lsn) {
    commits.push_back(own.versions.at(lsn).committed);
  }
  return commits;
}

void PartitionSet::take_down(RegionId region, Instant now) {
  for (Origin& origin : origins_) {
    origin.partition.take_down(region, now);
    take_over_commits(origin);
  }
}

void PartitionSet::bring_up(RegionId region, Instant now) {
  for (Origin& origin : origins_) {
    origin.partition.bring_up(region, ~RegionReplicas::Some{}, now);
    take_over_commits(origin);
  }
}

void PartitionSet::take_over_commits(Origin& origin) {
  for (std::uint64_t lsn = origin.partition.committed() + 1; lsn <= origin.versions.last(); ++lsn) {
    origin.versions.at(lsn).committed = origin.partition.log().at(lsn).committed;
  }
}

SessionToken PartitionSet::applied(ReplicaPlace at, Instant now) {
  SessionToken token;
  for (std::size_t origin = 0; origin < origins_.size(); ++origin) {
    add_to(token, origin, origins_[origin].partition.applied(at.region, at.replica, now));
  }
  return token;
}

SessionToken PartitionSet::applied_everywhere(Instant now) {
  SessionToken token;
  for (std::size_t origin = 0; origin < origins_.size(); ++origin) {
    add_to(token, origin, applied_everywhere(origin, now));
  }
  return token;
}

VersionLink PartitionSet::newest_at(ReplicaPlace at, DocumentHeads heads, Instant now) {
  return highest(held_by(at, heads, now));
}

VersionLink PartitionSet::newest_committed(std::span<const VersionLink> heads, Instant now) const {
  VersionLink newest;
  for (std::size_t origin = 0; origin < origins_.size(); ++origin) {
    const VersionLog& versions = origins_[origin].versions;
    VersionLink link = heads[origin];
    while (versions.knows(link.lsn) && versions.at(link.lsn).committed > now) {
      link = versions.before(link);
    }
    if (link.stamp > newest.stamp) newest = link;
  }
  return newest;
}

Stamp PartitionSet::covered_by(const SessionToken& token, DocumentHeads heads) const {
  Stamp covered = 0;
  for (std::size_t origin = 0; origin < origins_.size(); ++origin) {
    VersionLink link = heads[origin];
    while (link.lsn > lsn_of(token, origin)) link = origins_[origin].versions.before(link);
    covered = std::max(covered, link.stamp);
  }
  return covered;
}

// The versions that were committed at the invocation and that the replica lacks.
std::vector<const WrittenVersion*>& PartitionSet::not_held(const Invocation& invocation,
                                                           ReplicaPlace at, DocumentHeads heads,
                                                           Instant now) {
  missing_.clear();
  for (std::size_t origin = 0; origin < origins_.size(); ++origin) {
    const VersionLog& versions = origins_[origin].versions;
    const std::uint64_t prefix = origins_[origin].partition.applied(at.region, at.replica, now);
    for (VersionLink link = heads[origin]; link.lsn > prefix && versions.knows(link.lsn);
         link = versions.before(link)) {
      const WrittenVersion& version = versions.at(link.lsn);
      if (version.committed > invocation.at || has(origin, link.lsn, at, now)) continue;
      missing_.push_back(&version);
    }
  }
  return missing_;
}

PartitionSet::PathStamps PartitionSet::path_stamps(ReplicaPlace at, DocumentHeads heads,
                                                   Stamp above, Instant now) {
  PathStamps stamps;
  for (std::size_t origin = 0; origin < origins_.size(); ++origin) {
    for (VersionLink link = heads[origin]; link.stamp > above;
         link = origins_[origin].versions.before(link)) {
      if (!has(origin, link.lsn, at, now)) continue;
      stamps.raise(link);
      if (link.paths == all_paths) break;  // what comes before is older everywhere
    }
  }
  return stamps;
}

Truth PartitionSet::judge(const Invocation& invocation, ReplicaPlace at, DocumentHeads heads,
                          const SessionToken& barrier, Instant now) {
  Truth truth;
  truth.newest_committed_ordinal = invocation.newest_ordinal;
  const std::vector<const WrittenVersion*>& missing = not_held(invocation, at, heads, now);
  if (missing.empty()) return truth;
  Stamp lowest = missing.front()->version.stamp;
  for (const WrittenVersion* version : missing) lowest = std::min(lowest, version->version.stamp);
  const PathStamps stamps = path_stamps(at, heads, lowest, now);
  for (const WrittenVersion* version : missing) {
    if (stamps.hide(version->version)) continue;
    ++truth.versions_behind;
    truth.behind = std::max(truth.behind, invocation.at - version->committed);
    const std::size_t origin = origin_of(version->version.stamp).value();
    const std::uint64_t assured =
        std::max(lsn_of(barrier, origin), applied_everywhere(origin, now));
    if (version->version.lsn <= assured) truth.allowed = false;
  }
  return truth;
}

Duration PartitionSet::replication_lag(RegionId region, Instant now) {
  Duration greatest;
  for (Origin& origin : origins_) {
    greatest = std::max(greatest, origin.partition.replication_lag(region, now));
  }
  return greatest;
}

void PartitionSet::tell_end(PartitionId partition, RegionId region, Instant then,
                            StoreWitness& witness) {
  for (Origin& origin : origins_) {
    const RegionReplicas& replicas = origin.partition.replicas(region);
    for (std::size_t i = 0; i != replicas.up(); ++i) {
      ReplicaAtEnd end;
      end.partition = partition;
      end.region = region;
      end.replica = static_cast<std::uint8_t>(i);
      end.applied = origin.partition.applied(region, i, then);
      end.log = origin.partition.state(then);
      witness.at_end(end);
    }
  }
}

std::uint64_t PartitionSet::applied_everywhere(std::size_t origin, Instant now) {
  Partition& partition = origins_[origin].partition;
  std::uint64_t lowest = partition.log().last();
  for (std::uint32_t i = 0; i < regions_; ++i) {
    lowest = std::min(lowest, partition.replicas(RegionId{i}).applied_by_all(partition.log(), now));
  }
  return lowest;
}

// What some replica lacks may lose to anything that came after it, or a little before by a clock
// that is ahead; none of that goes.
void PartitionSet::trim(Instant now) {
  Instant oldest_lacking = now;
  for (std::size_t origin = 0; origin < origins_.size(); ++origin) {
    const VersionLog& versions = origins_[origin].versions;
    const std::uint64_t lacking = applied_everywhere(origin, now) + 1;
    if (!versions.knows(lacking)) continue;
    oldest_lacking = std::min(oldest_lacking, versions.at(lacking).appended);
  }
  const Duration age = oldest_lacking.since_start();
  const Instant before = Instant::at(age > clock_.blur() ? age - clock_.blur() : Duration{});
  for (Origin& origin : origins_) {
    const std::uint64_t uncommitted = origin.partition.committed() + 1;
    origin.versions.trim(uncommitted, before);
  }
}

}  // namespace seatrial::models
