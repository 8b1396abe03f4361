// Which lanes a scene has: its devices, pods in the order in which they were used, the broker, the
// replicas that a pod asked in its own region, and the write region's primary.
#pragma once

#include <vector>

#include "analysis/explain/diagram.hpp"
#include "analysis/explain/scene.hpp"

namespace seatrial::analysis {

class Lanes {
 public:
  explicit Lanes(const Scene&);

  const std::vector<Lane>& all() const { return lanes_; }
  std::size_t device(const TracedOperation&) const;
  std::size_t pod(const TracedOperation&) const;  // must have been sent to one
  std::size_t broker(models::RegionId) const;
  std::size_t replica(models::RegionId, std::uint32_t number) const;
  // Several replicas share the lane, so that labels must name them.
  bool is_shared(std::size_t lane) const { return names_[lane].replicas.size() > 1; }

 private:
  struct Name {
    LaneKind kind = LaneKind::device;
    std::uint32_t number = 0;  // of the device or pod
    models::RegionId region;   // of the broker or replicas
    bool is_primary = false;
    std::vector<std::uint32_t> replicas;
    bool operator==(const Name& other) const {
      return kind == other.kind && number == other.number && region == other.region &&
             is_primary == other.is_primary;
    }
  };

  static Name name_of_replica(const Scene&, models::RegionId, std::uint32_t number);
  void add_devices();
  void add_pods();
  void add_brokers();
  void add_replicas();
  void add(Name name);
  std::size_t find(const Name& name) const;
  void label();

  const Scene& scene_;
  std::vector<Name> names_;
  std::vector<Lane> lanes_;
};

// The pod that an operation was sent to; nothing: none was ready.
std::optional<models::PodId> pod_of(const TracedOperation&);

}  // namespace seatrial::analysis
