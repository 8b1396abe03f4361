// Who wrote each path of each document last, so that it is known exactly what an update overwrites.
//
//   version   1 (A)   2 (B)   3 (C)        PATCH of path 1 by somebody who has seen version 1:
//   path 0      x               x          overwrites version 2, which is lost
//   path 1      x       x                  PATCH of path 0 by the same: overwrites version 3
//
// Law: only the document's primary asks and tells, in the order of the log. What a writer wrote
// itself is no news to it. A replace, an insert and a delete change every path.
// Not modelled: operations that commute (incr, add at an array's end) and lose nothing on the same
// path: give such a class more paths.
#pragma once

#include <cstdint>
#include <vector>

#include "models/observation.hpp"
#include "models/sessions/workload_config.hpp"

namespace seatrial::models {

class DocumentPaths {
 public:
  explicit DocumentPaths(const std::vector<DataClassConfig>& data);

  // A slot is taken by a document of this class; all its paths are as at the start.
  void open(std::uint32_t slot, DataClassId data_class);

  // Whether one of these paths was changed, after `seen`, by another session than this.
  bool changed_since(std::uint32_t slot, std::uint64_t paths, const Version& seen,
                     SessionId writer) const;
  // `paths` 0: all.
  void changed(std::uint32_t slot, std::uint64_t paths, const Version& by, SessionId writer);
  // Later versions are lost. What a path had before them is not kept: it counts as changed by the
  // newest that is left.
  void cut_after(std::uint32_t slot, std::uint64_t ordinal);

 private:
  // By epoch and ordinal: after a loss ordinals are given again.
  struct Change {
    std::uint32_t epoch = 0;
    std::uint64_t ordinal = 0;
    SessionId writer;
    bool is_after(const Version& seen) const {
      return epoch == seen.epoch ? ordinal > seen.ordinal : epoch > seen.epoch;
    }
  };

  std::vector<std::size_t> paths_;           // by data class
  bool is_needed_ = false;                   // some class has paths
  std::vector<std::vector<Change>> latest_;  // by slot and path; empty: not told apart
};

}  // namespace seatrial::models
