// What a device asks of a pod and what it gets back.
#pragma once

#include <optional>

#include "models/network/place.hpp"
#include "models/observation.hpp"
#include "models/store/session_token.hpp"
#include "models/store/store.hpp"
#include "models/trace.hpp"
#include "sim/simulation.hpp"

namespace seatrial::models {

struct Request {
  OperationName name;
  OperationKind kind = OperationKind::read;
  DocumentName document_name;
  DocumentHandle document;
  PartitionId partition;
  SessionToken client_token;    // of the document's partition
  SessionToken message_token;   // of the message that set the operation off
  std::uint64_t paths = 0;      // that an update changes, a bit each; 0: not told apart
  std::optional<Version> seen;  // of the document, by the device; nothing: it has read none
  RegionId door;                // the front door's region, where the reply goes
  Instant deadline;             // of the front door
  TruthTicket truth;
  sim::ReplyAddress reply_to;
};

struct Reply {
  Outcome outcome = Outcome::ok;
  Degraded degraded = Degraded::no;
  TokenSent token;
  SessionToken client_token;   // what the device is to carry from now on
  SessionToken message_token;  // what messages about this operation are to carry
  PodId pod;
  std::uint16_t broker_calls = 0;
  std::uint16_t cross_region_calls = 0;  // to the broker; the store's are in `store`
  Bytes cross_region_bytes = 0;          // likewise
  Bytes size = 0;                        // of the reply itself
  StoreAnswer store;                     // as far as the store was called
};

// What a trace is told of a reply, wherever it is on its way.
inline MessageTraced traced(const Request& request, const Reply& reply) {
  MessageTraced message;
  message.operation = request.name;
  message.said = reply.outcome == Outcome::ok ? Said::ok : Said::failed;
  message.kind = request.kind;
  message.number = reply.pod.value();
  message.token = reply.client_token;
  message.version = reply.store.version;
  return message;
}

}  // namespace seatrial::models
