#include "models/pods/front_door.hpp"

#include <algorithm>

namespace seatrial::models {

namespace {
constexpr sim::Purpose balance_purpose{"balance/choose"};
}

FrontDoor::FrontDoor(const PodsConfig& config, const sim::RandomSource& random)
    : affinity_{config.affinity},
      key_{random.key(balance_purpose)},
      balancer_{dynamic_cast<const BalancingKind&>(*config.balance).make()} {}

bool FrontDoor::has_ready_pod() const {
  return std::any_of(pods_.begin(), pods_.end(), [](const Pod* pod) { return pod->is_ready(); });
}

Pod* FrontDoor::choose(const OperationName& name, std::optional<PodId> cookie) {
  ready_.clear();
  ready_outstanding_.clear();
  for (std::size_t i = 0; i != pods_.size(); ++i) {
    if (!pods_[i]->is_ready()) continue;
    if (sets_cookie() && cookie == pods_[i]->id()) {
      ++outstanding_[i];
      return pods_[i];
    }
    ready_.push_back(i);
    ready_outstanding_.push_back(outstanding_[i]);
  }
  if (ready_.empty()) return nullptr;
  const sim::Stream draws{key_, name.session.value(), name.index};
  const std::size_t chosen = ready_[balancer_->choose(ready_outstanding_, draws)];
  ++outstanding_[chosen];
  return pods_[chosen];
}

void FrontDoor::done(const Pod& pod) { --outstanding_[index_of(pod)]; }

// A front door's pods were made one after the other.
std::size_t FrontDoor::index_of(const Pod& pod) const {
  return pod.id().value() - pods_.front()->id().value();
}

}  // namespace seatrial::models
