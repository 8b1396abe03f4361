// How a write becomes committed under strong consistency: every region has it on a local quorum
// and has said so to the write region's primary.
//
//   write region    append ────────────────────────────────> commit
//                     │ own quorum ──> reply ──> ack         ^ all acks
//   read region       └──> door ──> local quorum ──> ack ────┘
//
// With several regions the reply does not wait for the commit: the client asks for it
// (client_strong.cpp).
//
// Law: regions report in events of their own, at the instants at which they have the entry; an
// entry that has no way, or whose report is lost, is looked at again every 10 ms (the first
// intervals of the published barrier; later ones are 30 ms there).
// Source: consistency-levels.md of the Azure Cosmos DB documentation (a global majority of regions,
// reduced to: all of them).
// Not modelled: the dynamic quorum, which drops a slow region and goes on without it; only a region
// that is down is dropped (region_outage.cpp).
#include "models/store/replica_service.hpp"

namespace seatrial::models {

namespace {
constexpr Duration look_again = Duration::milliseconds(10);
constexpr AttemptNumber different_reports = 4096;  // as many have names of their own
}  // namespace

void ReplicaService::await_regions(std::uint32_t index, std::uint64_t lsn) {
  for (std::uint32_t i = 0; i < regions_; ++i) {
    const RegionId region{i};
    if (!partitions_[index].is_member(region)) continue;
    report(Report{index, partitions_[index].commit_round(), lsn, region, 0});
  }
}

// `lost`: how many reports of this region did not arrive; each report has luck of its own.
void ReplicaService::report(Report of) {
  const Instant now = simulation_.now();
  Partition& partition = partitions_[of.partition];
  if (of.round != partition.commit_round()) return;
  const std::optional<Instant> quorum = partition.quorum_arrival(of.lsn, of.region, now);
  if (!quorum || *quorum > now) {
    const std::optional<Instant> known = quorum ? quorum : partition.next_door(of.region, now);
    simulation_.schedule(known && *known > now ? *known : now + look_again,
                         [this, of] { report(of); });
    return;
  }
  if (of.region == partition.write_region() && regions_ > 1) {
    answer_before_commit(of.partition, of.lsn);
  }
  const LogEntry& entry = partition.entry(of.lsn);
  const auto attempt = static_cast<AttemptNumber>(entry.attempt + of.lost);
  const MessageName name =
      store_message(entry.write, StoreLeg::acknowledgement, attempt, of.region);
  const Place from = place_of(of.partition, ReplicaAddress{of.region, 0});
  const Place to = place_of(of.partition, ReplicaAddress{partition.write_region(), 0});
  std::optional<Duration> travelling = Duration{};
  if (of.region != to.region) travelling = network_.delay(from, to, header_bytes, name, now);
  if (!travelling) {
    of.lost = static_cast<AttemptNumber>((of.lost + 1) % different_reports);
    simulation_.schedule(look_again, [this, of] { report(of); });
    return;
  }
  simulation_.schedule(*travelling, [this, of] {
    if (of.round != partitions_[of.partition].commit_round()) return;
    partitions_[of.partition].acknowledge(of.lsn, simulation_.now());
    commit_due(of.partition);
  });
}

void ReplicaService::answer_before_commit(std::uint32_t index, std::uint64_t lsn) {
  Pending& pending = pending_[index][lsn - partitions_[index].committed() - 1];
  if (pending.is_answered) return;
  pending.is_answered = true;
  pending.answer.answered = simulation_.now();
  pending.answer.is_committed = false;
  reply(pending.request, pending.answer);
}

}  // namespace seatrial::models
