// Rather no answer than a wrong one.
#include "models/strategies/degradation.hpp"

namespace seatrial::models {

namespace {

class FailKind : public DegradationKind {
 public:
  std::string_view name() const override { return "fail"; }
  std::string_view sentence() const override {
    return "Fail the read: rather no answer than a wrong one.";
  }
  std::shared_ptr<StrategyKind> clone() const override { return std::make_shared<FailKind>(*this); }
  DegradedRead read() const override { return DegradedRead::fail; }
};

}  // namespace

std::shared_ptr<const StrategyKind> fail_kind() { return std::make_shared<FailKind>(); }

}  // namespace seatrial::models
