#include "analysis/explain/draw.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/explain/exchanges.hpp"
#include "analysis/explain/lanes.hpp"
#include "analysis/explain/verdict.hpp"
#include "models/store/quorum/quorum_config.hpp"

namespace seatrial::analysis {

using models::Hop;
using models::Instant;
using models::MessageTraced;
using models::MomentTraced;
using models::OperationKind;
using models::Said;

namespace {

class Sketch {
 public:
  explicit Sketch(const Scene& scene) : scene_{scene}, lanes_{scene} {}

  Diagram draw() {
    draw(scene_.before);
    draw(scene_.read);
    mark_arrival();
    mark_end();
    diagram_.policy = scene_.policy.name;
    diagram_.wrong = scene_.wrong;
    diagram_.verdict = verdict_of(scene_);
    diagram_.lanes = lanes_.all();
    const auto sooner = [](const auto& one, const auto& other) { return one.sent < other.sent; };
    std::stable_sort(diagram_.messages.begin(), diagram_.messages.end(), sooner);
    const auto earlier = [](const Mark& one, const Mark& other) { return one.at < other.at; };
    std::stable_sort(diagram_.marks.begin(), diagram_.marks.end(), earlier);
    return std::move(diagram_);
  }

 private:
  void draw(const TracedOperation& operation) {
    draw_way_in(operation);
    if (&operation == &scene_.read) mark_token();
    for (const MessageTraced& message : operation.messages) {
      if (message.hop == Hop::pod_to_broker) draw_to_broker(operation, message);
      if (message.hop == Hop::broker_to_pod) draw_from_broker(operation, message);
    }
    for (const MomentTraced& moment : operation.moments) draw_moment(operation, moment);
    draw_store(operation);
    draw_way_out(operation);
  }

  void draw_way_in(const TracedOperation& operation) {
    const auto kind = static_cast<std::size_t>(operation.seen.kind);
    for (const MessageTraced& message : operation.messages) {
      if (message.hop != Hop::door_to_pod) continue;
      std::string label{models::operation_kind_names[kind]};
      label += " " + data_name(scene_);
      if (!message.token.is_none()) label += ", carries " + lsn_text(message.token);
      Message& drawn = add(lanes_.device(operation), lanes_.pod(operation), message, label);
      drawn.sent = operation.seen.invoked - scene_.zero();
      drawn.role = role_of_request(operation);
    }
  }

  Role role_of_request(const TracedOperation& operation) const {
    if (&operation != &scene_.read) return Role::plain;
    const bool saves =
        scene_.saving == Saving::client_token || scene_.saving == Saving::message_token;
    if (saves) return Role::saving;
    const bool too_old = scene_.wrong && (scene_.cause == Cause::client_token_too_old ||
                                          scene_.cause == Cause::message_token_too_old);
    return too_old ? Role::missing : Role::plain;
  }

  void draw_to_broker(const TracedOperation& operation, const MessageTraced& message) {
    const bool gets = message.kind == OperationKind::read;
    add(lanes_.pod(operation), lanes_.broker(message.region), message,
        gets ? "GET" : "SET " + lsn_text(message.token));
  }

  void draw_from_broker(const TracedOperation& operation, const MessageTraced& message) {
    const bool gets = message.kind == OperationKind::read;
    std::string label = "ok";
    if (gets) label = message.token.is_none() ? "nothing" : lsn_text(message.token);
    if (message.said == Said::refused) label = "refused";
    Message& drawn = add(lanes_.broker(message.region), lanes_.pod(operation), message, label);
    if (!gets) drawn.token.clear();  // only says what is there now
    if (!gets || &operation != &scene_.read) return;
    if (scene_.saving == Saving::broker_token) drawn.role = Role::saving;
    const bool is_cause = scene_.cause == Cause::broker_token_too_old ||
                          scene_.cause == Cause::no_token || scene_.cause == Cause::degraded;
    if (scene_.wrong && is_cause) drawn.role = Role::missing;
  }

  void draw_store(const TracedOperation& operation) {
    const Exchanges exchanges = exchanges_of(operation);
    const MessageTraced* last_answer = nullptr;
    for (std::size_t i = 0; i < exchanges.drawn.size(); ++i) {
      const Exchange& exchange = exchanges.drawn[i];
      if (exchanges.left_out != 0 && i == exchanges.left_out_before)
        mark_left_out(operation, exchanges);
      else
        mark_wait(operation, last_answer, exchange);
      draw_request(operation, *exchange.request);
      const bool is_write = models::is_write(exchange.request->kind);
      if (is_write && &operation == &scene_.before && !commit_is_marked_) mark_write();
      if (exchange.answer != nullptr) draw_answer(operation, *exchange.answer);
      last_answer = exchange.answer;
    }
    if (!scene_.has_leader()) mark_unheard(operation);
  }

