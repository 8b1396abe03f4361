// Which versions a takeover has cut off: by the observer's records of takeovers, and of partitions
// that came of others.
//
// Law: a version is lost from the instant of the first takeover that began a later epoch and kept
// less of the log than the version's entry; a takeover of a partition that held the document then.
// These are the ones between where its version became known and where it is asked for:
//
//   written in 1 ──takeover of 1──> split: 1 ──> 4, 5 ──takeover of 4──> asked for in 4
//     looked at: takeovers of 1 and 4, not of 5; nor of 2, where 1 and 2 were merged into 4
//
// A partition is where the document was when the operation ended.
#pragma once

#include <algorithm>
#include <vector>

#include "analysis/checkers/version_history.hpp"
#include "models/observation.hpp"

namespace seatrial::analysis {

class LostVersions {
 public:
  void takeover(const models::TakeoverObserved& seen) { takeovers_.push_back(seen); }
  void partitions(const models::PartitionsObserved& seen) { families_.push_back(seen); }

  bool any() const { return !takeovers_.empty(); }

  // Of a document that is asked for in a partition.
  bool is_lost(const Step& known, models::PartitionId asked_in, models::Instant by) const {
    return std::any_of(takeovers_.begin(), takeovers_.end(), [&](const auto& takeover) {
      return known.version.lsn > takeover.survived && ends_its_epoch(takeover, known, asked_in, by);
    });
  }

  // Whether the version's epoch has ended by then, with it or without.
  bool has_outlived(const Step& known, models::PartitionId asked_in, models::Instant by) const {
    return std::any_of(takeovers_.begin(), takeovers_.end(), [&](const auto& takeover) {
      return ends_its_epoch(takeover, known, asked_in, by);
    });
  }

 private:
  bool ends_its_epoch(const models::TakeoverObserved& takeover, const Step& known,
                      models::PartitionId asked_in, models::Instant by) const {
    return takeover.at <= by && known.version.epoch < takeover.epoch &&
           continues(takeover.partition, known.partition) &&
           continues(asked_in, takeover.partition);
  }

  // Whether it is the other, or took over what that had.
  bool continues(models::PartitionId partition, models::PartitionId other) const {
    if (partition == other) return true;
    const auto has = [](const std::vector<models::PartitionId>& list, models::PartitionId one) {
      return std::find(list.begin(), list.end(), one) != list.end();
    };
    return std::any_of(families_.begin(), families_.end(), [&](const auto& family) {
      return has(family.after, partition) &&
             std::any_of(family.before.begin(), family.before.end(),
                         [&](models::PartitionId parent) { return continues(parent, other); });
    });
  }

  std::vector<models::TakeoverObserved> takeovers_;
  std::vector<models::PartitionsObserved> families_;
};

}  // namespace seatrial::analysis
