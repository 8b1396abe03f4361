// For a trace: when each replica of each region gets the entries that somebody follows.
//
// Law: arrivals are read when they are final and before they are forgotten, by whoever comes by;
// there are no events, and looking changes nothing (region_replicas.hpp, law 1).
#pragma once

#include <vector>

#include "models/store/partition.hpp"
#include "models/trace.hpp"

namespace seatrial::models {

class AppliedWatch {
 public:
  // An entry that was written or read by somebody who is followed.
  void add(PartitionId partition, std::uint64_t lsn, Trace& trace);

  // A new epoch of the log: its later LSNs are of other entries.
  void forget_after(PartitionId partition, std::uint64_t survived) {
    std::erase_if(watched_, [&](const Watched& watched) {
      return watched.partition == partition && watched.lsn > survived;
    });
  }

  // To be called before an append, which may forget arrivals, and now and then.
  void look(std::vector<Partition>& partitions, std::uint32_t regions, std::size_t replicas,
            Instant now) {
    if (watched_.empty()) [[likely]] {
      return;
    }
    tell_known(partitions, regions, replicas, now);
  }

 private:
  struct Watched {
    PartitionId partition;
    std::uint64_t lsn = 0;
    Trace* trace = nullptr;
    std::vector<bool> is_told;  // by region
    bool operator==(const Watched& other) const {
      return partition == other.partition && lsn == other.lsn;
    }
  };

  void tell_known(std::vector<Partition>& partitions, std::uint32_t regions, std::size_t replicas,
                  Instant now);
  static bool tell(const Watched& watched, RegionReplicas& replicas, const PartitionLog& log,
                   RegionId region, std::size_t count, Instant now);

  std::vector<Watched> watched_;
};

}  // namespace seatrial::models
