// Read with the tokens that are known without the broker: fast, and maybe stale.
#include "models/strategies/degradation.hpp"

namespace seatrial::models {

namespace {

class ReadWithoutToken : public DegradationKind {
 public:
  std::string_view name() const override { return "read_without_token"; }
  std::string_view sentence() const override {
    return "Read with what is known without the broker: available, and maybe stale.";
  }
  std::shared_ptr<StrategyKind> clone() const override {
    return std::make_shared<ReadWithoutToken>(*this);
  }
  DegradedRead read() const override { return DegradedRead::with_what_is_known; }
};

}  // namespace

std::shared_ptr<const StrategyKind> read_without_token_kind() {
  return std::make_shared<ReadWithoutToken>();
}

}  // namespace seatrial::models
