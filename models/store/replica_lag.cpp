#include "models/store/replica_lag.hpp"

#include <algorithm>

#include "models/store/message_names.hpp"

namespace seatrial::models {

ReplicaLag::ReplicaLag(const StoreConfig& config, const Network& network,
                       const sim::RandomSource& random, RegionId write_region, ReplicationPlan plan)
    : network_{network},
      write_region_{write_region},
      plan_{std::move(plan)},
      varies_every_{config.replication_lag.varies_every},
      link_{config.replication_lag.link},
      entry_{config.replication_lag.entry},
      in_region_{config.in_region_lag},
      link_key_{random.key(sim::Purpose{"store/link lag"})},
      entry_key_{random.key(sim::Purpose{"store/entry lag"})},
      in_region_key_{random.key(sim::Purpose{"store/in-region lag"})},
      latest_(std::size_t{network.regions()} * network.regions()) {
  SEATRIAL_ASSERT(varies_every_ > Duration{}, "the link's lag must last");
  plan_.votes.resize(network.regions(), Vote::none);
  plan_.ways.resize(network.regions(), Way::link);
}

sim::Stream ReplicaLag::stream_of(sim::StreamKey key, const LogEntry& entry, RegionId region) {
  return {key, entry.write.session.value(), std::uint64_t{entry.write.index} << 14 | region.value(),
          static_cast<std::uint8_t>(entry.attempt)};
}

void ReplicaLag::in_write_region(const LogEntry& entry, RegionId write_region,
                                 std::span<Instant> row) const {
  sim::Stream lags = stream_of(in_region_key_, entry, write_region);
  row[0] = entry.appended;
  for (std::size_t i = 1; i < row.size(); ++i) {
    row[i] = entry.appended + in_region_.sample_duration(lags);
  }
}

std::optional<Instant> ReplicaLag::at_door(const LogEntry& entry, const ReplicationSource& from,
                                           RegionId region, Instant now) const {
  const bool is_early = entry.waits && from.is_waited_for;
  return arrival_of(entry, from, region, is_early ? entry.appended : entry.committed, now);
}

std::optional<Instant> ReplicaLag::arrival_of(const LogEntry& entry, const ReplicationSource& from,
                                              RegionId region, Instant sent, Instant now) const {
  sent = std::max(sent, from.since);
  const Instant known = std::min(now, from.until);
  if (sent > known) return std::nullopt;
  const MessageName name = store_message(entry.write, StoreLeg::entry, entry.attempt, region);
  const std::optional<Instant> arrival =
      network_.replication_arrival(from.region, region, name, sent, known);
  if (!arrival) return arrival;
  const Instant unpacked = *arrival + work_of(entry);
  if (link_.is_zero()) return unpacked;
  const Duration lag = link_lag(from.region, region, sent);
  if (sent + lag > from.until) return std::nullopt;
  return unpacked + lag;
}

std::optional<Instant> ReplicaLag::commit_notice(const LogEntry& entry,
                                                 const ReplicationSource& from, RegionId region,
                                                 Instant now) const {
  const MessageName name =
      store_message(entry.write, StoreLeg::commit_notice, entry.attempt, region);
  const Instant sent = std::max(entry.committed, from.since);
  return network_.replication_arrival(from.region, region, name, sent, std::min(now, from.until));
}

std::optional<Instant> ReplicaLag::news_of_epoch(std::uint32_t epoch, const ReplicationSource& from,
                                                 RegionId region, Instant now) const {
  // No session has such a number.
  const OperationName takeover{SessionId{UINT64_MAX - from.region.value()}, epoch};
  const MessageName name = store_message(takeover, StoreLeg::entry, 0, region);
  return network_.replication_arrival(from.region, region, name, from.since, now);
}

std::optional<Instant> ReplicaLag::report(const LogEntry& entry, RegionId region,
                                          RegionId write_region, Instant held, Instant now) const {
  const MessageName name =
      store_message(entry.write, StoreLeg::acknowledgement, entry.attempt, region);
  return network_.replication_arrival(region, write_region, name, held, now);
}

void ReplicaLag::in_read_region(const LogEntry& entry, RegionId region, Instant door,
                                std::span<Instant> row) const {
  sim::Stream entry_lags = stream_of(entry_key_, entry, region);
  sim::Stream in_region_lags = stream_of(in_region_key_, entry, region);
  for (std::size_t i = 0; i < row.size(); ++i) {
    row[i] = door + entry_.sample_duration(entry_lags);
    if (i != 0) row[i] = row[i] + in_region_.sample_duration(in_region_lags);
  }
}

Duration ReplicaLag::link_lag(RegionId from, RegionId to, Instant sent) const {
  LinkLag& latest = latest_[std::size_t{from.value()} * network_.regions() + to.value()];
  const std::int64_t stretch = sent.since_start() / varies_every_;
  if (latest.stretch != stretch) {
    const std::uint64_t other_end = to.value();
    const std::uint64_t source = std::uint64_t{from.value()} + 1;
    const std::uint64_t link = from == write_region_ ? other_end : other_end | source << 8;
    sim::Stream lag{link_key_, link, static_cast<std::uint64_t>(stretch)};
    latest.stretch = stretch;
    latest.lag = link_.sample_duration(lag);
  }
  return latest.lag;
}

}  // namespace seatrial::models
