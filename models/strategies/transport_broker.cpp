// The broker holds the token, by session or by document: one GET before a store request, one SET
// after it. By session a second GET asks for the parent's token where a partition has split and
// the session has none for the new one.
#include "models/broker/broker_client.hpp"
#include "models/strategies/token_transport.hpp"

namespace seatrial::models {

namespace {

class BrokerTransport : public TokenTransport {
 public:
  explicit BrokerTransport(TransportTools tools) : tools_{tools} {}

  TokenSource source() const override { return TokenSource::broker; }
  bool costs_a_call() const override { return true; }

  sim::Task<TokenFound> fetch(TokenContext& context) override {
    const BrokerKey key = key_of(context);
    BrokerAnswer answer = co_await tools_.broker->get(key, context.name, context.document);
    count(answer.status, context);
    const bool is_there = answer.status != BrokerStatus::ok || !answer.token.is_none();
    if (!is_there && context.parent && tools_.config->key == TokenKey::session) {
      const BrokerKey parents = BrokerKey::of(context.name.session, *context.parent);
      answer = co_await tools_.broker->get(parents, context.name, context.document);
      count(answer.status, context);
    }
    TokenFound found;
    found.token = answer.token;
    found.unavailable = answer.status != BrokerStatus::ok;
    co_return found;
  }

  sim::Task<bool> publish(TokenContext& context, SessionToken token) override {
    const BrokerKey key = key_of(context);
    const BrokerAnswer answer =
        co_await tools_.broker->set(key, token, context.name, context.document);
    count(answer.status, context);
    co_return answer.status == BrokerStatus::ok;
  }

 private:
  void count(BrokerStatus status, TokenContext& context) const {
    if (status == BrokerStatus::breaker_open) return;
    ++context.broker_calls;
    if (!tools_.broker->is_in_other_region()) return;
    ++context.cross_region_calls;
    const int messages = status == BrokerStatus::timed_out ? 1 : 2;
    context.cross_region_bytes += broker_message_bytes * messages;
  }

  BrokerKey key_of(const TokenContext& context) const {
    if (tools_.config->key == TokenKey::document) return BrokerKey::of(context.document);
    return BrokerKey::of(context.name.session, context.partition);
  }

  TransportTools tools_;
};

class BrokerKind : public TransportKind {
 public:
  std::string_view name() const override { return "broker"; }
  std::string_view sentence() const override {
    return "A broker (Redis) holds the token, by session or by document.";
  }
  std::shared_ptr<StrategyKind> clone() const override {
    return std::make_shared<BrokerKind>(*this);
  }
  bool needs_broker() const override { return true; }
  std::unique_ptr<TokenTransport> make(TransportTools tools) const override {
    return std::make_unique<BrokerTransport>(tools);
  }
};

}  // namespace

std::shared_ptr<const StrategyKind> broker_kind() { return std::make_shared<BrokerKind>(); }

}  // namespace seatrial::models
