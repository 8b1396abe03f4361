// Judges the session guarantees of Terry et al. (1994) while a run goes on: read-your-writes
// (RYW), monotonic reads (MR), monotonic writes (MW), writes-follow-reads (WFR) of each session
// and document, and read-your-writes of each user over all devices.
//
// Law: a good operation is judged at its *invocation*, against what its session (its user) then
// knew of that document: the newest version among the operations whose record came earlier and
// whose reply had completed by that instant (the same instant counts: a session that goes on at
// once has its reply). "Newest" is by epoch and lsn, not by time of completion.
//
//   guarantee  judges  opportunity: known by then               broken: the version is older than
//   RYW        reads   an own acknowledged write                the newest such write
//   MR         reads   an own good read                         the newest version read
//   MW         writes  an own acknowledged write                the newest such write
//   WFR        writes  an own good read                         the newest version read
//
// An operation that did not end well (unknown outcome included) is never required and never
// judged; that its version is seen all the same is no violation.
//
// Losses: what a takeover cut off before the operation was answered is required of nobody, also
// where the partition has split or been merged since (lost_versions.hpp). A read whose session had
// by then an acknowledged write of an epoch that has ended is an opportunity of `lost`, broken when
// the newest such write was cut off. That is a matter of durability, not of RYW.
//
// Not judged: dependencies between documents; operations longer than `longest_operation`, which
// are counted as unjudged. Memory: histories of users that have not left.
#pragma once

#include <cstdint>

#include "analysis/checkers/known_versions.hpp"
#include "analysis/checkers/lost_versions.hpp"
#include "models/observation.hpp"

namespace seatrial::analysis {

enum class Finding : std::uint8_t { no_opportunity, kept, broken };

// What a guarantee finds of one operation, and what it was held against.
struct Judged {
  Finding finding = Finding::no_opportunity;
  models::Version floor;  // what had to be seen
  models::Duration age;   // invocation minus completion of the floor's operation
};

struct Judgement {
  Judged ryw, mr, ryw_user;  // of a read
  Judged mw, wfr;            // of an update
  Judged lost;               // of a read: durability over an epoch's end
};

class SessionGuarantees {
 public:
  explicit SessionGuarantees(models::Duration longest_operation = models::Duration::seconds(600))
      : longest_operation_{longest_operation} {}

  Judgement operation(const models::OperationObserved&);
  void takeover(const models::TakeoverObserved& seen) { lost_.takeover(seen); }
  void partitions(const models::PartitionsObserved& seen) { lost_.partitions(seen); }
  void user_left(const models::UserLeft& left) { known_.forget(left.user); }

  std::uint64_t unjudged() const { return unjudged_; }
  std::size_t alive() const { return known_.alive(); }
  std::size_t capacity() const { return known_.capacity(); }

 private:
  void judge_read(const KnownVersions::Known&, const models::OperationObserved&, Judgement&) const;
  void judge_update(const KnownVersions::Known&, const models::OperationObserved&,
                    Judgement&) const;
  void learn(const KnownVersions::Known&, const models::OperationObserved&);

  Judged judge(const VersionHistory&, const models::OperationObserved&) const;
  Judged judge_loss(const VersionHistory&, const models::OperationObserved&) const;

  KnownVersions known_;
  LostVersions lost_;
  models::Duration longest_operation_;
  models::Instant last_completed_;
  std::uint64_t unjudged_ = 0;
};

}  // namespace seatrial::analysis
