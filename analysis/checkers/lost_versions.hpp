// Which versions a takeover has cut off: by the observer's records of takeovers.
//
// Law: a version is lost from the instant of the first takeover that began a later epoch and kept
// less of the log than the version's entry.
#pragma once

#include <algorithm>
#include <vector>

#include "models/observation.hpp"

namespace seatrial::analysis {

class LostVersions {
 public:
  void takeover(const models::TakeoverObserved& seen) { takeovers_.push_back(seen); }

  bool any() const { return !takeovers_.empty(); }

  bool is_lost(models::PartitionId partition, const models::Version& version,
               models::Instant by) const {
    return std::any_of(takeovers_.begin(), takeovers_.end(), [&](const auto& takeover) {
      return takeover.partition == partition && takeover.at <= by &&
             version.epoch < takeover.epoch && version.lsn > takeover.survived;
    });
  }

  // Whether the version's epoch has ended by then, with it or without.
  bool has_outlived(models::PartitionId partition, const models::Version& version,
                    models::Instant by) const {
    return std::any_of(takeovers_.begin(), takeovers_.end(), [&](const auto& takeover) {
      return takeover.partition == partition && takeover.at <= by && version.epoch < takeover.epoch;
    });
  }

 private:
  std::vector<models::TakeoverObserved> takeovers_;
};

}  // namespace seatrial::analysis
