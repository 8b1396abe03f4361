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
    SEATRIAL_ASSERT(Simulation::current() == &simulation_,
                    "a process was made while another simulation was current");
    const Process::Handle handle = process.release();
    link(handle.promise());
    simulation_.wake(handle);
  }

  // Destroys the processes, the latest first. What they held goes to whoever waits for it outside
  // of the group. Must not be called by a process of this group. Costs a look at every pending
  // event.
  void kill_all();

  std::size_t size() const { return size_; }

  // For the engine: the process ended; the group is being killed, so nothing wakes its processes.
  void unlink(PromiseBase& root);
  bool is_dying() const { return is_dying_; }

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
  bool is_dying_ = false;
};

}  // namespace seatrial::sim
