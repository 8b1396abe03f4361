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
      partitions_(static_cast<std::size_t>(plan_.partitions)),
      source_{lag.write_region()} {}

void BusFeed::add_consumer(RegionId region) {
  if (consumer_of(region) != consumers_.size()) return;
  consumers_.push_back({region, 0});
  for (std::uint32_t i = 0; i < partitions_.size(); ++i) {
    sim::Stream draws{phase_key_, std::uint64_t{index_} << 32 | i, region.value()};
    const auto longest = static_cast<double>(period(region, source_).ns());
    Position position;
    position.next_poll =
        Instant::at(Duration::nanoseconds(static_cast<std::int64_t>(draws.uniform() * longest)));
    partitions_[i].positions.push_back(std::move(position));
  }
}

// Every region's way to the bus hands the entry over; the first one does. Those of one flush come
// in any order of their instant.
void BusFeed::publish(std::uint64_t lsn, const LogEntry& entry, Instant now) {
  const std::uint64_t next = first_place_ + places_.size();
  if (lsn > next) early_.emplace(lsn, entry);
  if (lsn != next) return;
  accept(lsn, entry, now);
  while (!early_.empty() && early_.begin()->first == first_place_ + places_.size()) {
    const auto following = early_.extract(early_.begin());
    accept(following.key(), following.mapped(), now);
  }
}

void BusFeed::accept(std::uint64_t lsn, const LogEntry& entry, Instant now) {
  ++published_;
  due_ += readers_of(source_);
  const std::uint32_t number = entry.document_hash % static_cast<std::uint32_t>(partitions_.size());
  places_.push_back({number, Place::unsent, true, {}});
  if (is_running_) put(lsn, entry, now);
}

void BusFeed::put(std::uint64_t lsn, const LogEntry& entry, Instant now) {
  Place& place = places_[lsn - first_place_];
  BusPartition& partition = partitions_[place.partition];
  const bool is_open = !partition.batches.empty() && !partition.batches.back().is_sealed &&
                       now < partition.batches.back().closes;
  if (!is_open) {
    Batch opened;
    opened.first = entry.write;
    opened.attempt = entry.attempt;
    opened.closes = now + plan_.linger;
    opened.source = source_;
    partition.batches.push_back(opened);
  }
  Batch& batch = partition.batches.back();
  batch.size += entry.bytes;
  if (place.counts) ++batch.entries;
  batch.last_lsn = lsn;
  batch.work = std::max(batch.work, work_of(entry));
  place.work = batch.work;
  if (batch.size >= plan_.batch) batch.closes = now;
  place.batch = partition.first + partition.batches.size() - 1;
}

void BusFeed::stop(Instant now) {
  if (!is_running_) return;
  is_running_ = false;
  for (BusPartition& partition : partitions_) {
    store_final(partition, now);
    while (!partition.stored.empty() && partition.stored.back().at > now) {
      partition.stored.pop_back();
    }
    partition.batches.resize(partition.stored.size());
  }
  for (Place& place : places_) {
    const BusPartition& partition = partitions_[place.partition];
    const bool is_gone = place.batch >= partition.first + partition.batches.size();
    if (is_gone) place.batch = Place::unsent;
  }
}

void BusFeed::lead(RegionId source, const PartitionLog& log, Instant now) {
  if (is_running_) return;
  is_running_ = true;
  source_ = source;
  for (std::size_t i = 0; i < places_.size(); ++i) {
    const std::uint64_t lsn = first_place_ + i;
    if (places_[i].batch == Place::unsent) put(lsn, log.at(lsn), now);
  }
}

void BusFeed::truncate_after(std::uint64_t survived) {
  early_.erase(early_.upper_bound(survived), early_.end());
  bool any = false;
  for (; !places_.empty() && first_place_ + places_.size() - 1 > survived; places_.pop_back()) {
    any = true;
    const Place place = places_.back();
    const bool is_sent = place.batch != Place::unsent;
    if (place.counts) {
      --published_;
      due_ -= readers_of(is_sent ? batch_at(place).source : source_);
      if (is_sent) --batch_at(place).entries;
    }
    if (is_sent) batch_at(place).last_lsn = 0;
  }
  if (!any) return;
  for (std::size_t i = 0; i < places_.size(); ++i) {
    if (places_[i].batch != Place::unsent) batch_at(places_[i]).last_lsn = first_place_ + i;
  }
  forget_batches(first_place_ - 1);
}

