// The replication modes of the log protocol: a kind decides, for all regions alike, what their
// acknowledgements are to a commit; `links` decides otherwise for single ones.
//
//   "replication": { "kind": "synchronous", "links": { "East US > Japan East": "asynchronous" } }
//
// A mode is one file in this folder: its parameters, and decide().
#pragma once

#include <string>
#include <vector>

#include "models/store/replication/replication_kind.hpp"
#include "models/store/replication/shipping.hpp"

namespace seatrial::models {

// How one region gets the log, whatever the mode says of the others.
class LinkModeKind : public StrategyKind {
 public:
  virtual void decide(ReplicationPlan& plan, RegionId to) const = 0;
};

class LogReplicationKind : public ReplicationKind {
 public:
  struct LinkMode {
    std::string link;                    // "East US > West Europe"
    std::shared_ptr<StrategyKind> mode;  // axis: link replication
  };

  void describe(FieldVisitor& v) final;
  std::unique_ptr<StoreProtocol> make(const StoreSurroundings& around) const override;

  // Of logs whose primary is in `source`.
  ReplicationPlan plan(const WorldConfig& world, RegionId source) const;
  const std::vector<LinkMode>& links() const { return links_; }

 protected:
  virtual void describe_mode(FieldVisitor&) {}
  // `others`: the regions but the source.
  virtual void decide(ReplicationPlan& plan, const std::vector<RegionId>& others) const = 0;

 private:
  std::vector<LinkMode> links_;
  ShippingPlan shipping_;
};

}  // namespace seatrial::models
