// Read from the write region, whose primary has every write: right, and far.
#include "models/strategies/degradation.hpp"

namespace seatrial::models {

namespace {

class ReadFromWriteRegion : public DegradationKind {
 public:
  std::string_view name() const override { return "read_from_write_region"; }
  std::string_view sentence() const override {
    return "Read from the write region: never stale, at the price of the way there.";
  }
  std::shared_ptr<StrategyKind> clone() const override {
    return std::make_shared<ReadFromWriteRegion>(*this);
  }
  DegradedRead read() const override { return DegradedRead::from_write_region; }
};

}  // namespace

std::shared_ptr<const StrategyKind> read_from_write_region_kind() {
  return std::make_shared<ReadFromWriteRegion>();
}

}  // namespace seatrial::models
