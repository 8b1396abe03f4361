// The token broker of one region: a Redis server with a single thread. Entries are session tokens
// with a time to live; SET replaces, or keeps the higher token (`merge_max`, a Lua script).
//
//   client ──GET key──> [link] ──> FIFO, one thread ──> entry ──> [link] ──> client
//
// Source of the defaults of service times: redis-benchmark as published in the Redis documentation
// (74,239 SET/s without pipelining, 508,388 GET/s with 16).
// An unreachable broker keeps its entries: what comes to it vanishes, and it answers nobody.
// Not modelled: memory limit and eviction, replicas and failover, pipelining, connection set-up.
#pragma once

#include <cstdint>
#include <deque>
#include <unordered_map>
#include <utility>

#include "models/broker/broker_config.hpp"
#include "models/network/network.hpp"
#include "models/network/place.hpp"
#include "models/observation.hpp"
#include "models/store/session_token.hpp"
#include "sim/fifo_servers.hpp"
#include "sim/random/stream.hpp"
#include "sim/reply_slot.hpp"
#include "sim/simulation.hpp"

namespace seatrial::models {

// Either way: RESP framing, key and token; assumed.
inline constexpr Bytes broker_message_bytes = 120;

struct BrokerKey {
  std::uint64_t owner = 0;  // session, or the document's owner
  std::uint32_t part = 0;   // partition, or the document's data class
  std::uint32_t is_document = 0;
  constexpr bool operator==(const BrokerKey&) const = default;

  static BrokerKey of(SessionId session, PartitionId partition) {
    return {session.value(), partition.value(), 0};
  }
  static BrokerKey of(const DocumentName& document) {
    return {document.owner, document.data_class.value(), 1};
  }
};

// `breaker_open`: nothing was sent.
enum class BrokerStatus : std::uint8_t { ok, refused, timed_out, breaker_open };

struct BrokerAnswer {
  BrokerStatus status = BrokerStatus::ok;
  SessionToken token;  // none: no entry, or it expired
};

struct BrokerRequest {
  BrokerKey key;
  SessionToken token;  // none: GET
  OperationName name;
  DocumentName document;  // of the operation
  Place from;
  sim::ReplyAddress reply_to;

  bool is_get() const { return token.is_none(); }
  // What a trace is told alike of the request and of its answer.
  MessageTraced traced(Place broker, Instant now) const {
    MessageTraced message;
    message.operation = name;
    message.kind = is_get() ? OperationKind::read : OperationKind::update;
    message.region = broker.region;
    message.sent = now;
    return message;
  }
};

class Broker {
 public:
  // `owners_may_be_gone`: tokens come after their users have left (published later), so nobody
  // says which entries can go, and they must be freed when they expire.
  Broker(sim::Simulation&, Network&, const BrokerConfig&, Place, const sim::RandomSource&,
         Observer&, bool owners_may_be_gone = false);

  Place place() const { return place_; }
  // A request has come over the network.
  void arrive(const BrokerRequest& request);
  BrokerState state() const { return state_; }
  void set_state(BrokerState state) { state_ = state; }
  // The owner of an entry is gone: nobody will ask for it again.
  void forget(const BrokerKey& key) { entries_.erase(key); }

  std::size_t entries() const { return entries_.size(); }

 private:
  struct Entry {
    SessionToken token;
    Instant expires;
  };
  struct KeyHash {
    std::size_t operator()(const BrokerKey& key) const;
  };

  Duration service_time(const BrokerRequest& request) const;
  BrokerAnswer execute(const BrokerRequest& request);
  void free_expired(Instant now);
  void reply(const BrokerRequest& request, BrokerAnswer answer);
  // Of an answer that nobody waits for any more: what the way to another region has cost.
  void tell_late(const BrokerRequest& request) const;

  sim::Simulation& simulation_;
  Network& network_;
  Observer& observer_;
  const BrokerConfig& config_;
  Place place_;
  sim::StreamKey service_key_;
  sim::FifoServers thread_{1};
  BrokerState state_ = BrokerState::up;
  std::unordered_map<BrokerKey, Entry, KeyHash> entries_;  // looked up, never iterated
  bool owners_may_be_gone_;
  std::deque<std::pair<Instant, BrokerKey>> to_expire_;  // only filled when owners may be gone
};

}  // namespace seatrial::models
