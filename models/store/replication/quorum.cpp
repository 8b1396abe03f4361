// Replicas without a leader; reads and writes are done when a quorum has answered.
// Source: quorum_protocol.hpp.
#include "models/store/quorum/quorum_protocol.hpp"
#include "models/store/replication/replication_kind.hpp"

namespace seatrial::models {

namespace {

class QuorumKind : public ReplicationKind {
 public:
  std::string_view name() const override { return "quorum"; }
  std::string_view sentence() const override {
    return "No leader: a write is sent to all replicas and acknowledged by W of them, a read "
           "waits for R and takes the newest version.";
  }
  void describe(FieldVisitor& v) override { models::describe(v, config); }
  std::shared_ptr<StrategyKind> clone() const override {
    return std::make_shared<QuorumKind>(*this);
  }
  std::unique_ptr<StoreProtocol> make(const StoreSurroundings& around) const override {
    return std::make_unique<QuorumProtocol>(around, config);
  }

  QuorumConfig config;
};

}  // namespace

std::shared_ptr<const StrategyKind> quorum_kind() { return std::make_shared<QuorumKind>(); }

std::shared_ptr<StrategyKind> make_quorum(const QuorumConfig& config) {
  const auto kind = std::make_shared<QuorumKind>();
  kind->config = config;
  return kind;
}

const QuorumConfig* quorum_of(const StoreConfig& store) {
  const auto* const kind = dynamic_cast<const QuorumKind*>(store.replication.get());
  return kind == nullptr ? nullptr : &kind->config;
}

}  // namespace seatrial::models
