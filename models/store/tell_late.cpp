// What is paid for and in no operation, for the observer: answers that nobody waits for any more,
// and what clients ask in the background.
#include "models/store/replica_service.hpp"

namespace seatrial::models {

void ReplicaService::tell_background(const StoreRequest& request, const StoreAnswer& paid) {
  if (paid.cross_region_calls == 0) return;
  LateCost cost;
  cost.is_background = true;
  cost.session = request.name.session;
  cost.document = documents_.at(Documents::slot_of(request.document)).name;
  cost.region = request.from.region;
  cost.at = simulation_.now();
  cost.bytes = paid.cross_region_bytes;
  cost.cross_region_calls = paid.cross_region_calls;
  observer_.late(cost);
}

void ReplicaService::tell_late(const Asker& asker, const ReplicaAnswer& answer) {
  LateCost cost;
  cost.session = asker.session;
  cost.kind = asker.kind;
  cost.document = asker.document;
  cost.region = asker.region;
  cost.at = simulation_.now();
  cost.ru = answer.ru;
  if (answer.from.region != asker.region) cost.bytes = answer.size;
  cost.bytes += answer.replication_bytes;
  observer_.late(cost);
}

}  // namespace seatrial::models
