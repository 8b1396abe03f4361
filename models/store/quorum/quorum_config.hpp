// A quorum of replicas without a leader, as Dynamo and its kin keep data: how many replicas, how
// many of them answer before a read or a write is done, how long each message takes, and what
// brings a replica that lags up to date.
#pragma once

#include "models/fields.hpp"

namespace seatrial::models {

struct StoreConfig;

// One way each; drawn anew for every replica and operation, in ns.
struct QuorumLegs {
  sim::Distribution write = sim::Distribution::constant(0);       // coordinator to replica
  sim::Distribution write_ack = sim::Distribution::constant(0);   // and back
  sim::Distribution read = sim::Distribution::constant(0);        // coordinator to replica
  sim::Distribution read_reply = sim::Distribution::constant(0);  // and back
};

// What a replica has not acknowledged is kept by the coordinator and sent again.
struct HintedHandoffConfig {
  bool present = false;
  Duration after = Duration::seconds(2);
  Duration at_most = Duration::seconds(3 * 3600);
};

struct AntiEntropyConfig {
  bool present = false;
  Duration every;
};

struct QuorumConfig {
  static constexpr std::int64_t most_replicas = 32;

  std::int64_t replicas = 3;
  std::int64_t write_quorum = 2;
  std::int64_t read_quorum = 2;
  std::int64_t read_fanout = 0;  // replicas that a read is sent to; 0: all
  QuorumLegs legs;
  double lost_writes = 0;  // share of the messages to a replica that carry a version
  double read_repair = 0;  // share of reads
  HintedHandoffConfig hinted_handoff;
  AntiEntropyConfig anti_entropy;

  std::int64_t asked_by_read() const { return read_fanout == 0 ? replicas : read_fanout; }
  // Every set of replicas that answers a read meets every set that acknowledged a write.
  bool overlaps() const { return read_quorum + write_quorum > replicas; }
  // Every write comes to every replica, once, and nothing else does.
  bool only_writes() const {
    return lost_writes == 0 && read_repair == 0 && !hinted_handoff.present && !anti_entropy.present;
  }
};

void describe(FieldVisitor&, QuorumConfig&);

// The kind with these parameters.
std::shared_ptr<StrategyKind> make_quorum(const QuorumConfig&);

// What /store/replication says where its kind is `quorum`, else null.
const QuorumConfig* quorum_of(const StoreConfig&);

}  // namespace seatrial::models
