#include "models/broker/broker_client.hpp"

#include "models/leg.hpp"

namespace seatrial::models {

Breaker::Admission Breaker::admit(Instant now) {
  if (!is_open_) return Admission::request;
  if (is_probing_ || now < probe_at_) return Admission::refused;
  is_probing_ = true;
  return Admission::probe;
}

void Breaker::ended(Admission admission, bool ok, Instant sent, Instant now) {
  const bool sent_before_it_opened = opened_at_ && sent <= *opened_at_;
  if (admission != Admission::probe && (is_open_ || sent_before_it_opened)) return;
  is_probing_ = false;
  if (ok) {
    is_open_ = false;
    failures_in_a_row_ = 0;
    return;
  }
  ++failures_in_a_row_;
  if (!config_.present || failures_in_a_row_ < config_.open_after) return;
  is_open_ = true;
  opened_at_ = now;
  probe_at_ = now + config_.retry_after;
}

BrokerClient::BrokerClient(sim::Simulation& simulation, Network& network,
                           const BrokerConfig& config, Broker& broker, Place pod,
                           Duration check_phase)
    : simulation_{simulation},
      network_{network},
      config_{config},
      broker_{broker},
      pod_{pod},
      check_phase_{check_phase},
      breaker_{config.client.breaker} {}

sim::Task<BrokerAnswer> BrokerClient::get(BrokerKey key, OperationName name,
                                          DocumentName document) {
  BrokerRequest request;
  request.key = key;
  request.name = name;
  request.document = document;
  co_return co_await call(request);
}

sim::Task<BrokerAnswer> BrokerClient::set(BrokerKey key, SessionToken token, OperationName name,
                                          DocumentName document) {
  BrokerRequest request;
  request.key = key;
  request.token = token;
  request.name = name;
  request.document = document;
  co_return co_await call(request);
}

sim::Task<BrokerAnswer> BrokerClient::call(BrokerRequest request) {
  BrokerAnswer failure;
  failure.status = BrokerStatus::breaker_open;
  const Breaker::Admission admission = breaker_.admit(simulation_.now());
  if (admission == Breaker::Admission::refused) {
    tell(request.name, Moment::breaker_open);
    co_return failure;
  }

  sim::ReplySlot<BrokerAnswer> slot{simulation_};
  request.from = pod_;
  request.reply_to = slot.address();
  send(request);
  const Instant sent = simulation_.now();
  const Instant give_up = deadline();
  const std::optional<BrokerAnswer> answer = co_await slot.until(give_up);

  const bool ok = answer && answer->status == BrokerStatus::ok;
  breaker_.ended(admission, ok, sent, simulation_.now());
  if (ok) co_return *answer;
  failure.status = answer ? answer->status : BrokerStatus::timed_out;
  if (!answer) tell(request.name, Moment::broker_timed_out);
  co_return failure;
}

void BrokerClient::send(const BrokerRequest& request) {
  const Leg leg = request.is_get() ? Leg::broker_get : Leg::broker_set;
  const auto delay = network_.delay(pod_, broker_.place(), broker_message_bytes,
                                    name_of(request.name, leg), simulation_.now());
  if (Trace* const trace = network_.trace_of(request.name.session)) {
    MessageTraced message = request.traced(broker_.place(), simulation_.now());
    message.hop = Hop::pod_to_broker;
    message.token = request.token;
    if (delay) message.arrives = simulation_.now() + *delay;
    trace->message(message);
  }
  if (!delay) return;
  simulation_.schedule(*delay, [broker = &broker_, request] { broker->arrive(request); });
}

void BrokerClient::tell(const OperationName& operation, Moment what) const {
  Trace* const trace = network_.trace_of(operation.session);
  if (trace == nullptr) return;
  MomentTraced moment;
  moment.operation = operation;
  moment.what = what;
  moment.at = simulation_.now();
  trace->moment(moment);
}

Instant BrokerClient::deadline() const {
  const Instant timed_out = simulation_.now() + config_.client.timeout;
  const Duration period = config_.client.timeout_check;
  if (period == Duration{}) return timed_out;
  const Duration since_first = timed_out.since_start() - check_phase_;
  const std::int64_t checks = (since_first + period - Duration::nanoseconds(1)) / period;
  return Instant::at(check_phase_ + period * checks);
}

}  // namespace seatrial::models
