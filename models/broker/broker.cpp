#include "models/broker/broker.hpp"

#include "models/leg.hpp"
#include "sim/random/mix.hpp"

namespace seatrial::models {

namespace {
constexpr sim::Purpose service_purpose{"broker/service"};
}  // namespace

Broker::Broker(sim::Simulation& simulation, Network& network, const BrokerConfig& config,
               Place place, const sim::RandomSource& random, Observer& observer,
               bool owners_may_be_gone)
    : simulation_{simulation},
      network_{network},
      observer_{observer},
      config_{config},
      place_{place},
      service_key_{random.key(service_purpose)},
      owners_may_be_gone_{owners_may_be_gone} {}

std::size_t Broker::KeyHash::operator()(const BrokerKey& key) const {
  const std::uint64_t part = std::uint64_t{key.part} << 1 | key.is_document;
  return sim::mix(key.owner + part * 0x9E3779B97F4A7C15);
}

void Broker::arrive(const BrokerRequest& request) {
  if (state_ == BrokerState::unreachable) return;
  if (state_ == BrokerState::refused) {
    BrokerAnswer answer;
    answer.status = BrokerStatus::refused;
    reply(request, answer);
    return;
  }
  const Instant done = thread_.admit(simulation_.now(), service_time(request));
  simulation_.schedule(done, [this, request] {
    const BrokerAnswer answer = execute(request);
    if (state_ == BrokerState::up) reply(request, answer);
  });
}

Duration Broker::service_time(const BrokerRequest& request) const {
  const std::uint8_t leg = request.is_get() ? 0 : 1;
  sim::Stream draws{service_key_, request.name.session.value(), request.name.index, leg};
  return (request.is_get() ? config_.get_service : config_.set_service).sample_duration(draws);
}

BrokerAnswer Broker::execute(const BrokerRequest& request) {
  const Instant now = simulation_.now();
  BrokerAnswer answer;
  if (request.is_get()) {
    const auto entry = entries_.find(request.key);
    if (entry == entries_.end()) return answer;
    if (entry->second.expires > now) {
      answer.token = entry->second.token;
    } else {
      entries_.erase(entry);
    }
    return answer;
  }
  Entry& entry = entries_[request.key];
  const bool keeps_higher = config_.write == BrokerWrite::merge_max && entry.expires > now;
  entry.token = keeps_higher ? merge(entry.token, request.token) : request.token;
  entry.expires = now + config_.ttl;
  answer.token = entry.token;
  if (owners_may_be_gone_) {
    to_expire_.emplace_back(entry.expires, request.key);
    free_expired(now);
  }
  return answer;
}

void Broker::free_expired(Instant now) {
  while (!to_expire_.empty() && to_expire_.front().first <= now) {
    const auto entry = entries_.find(to_expire_.front().second);
    if (entry != entries_.end() && entry->second.expires <= now) entries_.erase(entry);
    to_expire_.pop_front();
  }
}

void Broker::reply(const BrokerRequest& request, BrokerAnswer answer) {
  const Leg leg = request.is_get() ? Leg::broker_get_back : Leg::broker_set_back;
  const auto delay = network_.delay(place_, request.from, broker_message_bytes,
                                    name_of(request.name, leg), simulation_.now());
  if (Trace* const trace = network_.trace_of(request.name.session)) {
    MessageTraced message = request.traced(place_, simulation_.now());
    message.hop = Hop::broker_to_pod;
    message.said = answer.status == BrokerStatus::refused ? Said::refused : Said::ok;
    message.token = answer.token;
    if (delay) message.arrives = simulation_.now() + *delay;
    trace->message(message);
  }
  if (!delay) return tell_late(request);
  simulation_.schedule(*delay, [this, request, answer] {
    const bool in_time =
        sim::ReplySlot<BrokerAnswer>::deliver(simulation_, request.reply_to, answer);
    if (!in_time) tell_late(request);
  });
}

void Broker::tell_late(const BrokerRequest& request) const {
  if (place_.region == request.from.region) return;
  LateCost cost;
  cost.session = request.name.session;
  cost.kind = request.is_get() ? OperationKind::read : OperationKind::update;
  cost.document = request.document;
  cost.region = request.from.region;
  cost.at = simulation_.now();
  cost.bytes = broker_message_bytes;
  observer_.late(cost);
}

}  // namespace seatrial::models
