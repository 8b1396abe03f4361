#include "sim/process_group.hpp"

namespace seatrial::sim {

void ProcessGroup::unlink(PromiseBase& root) {
  (root.previous == nullptr ? first_ : root.previous->next) = root.next;
  if (root.next != nullptr) root.next->previous = root.previous;
  root.group = nullptr;
  --size_;
}

void ProcessGroup::kill_all() {
  if (first_ == nullptr) return;
  const Simulation::Scope scope{simulation_};
  simulation_.begin_kill(*this);
  is_dying_ = true;
  while (first_ != nullptr) {
    PromiseBase& root = *first_;
    first_ = root.next;
    if (first_ != nullptr) first_->previous = nullptr;
    --size_;
    std::coroutine_handle<PromiseBase>::from_promise(root).destroy();
  }
  is_dying_ = false;
  simulation_.end_kill();
}

}  // namespace seatrial::sim
