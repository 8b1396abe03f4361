// The client library with which a pod reaches its broker: one per pod.
//
// A request without an answer fails when the client next looks for timeouts, which it does only
// every `timeout_check`: a 50 ms timeout checked each second fires after 50 to 1,050 ms. A breaker
// opens after a number of failures in a row; while it is open requests fail at once; after
// `retry_after` one request probes, and what becomes of it alone decides. What was sent before the
// breaker opened no longer counts.
//
//   closed ──open_after failures in a row──> open ──retry_after──> probing ──ok──> closed
//                                              ^──────────failed──────┘
//
// Source: StackExchange.Redis looks for timeouts in its heartbeat; the breaker's states are those
// of common resilience libraries. The pod's loss of connections is not noticed otherwise.
// Not modelled: connections and their re-establishment, backlogs, pipelining.
#pragma once

#include <optional>

#include "models/broker/broker.hpp"
#include "sim/task.hpp"

namespace seatrial::models {

class Breaker {
 public:
  explicit Breaker(const BreakerConfig& config) : config_{config} {}

  enum class Admission { refused, request, probe };

  // Whether a request may be sent now.
  Admission admit(Instant now);
  // An admitted request, sent at `sent`, has ended.
  void ended(Admission admission, bool ok, Instant sent, Instant now);
  bool is_open() const { return is_open_; }

 private:
  const BreakerConfig& config_;
  bool is_open_ = false;
  bool is_probing_ = false;
  std::int64_t failures_in_a_row_ = 0;
  std::optional<Instant> opened_at_;  // last
  Instant probe_at_;
};

class BrokerClient {
 public:
  // `check_phase`: when in its period this client looks for timeouts.
  BrokerClient(sim::Simulation&, Network&, const BrokerConfig&, Broker&, Place pod,
               Duration check_phase);

  // For an operation, which is about a document.
  sim::Task<BrokerAnswer> get(BrokerKey key, OperationName name, DocumentName document);
  sim::Task<BrokerAnswer> set(BrokerKey key, SessionToken token, OperationName name,
                              DocumentName document);

  bool is_in_other_region() const { return broker_.place().region != pod_.region; }
  bool breaker_is_open() const { return breaker_.is_open(); }

 private:
  sim::Task<BrokerAnswer> call(BrokerRequest request);
  void send(const BrokerRequest& request);
  // When a request that is sent now is found to have timed out.
  void tell(const OperationName& operation, Moment what) const;
  Instant deadline() const;

  sim::Simulation& simulation_;
  Network& network_;
  const BrokerConfig& config_;
  Broker& broker_;
  Place pod_;
  Duration check_phase_;
  Breaker breaker_;
};

}  // namespace seatrial::models