void BusFeed::go_on_after(std::uint64_t lsn) {
  places_.clear();
  first_place_ = lsn + 1;
  for (Consumer& consumer : consumers_) consumer.forgotten = lsn;
  for (BusPartition& partition : partitions_) {
    partition.first += partition.batches.size();
    partition.batches.clear();
    partition.stored.clear();
    for (Position& position : partition.positions) {
      position.read_at.clear();
      position.wired.clear();
      position.done.clear();
    }
  }
}

BusFeed BusFeed::copy_that_counts_nothing() const {
  BusFeed copy = *this;
  copy.published_ = copy.due_ = copy.delivered_ = copy.applied_ = 0;
  for (Place& place : copy.places_) place.counts = false;
  for (BusPartition& partition : copy.partitions_) {
    for (Batch& batch : partition.batches) {
      batch.entries = 0;
      batch.is_sealed = true;
    }
  }
  return copy;
}

std::size_t BusFeed::consumer_of(RegionId region) const {
  std::size_t consumer = 0;
  while (consumer < consumers_.size() && consumers_[consumer].region != region) ++consumer;
  return consumer;
}

std::uint64_t BusFeed::readers_of(RegionId source) const {
  return consumers_.size() - (consumer_of(source) == consumers_.size() ? 0 : 1);
}

std::optional<Instant> BusFeed::at_door(std::uint64_t lsn, RegionId region, Instant now) {
  if (lsn >= first_place_ + places_.size()) return std::nullopt;
  const Place place = places_[lsn - first_place_];
  if (place.batch == Place::unsent) return std::nullopt;
  BusPartition& partition = partitions_[place.partition];
  const std::size_t consumer = consumer_of(region);
  if (!has_come(partition, consumer, place.batch, now)) return std::nullopt;
  const Position& position = partition.positions[consumer];
  const std::size_t batch = place.batch - partition.first;
  const Instant before = batch == 0 ? position.done_before : position.done[batch - 1];
  return std::max(before, position.wired[batch] + place.work);
}

bool BusFeed::has_come(BusPartition& partition, std::size_t consumer, std::uint64_t batch,
                       Instant now) {
  Position& position = partition.positions[consumer];
  const RegionId region = consumers_[consumer].region;
  for (std::size_t i = position.done.size(); i <= batch - partition.first; ++i) {
    const std::optional<Instant> read = read_at(partition, consumer, partition.first + i, now);
    if (!read || *read > now) return false;
    const Batch& next = partition.batches[i];
    const MessageName name = store_message(next.first, StoreLeg::entry, next.attempt, region);
    const std::optional<Instant> arrival =
        network_.replication_arrival(next.source, region, name, *read, now);
    if (!arrival) return false;
    const Instant before = i == 0 ? position.done_before : position.done[i - 1];
    position.wired.push_back(lag_.after_link(*arrival, next.source, region, *read));
    position.done.push_back(std::max(before, position.wired[i] + next.work));
  }
  return true;
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
    if (next == partition.stored.size() || partition.stored[next].at > now) return std::nullopt;
    position.read_at.push_back(next_read(position, partition.stored[next].at,
                                         consumers_[consumer].region,
                                         partition.batches[next].source));
  }
  return position.read_at[wanted];
}

Instant BusFeed::next_read(Position& position, Instant stored, RegionId region,
                           RegionId bus) const {
  Instant read = position.last_read;
  if (stored > position.last_read) {
    read = std::max(position.next_poll, stored);
    const Duration between = period(region, bus);
    if (between > Duration{} && stored > position.next_poll) {
      const std::int64_t empty_reads =
          (stored - position.next_poll - Duration::nanoseconds(1)) / between + 1;
      read = position.next_poll + between * empty_reads;
    }
  }
  if (stored >= plan_.upgrade_from && stored < plan_.upgrade_until) {
    read = std::max(read, plan_.upgrade_until);
  }
  position.last_read = read;
  position.next_poll = std::max(position.next_poll, read + round_trip(region, bus));
  return read;
}

Duration BusFeed::round_trip(RegionId region, RegionId bus) const {
  return network_.base_one_way(region, bus) + network_.base_one_way(bus, region);
}

Duration BusFeed::period(RegionId region, RegionId bus) const {
  if (plan_.poll_delay == Duration{}) return {};
  return plan_.poll_delay + round_trip(region, bus);
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
  if (region == batch.source) return;
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
      for (Position& position : partition.positions) {
        if (!position.read_at.empty()) position.read_at.pop_front();
        if (position.done.empty()) continue;
        position.done_before = position.done.front();
        position.wired.pop_front();
        position.done.pop_front();
      }
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
      if (batch.entries == 0) continue;
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
  seen.bus_waiting += due_ - applied_;
  applied_ = applied;
  delivered_ = delivered;
}

}  // namespace seatrial::models
