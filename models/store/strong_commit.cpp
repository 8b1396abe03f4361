// How a write becomes committed under strong consistency: every region has it on a local quorum
// and has said so to the write region's primary.
//
//   write region    append ────────────────────────────────> commit, reply
//                     │ own quorum ─────────────> ack        ^ all acks
//   read region       └──> door ──> local quorum ──> ack ────┘
//
// Law: regions report in events of their own, at the instants at which they have the entry; an
// entry that has no way, or whose report is lost, is looked at again every 10 ms (the first
// intervals of the published barrier; later ones are 30 ms there).
// Source: consistency-levels.md of the Azure Cosmos DB documentation (a global majority of regions,
// reduced to: all of them).
// Not modelled: the dynamic quorum, which drops a slow region and goes on without it.
#include "models/store/replica_service.hpp"

namespace seatrial::models {

namespace {
constexpr Duration look_again = Duration::milliseconds(10);
constexpr AttemptNumber different_reports = 4096;  // as many have names of their own
}  // namespace

void ReplicaService::await_regions(std::uint32_t index, std::uint64_t lsn) {
  for (std::uint32_t i = 0; i < regions_; ++i) report(index, lsn, RegionId{i}, 0);
}

// `lost`: how many reports of this region did not arrive; each report has luck of its own.
void ReplicaService::report(std::uint32_t index, std::uint64_t lsn, RegionId region,
                            AttemptNumber lost) {
  const Instant now = simulation_.now();
  Partition& partition = partitions_[index];
  const auto again = [this, index, lsn, region, lost] { report(index, lsn, region, lost); };
  const std::optional<Instant> quorum = partition.quorum_arrival(lsn, region, now);
  if (!quorum || *quorum > now) {
    const std::optional<Instant> known = quorum ? quorum : partition.next_door(region, now);
    simulation_.schedule(known && *known > now ? *known : now + look_again, again);
    return;
  }
  const LogEntry& entry = partition.entry(lsn);
  const auto attempt = static_cast<AttemptNumber>(entry.attempt + lost);
  const MessageName name = store_message(entry.write, StoreLeg::acknowledgement, attempt, region);
  const Place from = place_of(index, ReplicaAddress{region, 0});
  const Place to = place_of(index, ReplicaAddress{write_region_, 0});
  std::optional<Duration> travelling = Duration{};
  if (region != write_region_) travelling = network_.delay(from, to, header_bytes, name, now);
  if (!travelling) {
    const auto next = static_cast<AttemptNumber>((lost + 1) % different_reports);
    simulation_.schedule(look_again,
                         [this, index, lsn, region, next] { report(index, lsn, region, next); });
    return;
  }
  simulation_.schedule(*travelling, [this, index, lsn] {
    partitions_[index].acknowledge(lsn, simulation_.now());
    commit_due(index);
  });
}

}  // namespace seatrial::models
