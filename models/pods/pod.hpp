// A stateless pod: serves requests of devices with a bounded number in flight and a few cores,
// finds the session token, calls the store, hands the token on, replies.
//
//   front door ──request──> queue ──> cpu ──> tokens ──> store ──> publish ──reply──> front door
//
// Law: what a pod knows dies with it. A killed pod resets its requests, loses its token cache and
// its broker client, and comes back empty.
// Not modelled: memory, garbage collection, connection pools, time-outs inside the pod other than
// the broker client's and the store client's.
#pragma once

#include <memory>
#include <vector>

#include "models/broker/broker_client.hpp"
#include "models/pods/request.hpp"
#include "models/store/store.hpp"
#include "models/strategies/degradation.hpp"
#include "models/strategies/token_transport.hpp"
#include "models/world_config.hpp"
#include "sim/fifo_servers.hpp"
#include "sim/process_group.hpp"
#include "sim/resource.hpp"

namespace seatrial::models {

// What all pods of a world share: the world around them.
struct PodSurroundings {
  sim::Simulation& simulation;
  Network& network;
  Store& store;
  const WorldConfig& config;
  Observer& observer;
  sim::StreamKey cpu_key;
  sim::StreamKey publish_key;
};

class Pod {
 public:
  // `broker` is null when no transport needs one.
  Pod(PodSurroundings surroundings, PodId id, Place place, Broker* broker, Duration check_phase);

  PodId id() const { return id_; }
  Place place() const { return place_; }
  bool is_ready() const { return is_ready_; }
  bool breaker_is_open() const { return broker_client_ && broker_client_->breaker_is_open(); }
  // Nothing is in flight or to be published later.
  bool is_idle() const { return processes_.size() == 0; }

  // A request has come over the network.
  void arrive(const Request& request);

  void kill();
  void restart();

 private:
  class PendingReply;

  sim::Process serve(Request request);
  // `cost`: of whom and where; what it is comes of the publication.
  sim::Process publish_later(TokenTransport& transport, TokenContext context, SessionToken token,
                             LateCost cost);
  sim::Task<> find_tokens(const Request& request, TokenContext& context, StoreRequest& wanted,
                          Reply& reply);
  sim::Task<> publish(TokenContext& context, const Request& request, SessionToken met,
                      Reply& reply);
  sim::Task<StoreAnswer> call_store(OperationKind kind, StoreRequest wanted);
  StoreRequest store_request(const Request& request) const;
  void start_empty();
  bool is_full() const;
  void degrade(StoreRequest& wanted, Reply& reply) const;
  Bytes reply_size(const Request& request, const Reply& reply) const;
  LateCost cost_of(const Request& request, const Reply& reply) const;
  void send_reply(const Request& request, const Reply& reply);
  void tell_cached_token(const Request& request, SessionToken token) const;
  SessionToken& cached_token(PartitionId partition) {
    const std::size_t index = partition.value();
    if (index >= token_cache_.size()) token_cache_.resize(index + 1);
    return token_cache_[index];
  }
  // With those of the partitions that this one came of: they hold for it, too.
  SessionToken known_token(const Request& request);

  PodSurroundings world_;
  PodId id_;
  Place place_;
  Broker* broker_;
  Duration check_phase_;
  DegradedRead degraded_read_ = DegradedRead::with_what_is_known;
  bool is_ready_ = true;
  sim::FifoServers cpu_;
  std::vector<SessionToken> token_cache_;  // by partition
  std::unique_ptr<BrokerClient> broker_client_;
  std::vector<std::unique_ptr<TokenTransport>> transports_;
  std::unique_ptr<sim::Resource> in_flight_;
  sim::ProcessGroup processes_;  // last: its processes use all of the above
};

}  // namespace seatrial::models
