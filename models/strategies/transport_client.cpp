// The client carries the token: in a cookie or header, there and back with every request.
//
// Not modelled: the bytes of the cookie, and clients that lose it.
#include "models/strategies/token_transport.hpp"

namespace seatrial::models {

namespace {

class ClientTransport : public TokenTransport {
 public:
  TokenSource source() const override { return TokenSource::client; }
  bool costs_a_call() const override { return false; }

  sim::Task<TokenFound> fetch(TokenContext& context) override {
    TokenFound found;
    found.token = context.from_client;
    co_return found;
  }

  sim::Task<bool> publish(TokenContext& context, SessionToken token) override {
    context.to_client = merge(context.to_client, token);
    co_return true;
  }
};

class ClientKind : public TransportKind {
 public:
  std::string_view name() const override { return "client"; }
  std::string_view sentence() const override {
    return "The device carries the token, in a cookie or header, with every request.";
  }
  std::shared_ptr<StrategyKind> clone() const override {
    return std::make_shared<ClientKind>(*this);
  }
  bool needs_broker() const override { return false; }
  std::unique_ptr<TokenTransport> make(TransportTools) const override {
    return std::make_unique<ClientTransport>();
  }
};

}  // namespace

std::shared_ptr<const StrategyKind> client_kind() { return std::make_shared<ClientKind>(); }

}  // namespace seatrial::models
