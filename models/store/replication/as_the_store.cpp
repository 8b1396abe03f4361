// A data class without a mode of its own.
#include "models/strategies/registry.hpp"

namespace seatrial::models {

namespace {

class AsTheStoreKind : public StrategyKind {
 public:
  std::string_view name() const override { return "as_the_store"; }
  std::string_view sentence() const override { return "As /store/replication says."; }
  std::shared_ptr<StrategyKind> clone() const override {
    return std::make_shared<AsTheStoreKind>(*this);
  }
};

}  // namespace

std::shared_ptr<const StrategyKind> as_the_store_kind() {
  return std::make_shared<AsTheStoreKind>();
}

}  // namespace seatrial::models