  void mark_left_out(const TracedOperation& operation, const Exchanges& exchanges) {
    mark(lanes_.pod(operation), exchanges.left_out_from,
         fmt::format("{} more asked in {}: not yet", exchanges.left_out,
                     ms_text(exchanges.left_out_until - exchanges.left_out_from)));
  }

  // Whom a quorum's read asked besides: the trace has those alone that were waited for.
  void mark_unheard(const TracedOperation& operation) {
    const UnheardReplicas unheard =
        unheard_replicas(operation, *models::quorum_of(scene_.policy.world.store));
    if (unheard.count == 0) return;
    mark(lanes_.pod(operation), unheard.asked_at, "also asks " + unheard.names());
  }

  // The client library pauses before it asks again.
  void mark_wait(const TracedOperation& operation, const MessageTraced* answer,
                 const Exchange& next) {
    if (answer == nullptr || !answer->arrives) return;
    if (answer->said != Said::not_yet && answer->said != Said::throttled) return;
    if (answer->region != next.request->region) return;  // nothing was waited for
    const models::Duration wait = next.request->sent - *answer->arrives;
    if (wait >= models::Duration::milliseconds(1))
      mark(lanes_.pod(operation), *answer->arrives, "waits " + ms_text(wait));
  }

  void draw_request(const TracedOperation& operation, const MessageTraced& message) {
    const std::size_t lane = lanes_.replica(message.region, message.number);
    std::string label = "write";
    if (message.kind == OperationKind::read) {
      label = lanes_.is_shared(lane) ? fmt::format("read {}", message.number) : "read";
      if (!message.token.is_none()) label += ", at least " + lsn_text(message.token);
      const bool takes_token = scene_.has_leader() && !asks_quorum(scene_.level());
      if (message.token.is_none() && takes_token) label += ", no token";
      if (message.asks_for_commit) label = lsn_text(message.token) + " everywhere?";
    }
    Message& drawn = add(lanes_.pod(operation), lane, message, label);
    if (&operation == &scene_.read && scene_.saving == Saving::write_region)
      drawn.role = Role::saving;
  }

  void draw_answer(const TracedOperation& operation, const MessageTraced& message) {
    const std::size_t lane = lanes_.replica(message.region, message.number);
    std::string label = lanes_.is_shared(lane) ? fmt::format("{}: ", message.number) : "";
    if (message.said == Said::conflict)
      label += "changed meanwhile (412)";
    else if (message.said == Said::throttled)
      label += "too many requests (429)";
    else if (message.asks_for_commit)
      label += message.said == Said::ok ? "yes" : "not yet";
    else if (message.said == Said::not_yet)
      label += "not yet" + at_text(message.token);
    else if (models::is_write(message.kind))
      label += "ok, " + version_text(scene_, message.version);
    else
      label += data_name(scene_) + at_text(message.token);
    add(lane, lanes_.pod(operation), message, label);
  }

  std::string at_text(const models::SessionToken& applied) const {
    return applied.is_none() ? ", has nothing" : ", at " + version_text(scene_, applied);
  }

  void draw_moment(const TracedOperation& operation, const MomentTraced& moment) {
    if (moment.what == models::Moment::pod_token) return;  // mark_token
    const bool timed_out = moment.what == models::Moment::broker_timed_out;
    const bool is_cause =
        scene_.wrong && scene_.cause == Cause::degraded && &operation == &scene_.read;
    mark(lanes_.pod(operation), moment.at,
         timed_out ? "redis does not answer" : "breaker open: redis not asked",
         is_cause ? Role::missing : Role::plain);
  }

  // A reply that came in time goes all the way.
  void draw_way_out(const TracedOperation& operation) {
    const MessageTraced* from_pod = nullptr;
    for (const MessageTraced& message : operation.messages) {
      if (message.hop == Hop::pod_to_door) from_pod = &message;
      if (message.hop != Hop::door_to_device) continue;
      const bool in_time =
          from_pod != nullptr && from_pod->arrives && *from_pod->arrives <= message.sent;
      if (!in_time) {
        mark(lanes_.device(operation), *message.arrives, failure_text(operation.seen.outcome),
             Role::wrong);
        continue;
      }
      Message& drawn = add(lanes_.pod(operation), lanes_.device(operation), *from_pod,
                           reply_text(scene_, operation, message.token));
      drawn.arrives = *message.arrives - scene_.zero();
    }
  }

