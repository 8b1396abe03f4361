// The path of one request, as its device and its front door see it.
#include "models/leg.hpp"
#include "models/sessions/crowd.hpp"

namespace seatrial::models {

namespace {

constexpr Bytes request_size = 700;  // HTTP request with headers and body; assumed

Reply without_answer(Outcome outcome) {
  Reply reply;
  reply.outcome = outcome;
  return reply;
}

// A pod of another region served.
void count_way_abroad(Reply& reply) {
  ++reply.cross_region_calls;
  reply.cross_region_bytes += request_size + reply.size;
}

}  // namespace

sim::Task<Crowd::Ended> Crowd::operate(User& user, Device& device, Operation operation) {
  std::optional<sim::ReplySlot<Reply>> slot{std::in_place, world_.simulation};
  Request request = request_for(device, operation);
  request.door = user.region;
  request.reply_to = slot->address();
  const Instant invoked = world_.simulation.now();
  const std::optional<PodId> cookie = device.cookie;

  const Duration to_door = world_.network.last_mile(name_of(request.name, Leg::device_to_door));
  tell(request, Hop::device_to_door, invoked, invoked + to_door);
  co_await world_.simulation.delay(to_door);
  request.deadline = world_.simulation.now() + world_.config.regions.request_timeout;
  Pod* const pod = choose_pod(request.door, request.name, cookie);
  Reply reply = without_answer(Outcome::refused);
  if (pod != nullptr) {
    send(*pod, request);
    const std::optional<Reply> answer = co_await slot->until(request.deadline);
    slot.reset();  // what comes while the reply is on its way to the device comes too late
    door_of(*pod).done(*pod);
    reply = answer ? *answer : without_answer(Outcome::timed_out);
    reply.pod = pod->id();
    if (pod->place().region != request.door) count_way_abroad(reply);
  }
  const Duration back = world_.network.last_mile(name_of(request.name, Leg::door_to_device));
  tell_reply(request, reply, back);
  co_await world_.simulation.delay(back);

  remember(user, device, request, pod, reply);
  OperationObserved record = observed(user, device, request, reply);
  record.invoked = invoked;
  record.completed = world_.simulation.now();
  record.phase = world_.timeline.phase_at(invoked);
  world_.observer.operation(record);
  ++operations_;
  Ended ended;
  ended.outcome = reply.outcome;
  ended.message_token = reply.message_token;
  co_return ended;
}

Request Crowd::request_for(const Device& device, const Operation& operation) const {
  Request request;
  request.name = OperationName{device.session, operation.index};
  request.kind = operation.kind;
  request.document_name = operation.name;
  request.document = operation.document;
  request.partition = world_.store.partition_of(operation.document);
  request.client_token = device.token(request.partition);
  for (auto parent = world_.store.parent_of(operation.name, request.partition); parent;
       parent = world_.store.parent_of(operation.name, *parent)) {
    request.client_token = merge(request.client_token, device.token(*parent));
  }
  request.paths = operation.paths;
  if (is_told_apart(request.document_name)) request.seen = device.seen_of(request.document);
  request.message_token = operation.message_token;
  request.truth = world_.store.observe(operation.document);
  return request;
}

// Of the door's own region, or of the nearest that has a ready pod.
Pod* Crowd::choose_pod(RegionId door, const OperationName& name, std::optional<PodId> cookie) {
  const auto healthy = [this](RegionId region) {
    return world_.doors[region.value()]->has_ready_pod();
  };
  if (healthy(door)) return world_.doors[door.value()]->choose(name, cookie);
  const std::optional<RegionId> nearest = world_.network.nearest(door, healthy);
  if (!nearest) return nullptr;
  return world_.doors[nearest->value()]->choose(name, cookie);
}

void Crowd::send(Pod& pod, const Request& request) {
  Place door;
  door.region = request.door;
  const auto delay =
      world_.network.delay(door, pod.place(), request_size, name_of(request.name, Leg::door_to_pod),
                           world_.simulation.now());
  const Instant now = world_.simulation.now();
  const std::optional<Instant> arrives = delay ? std::optional{now + *delay} : std::nullopt;
  tell(request, Hop::door_to_pod, now, arrives, &pod);
  if (!delay) return;
  world_.simulation.schedule(*delay, [pod = &pod, request] { pod->arrive(request); });
}

void Crowd::tell(const Request& request, Hop hop, Instant sent, std::optional<Instant> arrives,
                 const Pod* pod) const {
  Trace* const trace = world_.network.trace_of(request.name.session);
  if (trace == nullptr) return;
  MessageTraced message;
  message.operation = request.name;
  message.hop = hop;
  message.kind = request.kind;
  message.region = pod == nullptr ? request.door : pod->place().region;
  if (pod != nullptr) message.number = pod->id().value();
  message.sent = sent;
  message.arrives = arrives;
  message.token = merge(request.client_token, request.message_token);
  trace->message(message);
}

void Crowd::tell_reply(const Request& request, const Reply& reply, Duration back) const {
  Trace* const trace = world_.network.trace_of(request.name.session);
  if (trace == nullptr) return;
  MessageTraced message = traced(request, reply);
  message.hop = Hop::door_to_device;
  message.region = request.door;
  message.sent = world_.simulation.now();
  message.arrives = message.sent + back;
  trace->message(message);
}

// What comes back to the device with the reply.
void Crowd::remember(User& user, Device& device, const Request& request, const Pod* pod,
                     const Reply& reply) {
  if (reply.outcome != Outcome::ok || reply.degraded != Degraded::no) user.has_loose_ends = true;
  if (pod == nullptr) return;
  if (pod->place().region != user.region) user.was_served_abroad = true;
  if (reply.outcome != Outcome::timed_out && door_of(*pod).sets_cookie()) {
    device.cookie = pod->id();
  }
  if (reply.outcome == Outcome::ok && is_told_apart(request.document_name)) {
    // A reply to an update carries no document; whoever inserts one knows what is in it.
    if (request.kind != OperationKind::update) device.see(request.document, reply.store.version);
  }
  if (!remembers_partitions_) return;
  device.touch(request.partition, reply.client_token);
}

bool Crowd::is_told_apart(const DocumentName& document) const {
  return world_.config.data[document.data_class.value()].paths > 0;
}

OperationObserved Crowd::observed(const User& user, const Device& device, const Request& request,
                                  const Reply& reply) const {
  OperationObserved record;
  record.user = user.id;
  record.session = device.session;
  record.device = device.number;
  record.index = request.name.index;
  record.kind = request.kind;
  record.outcome = reply.outcome;
  record.degraded = reply.degraded;
  record.measured = user.is_measured;
  record.document = request.document_name;
  const bool is_elsewhere = world_.store.is_retired(request.partition);
  record.partition = is_elsewhere ? world_.store.partition_of(request.document) : request.partition;
  record.region = user.region;
  record.served_by = reply.store.served_by;
  record.replica = reply.store.replica;
  record.attempts = reply.store.attempts;
  record.throttled = reply.store.throttled;
  record.pod = reply.pod;
  record.session_arrived = user.arrived;
  record.answered = reply.store.answered;
  record.token = reply.token;
  record.version = reply.store.version;
  record.based_on = reply.store.based_on;
  record.paths = request.paths;
  record.lost_update = reply.store.lost_update;
  record.found = reply.store.found;
  record.in_conflict = reply.store.is_in_conflict;
  record.ru = reply.store.ru;
  record.bytes = reply.store.cross_region_bytes + reply.cross_region_bytes;
  record.broker_calls = reply.broker_calls;
  record.cross_region_calls = reply.store.cross_region_calls + reply.cross_region_calls;
  record.truth = reply.store.truth;
  return record;
}

}  // namespace seatrial::models
