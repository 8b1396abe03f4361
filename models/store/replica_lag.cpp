#include "models/store/replica_lag.hpp"

#include "models/store/message_names.hpp"

namespace seatrial::models {

ReplicaLag::ReplicaLag(const StoreConfig& config, const Network& network,
                       const sim::RandomSource& random, RegionId write_region)
    : network_{network},
      write_region_{write_region},
      is_strong_{config.consistency == Consistency::strong},
      varies_every_{config.replication_lag.varies_every},
      link_{config.replication_lag.link},
      entry_{config.replication_lag.entry},
      in_region_{config.in_region_lag},
      link_key_{random.key(sim::Purpose{"store/link lag"})},
      entry_key_{random.key(sim::Purpose{"store/entry lag"})},
      in_region_key_{random.key(sim::Purpose{"store/in-region lag"})},
      latest_(network.regions()) {
  SEATRIAL_ASSERT(varies_every_ > Duration{}, "the link's lag must last");
}

sim::Stream ReplicaLag::stream_of(sim::StreamKey key, const LogEntry& entry, RegionId region) {
  return {key, entry.write.session.value(), std::uint64_t{entry.write.index} << 14 | region.value(),
          static_cast<std::uint8_t>(entry.attempt)};
}

void ReplicaLag::in_write_region(const LogEntry& entry, std::span<Instant> row) const {
  sim::Stream lags = stream_of(in_region_key_, entry, write_region_);
  row[0] = entry.appended;
  for (std::size_t i = 1; i < row.size(); ++i) {
    row[i] = entry.appended + in_region_.sample_duration(lags);
  }
}

std::optional<Instant> ReplicaLag::at_door(const LogEntry& entry, RegionId region,
                                           Instant now) const {
  const Instant sent = is_strong_ ? entry.appended : entry.committed;
  if (sent > now) return std::nullopt;
  const MessageName name = store_message(entry.write, StoreLeg::entry, entry.attempt, region);
  const std::optional<Instant> arrival =
      network_.replication_arrival(write_region_, region, name, sent, now);
  if (!arrival || link_.is_zero()) return arrival;
  return *arrival + link_lag(region, sent);
}

std::optional<Instant> ReplicaLag::commit_notice(const LogEntry& entry, RegionId region,
                                                 Instant now) const {
  const MessageName name =
      store_message(entry.write, StoreLeg::commit_notice, entry.attempt, region);
  return network_.replication_arrival(write_region_, region, name, entry.committed, now);
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

Duration ReplicaLag::link_lag(RegionId region, Instant sent) const {
  LinkLag& latest = latest_[region.value()];
  const std::int64_t stretch = sent.since_start() / varies_every_;
  if (latest.stretch != stretch) {
    sim::Stream lag{link_key_, region.value(), static_cast<std::uint64_t>(stretch)};
    latest.stretch = stretch;
    latest.lag = link_.sample_duration(lag);
  }
  return latest.lag;
}

}  // namespace seatrial::models