  void mark_write() {
    const models::OperationObserved& write = scene_.before.seen;
    if (!models::is_write(write.kind) || write.outcome != models::Outcome::ok) return;
    const auto committed = scene_.trace.committed(write.partition, write.version.lsn);
    if (!committed) return;
    commit_is_marked_ = true;
    if (!scene_.has_leader()) {  // the coordinator counts
      return mark(lanes_.pod(scene_.before), *committed,
                  version_text(scene_, write.version) + " committed");
    }
    const bool strong = scene_.saving == Saving::strong;
    mark(lanes_.replica(write.served_by, 0), *committed,
         lsn_text(write.version) + (strong ? " in every region" : " committed"),
         strong ? Role::saving : Role::plain);
  }

  // What the pod of the read made of its tokens, when it asks the store.
  void mark_token() {
    const TracedOperation& read = scene_.read;
    const models::TokenSent& token = read.seen.token;
    std::optional<Instant> when;
    for (const MomentTraced& moment : read.moments)
      if (moment.what == models::Moment::pod_token) when = moment.at;
    for (const MessageTraced& message : read.messages)
      if (!when && message.hop == Hop::pod_to_replica) when = message.sent;
    if (!when || asks_quorum(scene_.level()) || !scene_.has_leader()) return;
    const std::size_t pod = lanes_.pod(read);
    if (scene_.wrong && scene_.cause == Cause::level_takes_no_token)
      return mark(pod, *when, "this level takes no token", Role::missing);
    if (token.source == models::TokenSource::none)
      return mark(pod, *when, "no token", scene_.wrong ? Role::missing : Role::plain);
    if (token.source != models::TokenSource::pod_cache) return;
    Role role = scene_.wrong ? Role::missing : Role::plain;
    if (scene_.saving == Saving::pod_token) role = Role::saving;
    mark(pod, *when, "knows " + lsn_text(token.epoch, token.lsn), role);
  }

  // When the replica that answered the read had the write.
  void mark_arrival() {
    const models::OperationObserved& read = scene_.read.seen;
    const auto arrived = scene_.arrived();
    if (!arrived || read.outcome != models::Outcome::ok) return;
    const std::size_t lane = lanes_.replica(read.served_by, read.replica);
    const bool is_write_itself = is_primary(scene_, read.served_by, read.replica);
    if (is_write_itself && !scene_.wrong) return;  // the commit is marked
    const bool shared = lanes_.is_shared(lane);
    const std::string who = shared ? fmt::format("{} has ", read.replica) : "";
    Role role = scene_.wrong ? Role::missing : Role::plain;
    if (scene_.saving == Saving::write_had_arrived) role = Role::saving;
    mark(lane, *arrived, who + version_text(scene_, scene_.floor()) + (shared ? "" : " applied"),
         role);
  }

  void mark_end() {
    const models::OperationObserved& read = scene_.read.seen;
    if (read.outcome != models::Outcome::ok) return;
    mark(lanes_.device(scene_.read), read.completed, short_verdict_of(scene_),
         scene_.wrong ? Role::wrong : Role::right);
  }

  Message& add(std::size_t from, std::size_t to, const MessageTraced& message, std::string label) {
    Message drawn;
    drawn.from = from;
    drawn.to = to;
    drawn.sent = message.sent - scene_.zero();
    if (message.arrives) drawn.arrives = *message.arrives - scene_.zero();
    drawn.label = std::move(label);
    if (!message.token.is_none()) drawn.token = lsn_text(message.token);
    drawn.order = next_++;
    return diagram_.messages.emplace_back(std::move(drawn));
  }

  void mark(std::size_t lane, Instant at, std::string label, Role role = Role::plain) {
    diagram_.marks.push_back({lane, at - scene_.zero(), std::move(label), role, next_++});
  }

  const Scene& scene_;
  Lanes lanes_;
  Diagram diagram_;
  bool commit_is_marked_ = false;
  std::size_t next_ = 0;  // drawn in the order of causes, which decides at one instant
};

}  // namespace

Diagram draw(const Scene& scene) { return Sketch{scene}.draw(); }

}  // namespace seatrial::analysis
