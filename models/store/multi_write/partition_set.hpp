// One partition with several write regions: a log for each of them, and replicas in all regions,
// each of which is a vector of cuts, one through every log.
//
//   write region    West    1  2  3  4  5           a replica in East at (3, 6): it has applied
//                   East    1  2  3  4  5  6  7     three of West's writes and six of its own
//
// What a replica answers is, of the versions of the document before its cuts, the one with the
// highest stamp (stamp.hpp); versions below that changed other paths show through. So the answer
// is a function of the cuts alone: replicas with the same cuts hold the same, in whatever order the
// entries arrived, and all hold the same when everything has arrived.
//
// For the observer: two writes that change a common path conflict when neither was held by the
// primary that took the other. The one with the lower stamp is *lost*: its writer was told that it
// is committed, and on that path nobody will read it once both are everywhere. A reader misses a
// version when it was committed, is not held, and on some path of it nothing newer is.
//
// Laws:
//  1. A region's own log is what it would be with one write region: append, quorum, commit and
//     arrival elsewhere by Partition and ReplicaLag, by the same draws.
//  2. A version is trimmed when it and all that could win over it are applied everywhere.
//  3. Of a conflict the later of the two writes tells, at its append; each lost write once.
// Source: writes are committed in their region, then go to the others, which find conflicts by
// version vectors (global-dist-under-the-hood.md); each path of a PATCH by itself
// (partial-document-update.md).
// Not modelled: the hub, through which confirmed writes go to further regions (here every region
// gets every write from where it was written, and decides alike); merge procedures.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <vector>

#include "models/store/multi_write/conflict_clock.hpp"
#include "models/store/multi_write/version_log.hpp"
#include "models/store/multi_write/write_regions.hpp"
#include "models/store/partition.hpp"

namespace seatrial::models {

inline constexpr std::size_t most_write_regions = SessionToken::most_further + 1;

// A document's newest version in each write region's log, by origin.
using DocumentHeads = std::span<VersionLink>;

struct ReplicaPlace {
  RegionId region;
  std::size_t replica = 0;
};

// A lost write and what it lost to.
struct FoundConflict {
  OriginId lost_in;
  OperationName lost;
  VersionLink lost_version;
  OriginId won_in;
  OperationName won;
  VersionLink winner;
};

class PartitionSet {
 public:
  static constexpr std::uint32_t epoch = 1;

  PartitionSet(const ReplicaLag& lag, const StoreConfig& config, const WriteRegions& write_regions,
               const ConflictClock& clock, std::uint32_t regions);

  struct Write {
    OperationName name;
    std::uint16_t attempt = 0;
    std::uint64_t ordinal = 0;
    PathMask paths = all_paths;
    PathMask meant = all_paths;  // of these, what its writer wanted to change
    bool is_delete = false;
    Instant at;
    Instant gone = Instant::never();  // as in VersionLink; of a delete: `at`
  };
  struct Appended {
    VersionLink version;
    Instant committed;
    bool is_in_conflict = false;
  };
  // Adds what it finds lost to `conflicts`.
  Appended append(OriginId origin, const Write& write, DocumentHeads heads,
                  std::vector<FoundConflict>& conflicts);

  // Of the write region's own log.
  bool commit_is_due(OriginId origin, Instant now) const;
  // When each entry that is not committed will be; never: not before its region is up again.
  std::vector<Instant> commits_ahead(OriginId origin) const;
  const WrittenVersion& commit_next(OriginId origin);

  // All replicas of the region crash, and come back; what the others lack of its log waits so long.
  void take_down(RegionId region, Instant now);
  void bring_up(RegionId region, Instant now);

  // How far a replica is.
  SessionToken applied(ReplicaPlace at, Instant now);
  // And all of them.
  SessionToken applied_everywhere(Instant now);
  bool holds(OriginId origin, std::uint64_t lsn, ReplicaPlace at, Instant now) {
    return has(origin.value(), lsn, at, now);
  }
  // The winner of what a replica holds of a document; lsn 0: the document as it was at the start.
  VersionLink newest_at(ReplicaPlace at, DocumentHeads heads, Instant now);

  // Whether what the replica holds has changed one of the paths after `since`, by another session.
  bool changed_since(ReplicaPlace at, DocumentHeads heads, PathMask paths, Stamp since,
                     SessionId writer, Instant now);

  // For the observer.
  Truth judge(const Invocation& invocation, ReplicaPlace at, DocumentHeads heads,
              const SessionToken& barrier, Instant now);
  VersionLink newest_committed(std::span<const VersionLink> heads, Instant now) const;
  // The newest version of the document that a token makes sure of.
  Stamp covered_by(const SessionToken& token, DocumentHeads heads) const;
  Duration replication_lag(RegionId region, Instant now);
  // For a witness: of the replicas that are up, at the end all.
  void tell_end(PartitionId partition, RegionId region, Instant then, StoreWitness& witness);

  const VersionLog& versions(OriginId origin) const { return origins_[origin.value()].versions; }

 private:
  struct Origin {
    RegionId region;
    Partition partition;
    VersionLog versions;
  };
  using Held = std::array<VersionLink, most_write_regions>;
  class PathStamps;

  bool has(std::size_t origin, std::uint64_t lsn, ReplicaPlace at, Instant now);
  Held held_by(ReplicaPlace at, DocumentHeads heads, Instant now);
  bool meets_concurrent(OriginId origin, WrittenVersion& written, DocumentHeads heads,
                        std::vector<FoundConflict>& conflicts);
  static void decide(OriginId a_in, WrittenVersion& a, OriginId b_in, WrittenVersion& b,
                     std::vector<FoundConflict>& conflicts);
  PathStamps path_stamps(ReplicaPlace at, DocumentHeads heads, Stamp above, Instant now);
  std::vector<const WrittenVersion*>& not_held(const Invocation& invocation, ReplicaPlace at,
                                               DocumentHeads heads, Instant now);
  std::uint64_t applied_everywhere(std::size_t origin, Instant now);
  static void take_over_commits(Origin& origin);
  void trim(Instant now);

  const ConflictClock& clock_;
  std::uint32_t regions_;
  bool in_log_order_;
  std::vector<Origin> origins_;
  std::vector<const WrittenVersion*> missing_;  // of the judgement that is under way
  std::uint64_t appended_ = 0;
};

}  // namespace seatrial::models
