// The event bus of one partition of the store: its entries, in batches, on the way to consumers in
// the other regions.
//
//   commit ──> producer: open batch of the document's bus partition
//                 └ full, or `linger` old ──> sent ──> stored in the bus    lost: sent again
//                                                 └ acknowledgement lost: stored twice
//   consumer of a region and bus partition: reads all that is stored, over the wire; after an empty
//   read, a round trip, it waits `poll_delay` (0: the bus tells it at once) ──> link lag, work of
//   packing at both ends ──> the region's replicas apply each version that they do not have
//
// Laws:
//  1. A bus partition keeps its order: what was slow to unpack holds up what follows. Entries of
//     different ones overtake each other.
//  2. At least once: a copy that comes again changes nothing, as an entry is applied when its first
//     copy arrives and a replica never goes back.
//  3. Published entries, times regions, are those applied and those under way; delivered copies are
//     those applied and the duplicates.
//  4. While producers write a newer version of the event than consumers understand, consumers stop
//     at the first such event and go on when they are upgraded.
//  5. The producer is part of the primary. What it has not sent when that goes down, the next
//     producer sends, if it is in the log that goes on. What is stored stays stored, where the
//     write region was: consumers read it there; events whose entry a takeover has cut off change
//     nothing and count no more.
// Every draw is named by the write that opened the batch.
// Sources: Kafka's ProducerConfig.java (batch.size 16384, linger.ms 5, acks=all), the change feed
// processor's ChangeFeedProcessorOptions.cs (at least once, 5 s after an empty read).
// Not modelled: brokers of the bus and their failure; rebalancing; a topic that several partitions
// of the store share, whose reads would be empty less often; a limit of one read.
#pragma once

#include <deque>
#include <map>
#include <vector>

#include "models/network/network.hpp"
#include "models/store/replica_lag.hpp"
#include "models/store/replication/outbound.hpp"

namespace seatrial::models {

class BusFeed {
 public:
  // `index`: of the partition, names the phases of its consumers.
  BusFeed(const Network& network, const ReplicaLag& lag, const sim::RandomSource& random,
          std::uint32_t index);

  void publish(std::uint64_t lsn, const LogEntry& entry, Instant now);
  std::optional<Instant> at_door(std::uint64_t lsn, RegionId region, Instant now);
  // The region has applied everything up to this LSN.
  void forget(std::uint64_t lsn, RegionId region);
  void add_consumer(RegionId region);  // once
  // The producer is down, and all that is known after `now` of what it would have sent is void.
  void stop(Instant now);
  // A producer in that region sends from now on, first what is left unsent.
  void lead(RegionId source, const PartitionLog& log, Instant now);
  void truncate_after(std::uint64_t survived);
  // Everything until this LSN has arrived.
  void go_on_after(std::uint64_t lsn);
  // For one part of a partition that splits, while the other goes on with this one.
  BusFeed copy_that_counts_nothing() const;
  bool is_first(RegionId region) const { return consumers_.front().region == region; }

  void count(ReplicationObserved& seen, Instant now);

 private:
  struct Batch {
    OperationName first;
    std::uint16_t attempt = 0;
    Instant closes;
    RegionId source;  // of whose write region it is
    Bytes size = 0;
    std::uint32_t entries = 0;  // that count
    std::uint64_t last_lsn = 0;
    Duration work;           // the most of an entry, at both ends
    bool is_sealed = false;  // nothing comes into it any more
  };
  struct Stored {
    Instant at;
    std::uint32_t copies = 1;
  };
  // What a consumer knows of a bus partition.
  struct Position {
    Instant next_poll;
    Instant last_read = Instant::at(Duration::nanoseconds(-1));
    std::deque<Instant> read_at;  // by batch, as far as it is known
    std::deque<Instant> wired;    // so too: it is here, and the link's lag over
    std::deque<Instant> done;     // so too: all of it is unpacked, and what came before
    Instant done_before;          // all that is forgotten
  };
  struct BusPartition {
    std::deque<Batch> batches;
    std::deque<Stored> stored;        // as far as it is known
    std::uint64_t first = 0;          // number of the first batch that is kept
    std::vector<Position> positions;  // by consumer
  };
  struct Place {
    static constexpr std::uint64_t unsent = UINT64_MAX;
    std::uint32_t partition = 0;
    std::uint64_t batch = 0;
    bool counts = true;
    Duration work;  // the most of those of its batch until here
  };
  struct Consumer {
    RegionId region;
    std::uint64_t forgotten = 0;
  };

  Batch& batch_at(const Place& place) {
    BusPartition& partition = partitions_[place.partition];
    return partition.batches[place.batch - partition.first];
  }
  std::uint64_t readers_of(RegionId source) const;
  // Into the open batch of its bus partition.
  void accept(std::uint64_t lsn, const LogEntry& entry, Instant now);
  void put(std::uint64_t lsn, const LogEntry& entry, Instant now);
  std::size_t consumer_of(RegionId region) const;
  void store_final(BusPartition& partition, Instant now);
  Stored stored(const Batch& batch, Instant not_before) const;
  // When the consumer reads a batch; nothing: it is not stored yet.
  std::optional<Instant> read_at(BusPartition& partition, std::size_t consumer, std::uint64_t batch,
                                 Instant now);
  // When a batch and all before it have come to the consumer; nothing: there is no route yet.
  bool has_come(BusPartition& partition, std::size_t consumer, std::uint64_t batch, Instant now);
  // Between two reads that find nothing.
  Duration period(RegionId region, RegionId bus) const;
  Duration round_trip(RegionId region, RegionId bus) const;
  Instant next_read(Position& position, Instant stored, RegionId region, RegionId bus) const;
  std::uint32_t redeliveries(const Batch& batch, RegionId region) const;
  void forget_batches(std::uint64_t lsn);
  void add_delivered(const Batch& batch, const Stored& stored, RegionId region);

  const Network& network_;
  const ReplicaLag& lag_;
  const BusPlan& plan_;
  sim::StreamKey produce_key_;
  sim::StreamKey consume_key_;
  sim::StreamKey phase_key_;
  std::uint32_t index_;
  std::vector<BusPartition> partitions_;
  std::vector<Consumer> consumers_;
  std::deque<Place> places_;                 // by LSN
  std::map<std::uint64_t, LogEntry> early_;  // that have come before the one before, by LSN
  std::uint64_t first_place_ = 1;
  RegionId source_;
  bool is_running_ = true;
  std::uint64_t published_ = 0;
  std::uint64_t due_ = 0;        // one for each entry and region that it is to come to
  std::uint64_t delivered_ = 0;  // of batches that are forgotten
  std::uint64_t applied_ = 0;
};

}  // namespace seatrial::models
