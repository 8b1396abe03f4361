// Replication: how a write comes to the replicas, and when it counts as committed. Each kind is a
// file in this folder; it says which protocol keeps the store's data.
#pragma once

#include <memory>

#include "models/fields.hpp"
#include "models/store/protocol.hpp"

namespace seatrial::models {

class ReplicationKind : public StrategyKind {
 public:
  // `around.config.store.replication` is this kind, or nothing where it is the default.
  virtual std::unique_ptr<StoreProtocol> make(const StoreSurroundings& around) const = 0;
};

}  // namespace seatrial::models
