// Backups of the store in another region, each at one boundary: what every partition had committed
// at the same instant, its cut.
//
//   cut 1 ── bytes / rate + wire ──> complete      cut 2 ──> complete
//     └─────────── a restore in between loses what is younger than cut 1 ──┘
//
// Laws: a backup is complete when all partitions are; it holds what was committed since the cut
// before. A partition sends one cut after the other: at a rate below that of its changes every
// backup is later than the one before. A restore at an instant loses what is younger than the cut
// of the newest complete backup. Assumed: a cut costs the store nothing; the job sends at a rate of
// its own beside the rest. Not modelled: the time of a restore; bandwidth of links.
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "models/network/network.hpp"
#include "models/observation.hpp"
#include "models/store/store_config.hpp"
#include "sim/simulation.hpp"

namespace seatrial::models {

class Backup {
 public:
  // Until `end`.
  Backup(sim::Simulation& simulation, Network& network, const BackupConfig& config,
         RegionId write_region, std::size_t partitions, Instant end);

  void committed(std::uint32_t partition, Bytes bytes) {
    if (is_on_) changed_[partition] += bytes;
  }
  void add_partition() {
    changed_.push_back(0);
    free_.emplace_back();
  }
  // For the observer.
  void count(ReplicationObserved& seen, Instant now) const;
  // Of the cut of the newest complete backup: what a restore would lose. Nothing without backups.
  std::optional<Duration> age(Instant now) const;

 private:
  struct Cut {
    Instant at;
    Bytes bytes = 0;
    Instant sent;  // by the last partition: they travel side by side
  };

  void schedule_next();
  void cut();
  Duration sending(Bytes bytes) const;
  // Nothing: there is no route yet.
  std::optional<Instant> complete(const Cut& cut, std::uint32_t number, Instant now) const;

  sim::Simulation& simulation_;
  Network& network_;
  bool is_on_;
  Duration every_;
  double bytes_per_second_;
  RegionId from_;
  RegionId to_;
  Instant end_;
  std::vector<Bytes> changed_;  // by partition
  std::vector<Instant> free_;   // by partition: when it has sent the cuts before
  std::vector<Cut> cuts_;       // at most one for each `every`
};

}  // namespace seatrial::models
