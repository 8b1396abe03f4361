#include "analysis/explain/lanes.hpp"

#include <algorithm>

#include "sim/assert.hpp"

namespace seatrial::analysis {

using models::Hop;
using models::MessageTraced;

namespace {

constexpr std::uint32_t same_lane = 0;  // brokers and replicas go by their region

const MessageTraced* first_of(const TracedOperation& operation, Hop hop) {
  for (const MessageTraced& message : operation.messages)
    if (message.hop == hop) return &message;
  return nullptr;
}

}  // namespace

std::optional<models::PodId> pod_of(const TracedOperation& operation) {
  const MessageTraced* sent = first_of(operation, Hop::door_to_pod);
  return sent == nullptr ? std::nullopt : std::optional{models::PodId{sent->number}};
}

Lanes::Lanes(const Scene& scene) : scene_{scene} {
  add_devices();
  add_pods();
  add_brokers();
  add_replicas();
  label();
}

void Lanes::add_devices() {
  std::vector<std::uint8_t> used{scene_.before.seen.device, scene_.read.seen.device};
  std::sort(used.begin(), used.end());
  for (const std::uint8_t device : used) add({LaneKind::device, device, {}, false, {}});
}

void Lanes::add_pods() {
  for (const TracedOperation* operation : {&scene_.before, &scene_.read})
    if (const auto pod = pod_of(*operation)) add({LaneKind::pod, pod->value(), {}, false, {}});
}

void Lanes::add_brokers() {
  for (const TracedOperation* operation : {&scene_.before, &scene_.read})
    if (const MessageTraced* sent = first_of(*operation, Hop::pod_to_broker))
      add({LaneKind::broker, same_lane, sent->region, false, {}});
}

// Those of the reader's region stand before the primary.
void Lanes::add_replicas() {
  std::vector<Name> primaries;
  for (const TracedOperation* operation : {&scene_.before, &scene_.read})
    for (const MessageTraced& message : operation->messages) {
      if (message.hop != Hop::pod_to_replica) continue;
      const Name name = name_of_replica(scene_, message.region, message.number);
      if (name.is_primary)
        primaries.push_back(name);
      else
        add(name);
    }
  for (const Name& primary : primaries) add(primary);
}

Lanes::Name Lanes::name_of_replica(const Scene& scene, models::RegionId region,
                                   std::uint32_t number) {
  return {LaneKind::replica, same_lane, region, is_primary(scene, region, number), {number}};
}

void Lanes::add(Name name) {
  const auto known = std::find(names_.begin(), names_.end(), name);
  if (known == names_.end()) {
    names_.push_back(std::move(name));
    return;
  }
  for (const std::uint32_t replica : name.replicas)
    if (std::find(known->replicas.begin(), known->replicas.end(), replica) == known->replicas.end())
      known->replicas.push_back(replica);
}

std::size_t Lanes::find(const Name& name) const {
  const auto known = std::find(names_.begin(), names_.end(), name);
  SEATRIAL_ASSERT(known != names_.end(), "a message from or to nobody in the diagram");
  return static_cast<std::size_t>(known - names_.begin());
}

std::size_t Lanes::device(const TracedOperation& operation) const {
  return find({LaneKind::device, operation.seen.device, {}, false, {}});
}

std::size_t Lanes::pod(const TracedOperation& operation) const {
  return find({LaneKind::pod, pod_of(operation)->value(), {}, false, {}});
}

std::size_t Lanes::broker(models::RegionId region) const {
  return find({LaneKind::broker, same_lane, region, false, {}});
}

std::size_t Lanes::replica(models::RegionId region, std::uint32_t number) const {
  return find(name_of_replica(scene_, region, number));
}

void Lanes::label() {
  for (const Name& name : names_) {
    Lane lane;
    lane.kind = name.kind;
    lane.place = region_name(scene_, name.region);
    switch (name.kind) {
      case LaneKind::device:
        lane.label = device_name(static_cast<std::uint8_t>(name.number));
        lane.place = region_name(scene_, scene_.read.seen.region);
        break;
      case LaneKind::pod:
        lane.label = pod_name(models::PodId{name.number});
        for (const TracedOperation* operation : {&scene_.before, &scene_.read})
          for (const MessageTraced& message : operation->messages)
            if (message.hop == Hop::door_to_pod && message.number == name.number)
              lane.place = region_name(scene_, message.region);
        break;
      case LaneKind::broker:
        lane.label = "redis";
        break;
      case LaneKind::replica:
        lane.label = name.replicas.size() > 1
                         ? "replicas"
                         : replica_name(scene_, name.region, name.replicas.front());
        break;
    }
    lanes_.push_back(std::move(lane));
  }
}

}  // namespace seatrial::analysis
