// What a trace is told of a quorum's messages. Answers that nobody waited for are left out, and the
// requests that they answer. A replica that crashes while a write's message is on its way gets it
// in the trace's messages; when it got it in truth, the trace is told apart.
#include "models/store/quorum/quorum_protocol.hpp"

namespace seatrial::models {

namespace {
MessageTraced message_of(const OperationName& operation, OperationKind kind, RegionId region,
                         std::size_t replica) {
  MessageTraced message;
  message.operation = operation;
  message.kind = kind;
  message.region = region;
  message.number = static_cast<std::uint32_t>(replica);
  return message;
}
}  // namespace

void QuorumProtocol::tell(Trace& trace, const Sent& sent, const QuorumDelivery& delivery) {
  for (std::size_t i = 0; i < delivery.replicas; ++i) {
    MessageTraced message = message_of(sent.write.name, OperationKind::update, sent.region, i);
    message.hop = Hop::pod_to_replica;
    message.sent = sent.write.sent;
    const bool is_lost = delivery.arrives[i] == Instant::never();
    if (!is_lost) message.arrives = delivery.arrives[i];
    trace.message(message);
    if (is_lost) continue;
    message.hop = Hop::replica_to_pod;
    message.said = Said::ok;
    message.sent = delivery.arrives[i];
    message.arrives = delivery.acknowledged[i];
    message.version = sent.version;
    trace.message(message);
  }
  if (!arrivals_may_change_) return tell_applied(trace, sent.document, sent.version, sent.region);
  followed_.push_back({sent.handle, sent.version, sent.region, sent.write.name.session});
}

// Only what has come, for the rest may change.
void QuorumProtocol::look_at_followed() {
  std::erase_if(followed_, [this](const FollowedWrite& write) {
    const std::uint32_t slot = Documents::slot_of(write.document);
    if (!documents_.is_open(write.document) || !chains_[slot].knows(write.version)) return true;
    Trace* const trace = network_.trace_of(write.session);
    if (trace != nullptr) tell_applied(*trace, slot, write.version, write.region);
    return false;
  });
}

void QuorumProtocol::tell_asked(Trace& trace, const StoreRequest& request, Instant sent,
                                std::span<const ReadAnswer> answers) const {
  for (const ReadAnswer& answer : answers) {
    MessageTraced message =
        message_of(request.name, OperationKind::read, request.from.region, answer.replica);
    message.hop = Hop::pod_to_replica;
    message.sent = sent;
    message.arrives = sent + answer.asked;
    trace.message(message);
  }
}

void QuorumProtocol::tell_answers(Trace& trace, const StoreRequest& request, Instant sent,
                                  const ReadDraw& draw) const {
  const std::uint32_t document = Documents::slot_of(request.document);
  for (const ReadAnswer& answer : draw.first()) {
    MessageTraced message =
        message_of(request.name, OperationKind::read, request.from.region, answer.replica);
    message.hop = Hop::replica_to_pod;
    message.said = Said::ok;
    message.sent = sent + answer.asked;
    message.arrives = sent + answer.answered;
    message.version = chains_[document].newest_at(answer.replica, message.sent);
    if (message.version.lsn != 0) message.token = {message.version.epoch, message.version.lsn};
    trace.message(message);
    tell_applied(trace, document, message.version, request.from.region);
  }
}

void QuorumProtocol::tell_applied(Trace& trace, std::uint32_t document, Version version,
                                  RegionId region) const {
  const VersionChain& chain = chains_[document];
  if (!chain.knows(version)) return;
  for (std::size_t i = 0; i < static_cast<std::size_t>(config_.replicas); ++i) {
    AppliedTraced applied;
    applied.partition = PartitionId{documents_.at(document).partition};
    applied.lsn = version.lsn;
    applied.region = region;
    applied.replica = static_cast<std::uint8_t>(i);
    applied.at = chain.arrival(version, i);
    const bool is_settled = !arrivals_may_change_ || applied.at <= simulation_.now();
    if (is_settled) trace.applied(applied);
  }
}

}  // namespace seatrial::models
