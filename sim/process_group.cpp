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
  simulation_.remove_wakeups_of(*this);
  while (first_ != nullptr) {
    PromiseBase& root = *first_;
    unlink(root);
    std::coroutine_handle<PromiseBase>::from_promise(root).destroy();
  }
}

}  // namespace seatrial::sim
