#include "models/store/replication/bus_feed.hpp"

#include <algorithm>

#include "models/observation.hpp"
#include "models/store/message_names.hpp"

namespace seatrial::models {

namespace {
constexpr std::uint32_t most_sends = 64;  // of one batch; then it is taken for stored
}  // namespace

BusFeed::BusFeed(const Network& network, const ReplicaLag& lag, const sim::RandomSource& random,
                 std::uint32_t index)
    : network_{network},
      lag_{lag},
      plan_{*lag.plan().bus},
      produce_key_{random.key(sim::Purpose{"store/bus produce"})},
      consume_key_{random.key(sim::Purpose{"store/bus consume"})},
      phase_key_{random.key(sim::Purpose{"store/bus poll phase"})},
      index_{index},
      partitions_(static_cast<std::size_t>(plan_.partitions)) {}

void BusFeed::add_consumer(RegionId region) {
  consumers_.push_back({region, 0});
  for (std::uint32_t i = 0; i < partitions_.size(); ++i) {
    sim::Stream draws{phase_key_, std::uint64_t{index_} << 32 | i, region.value()};
    const auto period = static_cast<double>(plan_.poll_delay.ns());
    Position position;
    position.next_poll =
        Instant::at(Duration::nanoseconds(static_cast<std::int64_t>(draws.uniform() * period)));
    partitions_[i].positions.push_back(std::move(position));
  }
}

// Every region's way to the bus hands the entry over; the first one does.
void BusFeed::publish(std::uint64_t lsn, const LogEntry& entry, Instant now) {
  if (lsn != first_place_ + places_.size()) return;
  ++published_;
  const std::uint32_t number = entry.document_hash % static_cast<std::uint32_t>(partitions_.size());
  BusPartition& partition = partitions_[number];
  const bool is_open = !partition.batches.empty() && now < partition.batches.back().closes;
  if (!is_open) {
    Batch opened;
    opened.first = entry.write;
    opened.attempt = entry.attempt;
    opened.closes = now + plan_.linger;
    partition.batches.push_back(opened);
  }
  Batch& batch = partition.batches.back();
  batch.size += entry.bytes;
  ++batch.entries;
  batch.last_lsn = lsn;
  if (batch.size >= plan_.batch) batch.closes = now;
  places_.push_back({number, partition.first + partition.batches.size() - 1});
}

std::size_t BusFeed::consumer_of(RegionId region) const {
  std::size_t consumer = 0;
  while (consumers_[consumer].region != region) ++consumer;
  return consumer;
}

std::optional<Instant> BusFeed::at_door(std::uint64_t lsn, RegionId region, Instant now) {
  if (lsn >= first_place_ + places_.size()) return std::nullopt;
  const Place place = places_[lsn - first_place_];
  BusPartition& partition = partitions_[place.partition];
  const std::optional<Instant> read = read_at(partition, consumer_of(region), place.batch, now);
  if (!read || *read > now) return std::nullopt;
  const Batch& batch = partition.batches[place.batch - partition.first];
  const MessageName name = store_message(batch.first, StoreLeg::entry, batch.attempt, region);
  return network_.replication_arrival(lag_.write_region(), region, name, *read, now);
}

// A batch that is closed will not change, and is stored when the bus has it.
void BusFeed::store_final(BusPartition& partition, Instant now) {
  while (partition.stored.size() < partition.batches.size()) {
    const Batch& batch = partition.batches[partition.stored.size()];
    if (batch.closes > now) return;
    const Instant before = partition.stored.empty() ? Instant{} : partition.stored.back().at;
    partition.stored.push_back(stored(batch, before));
  }
}

BusFeed::Stored BusFeed::stored(const Batch& batch, Instant not_before) const {
  sim::Stream draws{produce_key_, batch.first.session.value(), batch.first.index,
                    static_cast<std::uint8_t>(batch.attempt)};
  Stored result;
  result.copies = 0;
  Instant sent = batch.closes;
  for (std::uint32_t sends = 1;; ++sends) {
    const bool is_lost = draws.uniform() < plan_.lost;
    const Duration way = plan_.publish.sample_duration(draws);
    const bool is_acknowledged = draws.uniform() >= plan_.unacknowledged;
    if (!is_lost && result.copies++ == 0) result.at = std::max(not_before, sent + way);
    if (!is_lost && is_acknowledged) return result;
    if (sends == most_sends) break;
    sent = sent + plan_.retry_after;
  }
  if (result.copies == 0) result = {std::max(not_before, sent), 1};
  return result;
}

std::optional<Instant> BusFeed::read_at(BusPartition& partition, std::size_t consumer,
                                        std::uint64_t batch, Instant now) {
  store_final(partition, now);
  Position& position = partition.positions[consumer];
  const std::size_t wanted = batch - partition.first;
  while (position.read_at.size() <= wanted) {
    const std::size_t next = position.read_at.size();
    if (next == partition.stored.size()) return std::nullopt;
    position.read_at.push_back(
        next_read(position, partition.stored[next].at, consumers_[consumer].region));
  }
  return position.read_at[wanted];
}

Instant BusFeed::next_read(Position& position, Instant stored, RegionId region) const {
  Instant read = position.last_read;
  if (stored > position.last_read) {
    read = std::max(position.next_poll, stored);
    if (plan_.poll_delay > Duration{} && stored > position.next_poll) {
      const std::int64_t empty_reads =
          (stored - position.next_poll - Duration::nanoseconds(1)) / plan_.poll_delay + 1;
      read = position.next_poll + plan_.poll_delay * empty_reads;
    }
  }
  if (stored >= plan_.upgrade_from && stored < plan_.upgrade_until) {
    read = std::max(read, plan_.upgrade_until);
  }
  position.last_read = read;
  const Duration round_trip = network_.base_one_way(region, lag_.write_region()) +
                              network_.base_one_way(lag_.write_region(), region);
  position.next_poll = std::max(position.next_poll, read + round_trip);
  return read;
}

// How often a consumer reads a batch again, because it failed before it had said that it is done.
std::uint32_t BusFeed::redeliveries(const Batch& batch, RegionId region) const {
  sim::Stream draws{consume_key_, batch.first.session.value(),
                    std::uint64_t{batch.first.index} << 14 | region.value(),
                    static_cast<std::uint8_t>(batch.attempt)};
  std::uint32_t again = 0;
  while (again < most_sends && draws.uniform() < plan_.redelivered) ++again;
  return again;
}

void BusFeed::add_delivered(const Batch& batch, const Stored& stored, RegionId region) {
  const std::uint64_t copies = stored.copies + redeliveries(batch, region);
  applied_ += batch.entries;
  delivered_ += batch.entries * copies;
}

void BusFeed::forget(std::uint64_t lsn, RegionId region) {
  consumers_[consumer_of(region)].forgotten = lsn;
  for (const Consumer& consumer : consumers_) lsn = std::min(lsn, consumer.forgotten);
  for (; first_place_ <= lsn && !places_.empty(); ++first_place_) places_.pop_front();
  forget_batches(lsn);
}

void BusFeed::forget_batches(std::uint64_t lsn) {
  for (BusPartition& partition : partitions_) {
    while (!partition.stored.empty() && partition.batches.front().last_lsn <= lsn) {
      for (const Consumer& consumer : consumers_) {
        add_delivered(partition.batches.front(), partition.stored.front(), consumer.region);
      }
      for (Position& position : partition.positions) position.read_at.pop_front();
      partition.batches.pop_front();
      partition.stored.pop_front();
      ++partition.first;
    }
  }
}

void BusFeed::count(ReplicationObserved& seen, Instant now) {
  const std::uint64_t applied = applied_, delivered = delivered_;
  for (BusPartition& partition : partitions_) {
    for (std::size_t i = 0; i < partition.batches.size(); ++i) {
      const Batch& batch = partition.batches[i];
      for (const Consumer& consumer : consumers_) {
        const std::optional<Instant> door = at_door(batch.last_lsn, consumer.region, now);
        if (door && *door <= now) add_delivered(batch, partition.stored[i], consumer.region);
      }
    }
  }
  seen.bus_published += published_;
  seen.bus_applied += applied_;
  seen.bus_delivered += delivered_;
  seen.bus_duplicates += delivered_ - applied_;
  seen.bus_waiting += published_ * consumers_.size() - applied_;
  applied_ = applied;
  delivered_ = delivered;
}

}  // namespace seatrial::models
