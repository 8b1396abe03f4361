// Token transport: how a session token reaches the pod that needs it, beyond the pod's own cache.
// Transports are asked in the order of /session_token/carry; the newest token wins.
#pragma once

#include <memory>
#include <optional>

#include "models/network/place.hpp"
#include "models/observation.hpp"
#include "models/pods/pods_config.hpp"
#include "models/store/session_token.hpp"
#include "sim/task.hpp"

namespace seatrial::models {

class BrokerClient;

// One request as a transport sees it. It lives in the pod's process and outlives every call.
struct TokenContext {
  OperationName name;
  DocumentName document;
  PartitionId partition;
  std::optional<PartitionId> parent;  // of which the partition came by a split
  SessionToken from_client;           // what the device sent along
  SessionToken to_client;             // what goes back with the reply
  SessionToken from_message;          // what the message carried that set the operation off
  SessionToken to_message;            // what messages about the operation are to carry
  SessionToken published;             // the newest that a transport which costs a call already has
  std::uint16_t broker_calls = 0;     // that were sent
  std::uint16_t cross_region_calls = 0;
  Bytes cross_region_bytes = 0;
};

struct TokenFound {
  SessionToken token;        // none: this transport knows of none
  bool unavailable = false;  // the transport did not answer
};

// What a pod has for its transports.
struct TransportTools {
  const SessionTokenConfig* config = nullptr;
  BrokerClient* broker = nullptr;  // null when the scenario has no broker
};

class TokenTransport {
 public:
  virtual ~TokenTransport() = default;
  virtual TokenSource source() const = 0;
  virtual sim::Task<TokenFound> fetch(TokenContext& context) = 0;
  // Stores a token that a request met. False: it could not be stored.
  virtual sim::Task<bool> publish(TokenContext& context, SessionToken token) = 0;
  // Whether it costs a call, so that it is asked only when a read needs a token, and may publish
  // later.
  virtual bool costs_a_call() const = 0;
};

class TransportKind : public StrategyKind {
 public:
  virtual bool needs_broker() const = 0;
  virtual std::unique_ptr<TokenTransport> make(TransportTools tools) const = 0;
};

}  // namespace seatrial::models
