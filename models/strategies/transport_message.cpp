// The token rides on the message that tells another session of an update: the answer to the update
// hands it to the sender, the message carries it, and the session that was told sends it along when
// it looks for what it was told of. Nothing else is given it.
//
//   first session ──update──> pod: token ──reply──> message with the token ──> second device ──read
//
// Source of the idea: the Azure outage that azure-cosmos-tla reproduces (show521677), where a
// message carried the key of what was written and not the token.
// Not modelled: the bytes of the token in the message.
#include "models/strategies/token_transport.hpp"

namespace seatrial::models {

namespace {

class MessageTransport : public TokenTransport {
 public:
  TokenSource source() const override { return TokenSource::message; }
  bool costs_a_call() const override { return false; }

  sim::Task<TokenFound> fetch(TokenContext& context) override {
    TokenFound found;
    found.token = context.from_message;
    co_return found;
  }

  sim::Task<bool> publish(TokenContext& context, SessionToken token) override {
    context.to_message = merge(context.to_message, token);
    co_return true;
  }
};

class MessageKind : public TransportKind {
 public:
  std::string_view name() const override { return "message"; }
  std::string_view sentence() const override {
    return "The message that tells a second device of an update carries the update's token.";
  }
  std::shared_ptr<StrategyKind> clone() const override {
    return std::make_shared<MessageKind>(*this);
  }
  bool needs_broker() const override { return false; }
  std::unique_ptr<TokenTransport> make(TransportTools) const override {
    return std::make_unique<MessageTransport>();
  }
};

}  // namespace

std::shared_ptr<const StrategyKind> message_kind() { return std::make_shared<MessageKind>(); }

}  // namespace seatrial::models
