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

// What a mode may go by when it decides: the scenario, never the state of a run.
struct ModeSetting {
  const WorldConfig& world;
  RegionId source;               // the region of the primary
  std::vector<RegionId> others;  // all regions but the source

  // From the source and back, without jitter, faults and load, by the shortest way.
  Duration round_trip(RegionId to) const;
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
  // Says what differs from a plan in which nobody votes and every region gets the log by its link.
  virtual void decide(ReplicationPlan& plan, const ModeSetting& setting) const = 0;

 private:
  std::vector<LinkMode> links_;
  ShippingPlan shipping_;
};

}  // namespace seatrial::models
