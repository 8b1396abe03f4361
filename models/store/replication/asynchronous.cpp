// A write is committed when the write quorum of its own region has it; the other regions get it
// afterwards. At consistency "strong" every region has it first (groups.cpp).
// Source: consistency-levels.md of the Azure Cosmos DB documentation.
#include "models/store/multi_write/multi_write_protocol.hpp"
#include "models/store/replication/log_kind.hpp"

namespace seatrial::models {

namespace {

class AsynchronousKind : public LogReplicationKind {
 public:
  std::string_view name() const override { return "asynchronous"; }
  std::string_view sentence() const override {
    return "Acknowledged by the write quorum of the write region, then sent to the other regions "
           "(at consistency \"strong\": acknowledged by every region).";
  }
  std::shared_ptr<StrategyKind> clone() const override {
    return std::make_shared<AsynchronousKind>(*this);
  }
  std::unique_ptr<StoreProtocol> make(const StoreSurroundings& around) const override {
    if (around.config.store.write_regions.size() > 1) {
      return std::make_unique<MultiWriteProtocol>(around);
    }
    return LogReplicationKind::make(around);
  }

 protected:
  void decide(ReplicationPlan&, const ModeSetting&) const override {}
};

}  // namespace

std::shared_ptr<const StrategyKind> asynchronous_kind() {
  return std::make_shared<AsynchronousKind>();
}

}  // namespace seatrial::models
