// The root processes of one place. They end by themselves, or all at once when the place crashes:
// their wake-ups leave the event queue, their frames are destroyed (so that what they held is
// released), and answers on the way to them are dropped.
#pragma once

#include <cstddef>

#include "sim/task.hpp"

namespace seatrial::sim {

class ProcessGroup {
 public:
  explicit ProcessGroup(Simulation& simulation) : simulation_{simulation} {}
  ProcessGroup(const ProcessGroup&) = delete;
  ProcessGroup& operator=(const ProcessGroup&) = delete;
  ~ProcessGroup() { kill_all(); }

  // Starts a process: straight after the running callback, or in an event at the current instant.
  void start(Process process) {
    const Process::Handle handle = process.release();
    link(handle.promise());
    simulation_.wake(handle);
  }

  // Must not be called by a process of this group. Costs a look at every pending event.
  void kill_all();

  std::size_t size() const { return size_; }

  // For the engine: the process ended.
  void unlink(PromiseBase& root);

 private:
  void link(PromiseBase& root) {
    root.group = this;
    root.previous = nullptr;
    root.next = first_;
    if (first_ != nullptr) first_->previous = &root;
    first_ = &root;
    ++size_;
  }

  Simulation& simulation_;
  PromiseBase* first_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace seatrial::sim
