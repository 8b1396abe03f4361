// How a write becomes committed where other regions have a say: a region's quorum has it and the
// region has said so to the write region's primary; the rule of the mode (replication/plan.hpp)
// then tells whether that is enough.
//
//   write region    append ────────────────────────────────> commit, reply
//                     │ own quorum ─────────────> ack        ^ as many as the mode wants
//   other region      └──> door ──> local quorum ──> ack ────┘   or: at_most has passed
//
// Law: regions report in events of their own, at the instants at which they have the entry. What
// has not come to a region's door waits in one queue, in the order of the log, and only the first
// of it is looked at, when it comes: any number may wait for a region that catches up. While the
// first has no way to the region, or too few replicas there are up, it is looked at again every 10
// ms (the first intervals of the published barrier; later ones are 30 ms there); so is an entry
// whose report is lost. Under strong consistency the client is told when the write region has the
// entry, and asks for the commit. Source: consistency-levels.md of the Azure Cosmos DB
// documentation for strong consistency.
#include <algorithm>

#include "models/store/replica_service.hpp"

namespace seatrial::models {

namespace {
constexpr Duration look_again = Duration::milliseconds(10);
constexpr AttemptNumber different_reports = 4096;  // as many have names of their own
}  // namespace

void ReplicaService::await_regions(std::uint32_t index, std::uint64_t lsn) {
  Partition& partition = partitions_[index];
  const std::uint32_t round = partition.commit_round();
  for (std::uint32_t i = 0; i < regions_; ++i) {
    if (partition.is_asked(RegionId{i})) report(Report{index, round, lsn, RegionId{i}, 0});
  }
  const std::optional<Duration> at_most = partition.plan().at_most;
  if (at_most) {
    simulation_.schedule(*at_most, [this, index, round, lsn] {
      if (partitions_[index].commit_round() != round) return;
      partitions_[index].stop_waiting(lsn, simulation_.now());
      commit_due(index);
    });
  }
  watch_for_slow_regions(index);
}

// What was committed without a region it still reports, to the one of the partitions that go on
// with the log that has the document.
void ReplicaService::await_late_regions(std::uint32_t index) {
  Partition& partition = partitions_[index];
  if (!partition.is_acknowledged_by_regions()) return;
  for (std::uint32_t i = 0; i < regions_; ++i) {
    const RegionId region{i};
    if (!partition.is_asked(region)) continue;
    for (std::uint64_t lsn = partition.acknowledged(region) + 1; lsn <= partition.log().last();
         ++lsn) {
      const bool is_here = documents_.family().holds(index, partition.log().at(lsn).document_hash);
      if (!is_here) partition.acknowledge(lsn, region, simulation_.now());
      if (is_here) report(Report{index, partition.commit_round(), lsn, region, 0});
    }
  }
  watch_for_slow_regions(index);
}

// One look is scheduled at a time, while some region lacks something.
void ReplicaService::watch_for_slow_regions(std::uint32_t index) {
  if (watched_[index]) return;
  const Instant next = partitions_[index].drop_slow_regions(simulation_.now());
  if (next == Instant::never()) return;
  watched_[index] = true;
  simulation_.schedule(next, [this, index] {
    watched_[index] = false;
    watch_for_slow_regions(index);
    commit_due(index);
  });
}

// `lost`: how many reports of this region did not arrive; each report has luck of its own.
void ReplicaService::report(Report of) {
  const Instant now = simulation_.now();
  Partition& partition = partitions_[of.partition];
  if (of.round != partition.commit_round()) return;
  const std::optional<Instant> quorum = partition.quorum_arrival(of.lsn, of.region, now);
  if (quorum && *quorum <= now) {
    const bool is_own = of.region == partition.write_region();
    if (is_strong_ && is_own && regions_ > 1) answer_before_commit(of.partition, of.lsn);
    return send_report(of);
  }
  if (quorum) return simulation_.schedule(*quorum, [this, of] { report(of); });
  await_entry(of);
}

// A report of a new round, or one that was lost, may come before others.
void ReplicaService::await_entry(Report of) {
  std::deque<Report>& queue = at_door(of.partition, of.region).reports;
  const auto goes_before = [](const Report& a, const Report& b) { return a.lsn < b.lsn; };
  queue.insert(std::upper_bound(queue.begin(), queue.end(), of, goes_before), of);
  look_at_door_later(of.partition, of.region);
}

void ReplicaService::look_at_door_later(std::uint32_t index, RegionId region) {
  Door& door = at_door(index, region);
  if (door.reports.empty()) return;
  const Instant now = simulation_.now();
  const std::uint64_t first = door.reports.front().lsn;
  const Instant next =
      partitions_[index].comes_to_door(first, region, now).value_or(now + look_again);
  if (next >= door.next_look) return;
  door.next_look = next;
  simulation_.schedule(next, [this, index, region, next] {
    if (at_door(index, region).next_look == next) look_at_door(index, region);
  });
}

void ReplicaService::look_at_door(std::uint32_t index, RegionId region) {
  Door& door = at_door(index, region);
  Partition& partition = partitions_[index];
  door.next_look = Instant::never();
  while (!door.reports.empty()) {
    const Report first = door.reports.front();
    const bool is_void = first.round != partition.commit_round();
    if (!is_void && !partition.quorum_arrival(first.lsn, region, simulation_.now())) break;
    door.reports.pop_front();
    report(first);
  }
  look_at_door_later(index, region);
}

void ReplicaService::send_report(Report of) {
  const Partition& partition = partitions_[of.partition];
  const LogEntry& entry = partition.log().at(of.lsn);
  const auto attempt = static_cast<AttemptNumber>(entry.attempt + of.lost);
  const MessageName name =
      store_message(entry.write, StoreLeg::acknowledgement, attempt, of.region);
  const Place from = place_of(of.partition, ReplicaAddress{of.region, 0});
  const Place to = place_of(of.partition, ReplicaAddress{partition.write_region(), 0});
  std::optional<Duration> travelling = Duration{};
  if (of.region != to.region) {
    travelling = network_.delay(from, to, header_bytes, name, simulation_.now());
  }
  if (!travelling) {
    of.lost = static_cast<AttemptNumber>((of.lost + 1) % different_reports);
    simulation_.schedule(look_again, [this, of] { report(of); });
    return;
  }
  simulation_.schedule(*travelling, [this, of] {
    if (of.round != partitions_[of.partition].commit_round()) return;
    partitions_[of.partition].acknowledge(of.lsn, of.region, simulation_.now());
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
