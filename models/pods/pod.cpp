#include "models/pods/pod.hpp"

#include "models/leg.hpp"

namespace seatrial::models {

namespace {
constexpr Bytes reply_overhead = 500;  // HTTP headers; assumed
}

// Makes sure that a request is answered: with `reset` when its process is destroyed before.
class Pod::PendingReply {
 public:
  PendingReply(Pod& pod, const Request& request) : pod_{pod}, request_{request} {}
  PendingReply(const PendingReply&) = delete;
  PendingReply& operator=(const PendingReply&) = delete;
  ~PendingReply() {
    if (is_sent_) return;
    Reply reset;
    reset.outcome = Outcome::reset;
    send(reset);
  }

  void send(const Reply& reply) {
    is_sent_ = true;
    pod_.send_reply(request_, reply);
  }

 private:
  Pod& pod_;
  const Request& request_;
  bool is_sent_ = false;
};

Pod::Pod(PodSurroundings surroundings, PodId id, Place place, Broker* broker, Duration check_phase)
    : world_{surroundings},
      id_{id},
      place_{place},
      broker_{broker},
      check_phase_{check_phase},
      cpu_{static_cast<std::size_t>(surroundings.config.pods.cpu)},
      processes_{surroundings.simulation} {
  const auto* degradation =
      dynamic_cast<const DegradationKind*>(world_.config.broker.on_unavailable.get());
  if (degradation != nullptr) degraded_read_ = degradation->read();
  start_empty();
}

void Pod::start_empty() {
  const SessionTokenConfig& config = world_.config.session_token;
  token_cache_.assign(world_.store.partitions(), SessionToken{});
  in_flight_ = std::make_unique<sim::Resource>(
      world_.simulation, static_cast<std::size_t>(world_.config.pods.max_in_flight));
  if (broker_ != nullptr) {
    broker_client_ = std::make_unique<BrokerClient>(
        world_.simulation, world_.network, world_.config.broker, *broker_, place_, check_phase_);
  }
  transports_.clear();
  for (const auto& kind : config.carry) {
    const TransportTools tools{&config, broker_client_.get()};
    transports_.push_back(dynamic_cast<const TransportKind&>(*kind).make(tools));
  }
}

void Pod::arrive(const Request& request) {
  Reply refusal;
  if (!is_ready_) {
    refusal.outcome = Outcome::reset;
    send_reply(request, refusal);
    return;
  }
  if (is_full()) {
    refusal.outcome = Outcome::refused;
    send_reply(request, refusal);
    return;
  }
  processes_.start(serve(request));
}

bool Pod::is_full() const {
  const PodsConfig& config = world_.config.pods;
  return in_flight_->busy() == static_cast<std::size_t>(config.max_in_flight) &&
         in_flight_->waiting() >= static_cast<std::size_t>(config.max_queue);
}

sim::Process Pod::serve(Request request) {
  PendingReply pending{*this, request};
  Reply reply;
  const std::optional<sim::Permit> permit = co_await in_flight_->acquire(request.deadline);
  if (!permit) {
    reply.outcome = Outcome::timed_out;
    pending.send(reply);
    co_return;
  }
  sim::Stream draws{world_.cpu_key, request.name.session.value(), request.name.index};
  const Duration work = world_.config.pods.cpu_per_operation.sample_duration(draws);
  const Instant computed = cpu_.admit(world_.simulation.now(), work);
  co_await world_.simulation.until(computed);

  TokenContext context;
  context.name = request.name;
  context.document = request.document_name;
  context.partition = request.partition;
  context.parent = world_.store.parent_of(request.document_name, request.partition);
  context.from_client = request.client_token;
  context.from_message = request.message_token;
  StoreRequest wanted = store_request(request);
  co_await find_tokens(request, context, wanted, reply);

  if (reply.outcome == Outcome::ok) {
    const StoreAnswer answer = co_await call_store(request.kind, wanted);
    reply.store = answer;
    reply.outcome = reply.store.outcome;
    if (answer.degraded != Degraded::no) reply.degraded = answer.degraded;
    if (reply.store.covered != 0) reply.token.lsn = reply.store.covered;
  }
  const SessionToken met = reply.store.token;
  cached_token(request.partition) = merge(cached_token(request.partition), met);
  if (reply.outcome == Outcome::ok && !met.is_none()) {
    co_await publish(context, request, met, reply);
  }
  reply.client_token = context.to_client;
  reply.message_token = context.to_message;
  reply.broker_calls = context.broker_calls;
  reply.cross_region_calls = context.cross_region_calls;
  reply.cross_region_bytes = context.cross_region_bytes;
  pending.send(reply);
}

// Asks the pod's cache and every transport; the newest token wins, the first of equals; of two that
// each know something newer, what both know counts, as of the later one. What reads nothing needs
// no token.
sim::Task<> Pod::find_tokens(const Request& request, TokenContext& context, StoreRequest& wanted,
                             Reply& reply) {
  TokenSource source = TokenSource::none;
  if (world_.config.session_token.pod_cache) {
    wanted.token = known_token(request);
    if (!wanted.token.is_none()) source = TokenSource::pod_cache;
    tell_cached_token(request, wanted.token);
  }
  const bool reads = request.kind == OperationKind::read ||
                     (request.kind == OperationKind::update && reads_first(wanted.update));
  for (const auto& transport : transports_) {
    if (!reads && transport->costs_a_call()) continue;
    const TokenFound found = co_await transport->fetch(context);
    if (!(found.token <= wanted.token)) {
      wanted.token = merge(wanted.token, found.token);
      source = transport->source();
    }
    if (transport->costs_a_call()) context.published = merge(context.published, found.token);
    if (found.unavailable) degrade(wanted, reply);
  }
  reply.token.source = source;
  reply.token.epoch = wanted.token.epoch;
  reply.token.lsn = wanted.token.lsn;
}

SessionToken Pod::known_token(const Request& request) {
  SessionToken known = cached_token(request.partition);
  for (auto parent = world_.store.parent_of(request.document_name, request.partition); parent;
       parent = world_.store.parent_of(request.document_name, *parent)) {
    known = merge(known, cached_token(*parent));
  }
  return known;
}

void Pod::tell_cached_token(const Request& request, SessionToken token) const {
  Trace* const trace = world_.network.trace_of(request.name.session);
  if (trace == nullptr) return;
  MomentTraced moment;
  moment.operation = request.name;
  moment.what = Moment::pod_token;
  moment.at = world_.simulation.now();
  moment.token = token;
  trace->moment(moment);
}

// A token that should be there may be missing.
void Pod::degrade(StoreRequest& wanted, Reply& reply) const {
  switch (degraded_read_) {
    case DegradedRead::with_what_is_known:
      reply.degraded = Degraded::read_without_token;
      break;
    case DegradedRead::from_write_region:
      wanted.from_write_region = true;
      reply.degraded = Degraded::read_from_write_region;
      break;
    case DegradedRead::fail:
      reply.outcome = Outcome::broker_unavailable;
      break;
  }
}

sim::Task<StoreAnswer> Pod::call_store(OperationKind kind, StoreRequest wanted) {
  if (kind == OperationKind::read) co_return co_await world_.store.read(wanted);
  co_return co_await world_.store.update(wanted);
}

// `met`: the token of the replica that answered.
sim::Task<> Pod::publish(TokenContext& context, const Request& request, SessionToken met,
                         Reply& reply) {
  const SessionTokenConfig& config = world_.config.session_token;
  for (const auto& transport : transports_) {
    if (transport->costs_a_call()) {
      const bool is_read = request.kind == OperationKind::read;
      if (is_read && (!config.reads_publish || met <= context.published)) continue;
      if (config.asynchronous) {
        LateCost cost = cost_of(request, Reply{});
        cost.is_background = true;
        processes_.start(publish_later(*transport, context, met, cost));
        continue;
      }
    }
    const bool stored = co_await transport->publish(context, met);
    if (!stored && reply.degraded == Degraded::no) reply.degraded = Degraded::token_not_published;
  }
}

// The operation has ended when its token is sent, and does not pay for it.
sim::Process Pod::publish_later(TokenTransport& transport, TokenContext context, SessionToken token,
                                LateCost cost) {
  sim::Stream draws{world_.publish_key, context.name.session.value(), context.name.index};
  const Duration wait = world_.config.session_token.publish_after.sample_duration(draws);
  co_await world_.simulation.delay(wait);
  context.broker_calls = context.cross_region_calls = 0;
  context.cross_region_bytes = 0;
  co_await transport.publish(context, token);
  if (context.broker_calls == 0) co_return;
  cost.at = world_.simulation.now();
  cost.bytes = context.cross_region_bytes;
  cost.broker_calls = context.broker_calls;
  cost.cross_region_calls = context.cross_region_calls;
  world_.observer.late(cost);
}

StoreRequest Pod::store_request(const Request& request) const {
  const DataClassConfig& data = world_.config.data[request.document_name.data_class.value()];
  StoreRequest wanted;
  wanted.name = request.name;
  wanted.kind = request.kind;
  wanted.document = request.document;
  wanted.size = data.size;
  wanted.patch_size = data.patch_size;
  wanted.update = data.update;
  wanted.paths = request.paths;
  wanted.seen = request.seen;
  wanted.level = data.consistency;
  wanted.from = place_;
  wanted.client = id_.value();
  wanted.deadline = request.deadline;
  wanted.truth = request.truth;
  return wanted;
}

Bytes Pod::reply_size(const Request& request, const Reply& reply) const {
  const bool has_document =
      request.kind == OperationKind::read && reply.outcome == Outcome::ok && reply.store.found;
  if (!has_document) return reply_overhead;
  return reply_overhead + world_.config.data[request.document_name.data_class.value()].size;
}

void Pod::send_reply(const Request& request, const Reply& reply) {
  Reply sent = reply;
  sent.pod = id_;
  sent.size = reply_size(request, reply);
  Place door;
  door.region = request.door;
  const auto delay = world_.network.delay(
      place_, door, sent.size, name_of(request.name, Leg::pod_to_door), world_.simulation.now());
  if (Trace* const trace = world_.network.trace_of(request.name.session)) {
    MessageTraced message = traced(request, sent);
    message.hop = Hop::pod_to_door;
    message.region = place_.region;
    message.sent = world_.simulation.now();
    if (delay) message.arrives = message.sent + *delay;
    trace->message(message);
  }
  LateCost late = cost_of(request, sent);
  if (!delay) return world_.observer.late(late);
  late.at = world_.simulation.now() + *delay;
  world_.simulation.schedule(*delay, [world = &world_, to = request.reply_to, sent, late] {
    const bool in_time = sim::ReplySlot<Reply>::deliver(world->simulation, to, sent);
    if (!in_time) world->observer.late(late);
  });
}

// What an operation has cost, should its reply come too late.
LateCost Pod::cost_of(const Request& request, const Reply& reply) const {
  LateCost cost;
  cost.session = request.name.session;
  cost.kind = request.kind;
  cost.document = request.document_name;
  cost.region = request.door;
  cost.at = world_.simulation.now();
  cost.ru = reply.store.ru;
  cost.bytes = reply.store.cross_region_bytes + reply.cross_region_bytes;
  // The request's own way abroad is the operation's, whether or not it is answered.
  if (place_.region != request.door) cost.bytes += reply.size;
  cost.broker_calls = reply.broker_calls;
  cost.cross_region_calls = reply.store.cross_region_calls + reply.cross_region_calls;
  return cost;
}

void Pod::kill() {
  is_ready_ = false;
  processes_.kill_all();
  transports_.clear();
  broker_client_.reset();
  cpu_.clear(world_.simulation.now());
}

void Pod::restart() {
  start_empty();
  is_ready_ = true;
}

}  // namespace seatrial::models
