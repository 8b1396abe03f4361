// A resource of n equal servers with one first-come-first-served queue.
//
//   const std::optional<Permit> permit = co_await servers.acquire();   // its destructor releases
//
// A waiter that gives up at its deadline, or whose process is killed, leaves the queue.
// For work whose duration is known when it arrives, FifoServers costs one event instead.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "sim/reply_slot.hpp"

namespace seatrial::sim {

class Resource;

class Permit {
 public:
  explicit Permit(Resource& resource) : resource_{&resource} {}
  Permit(Permit&& other) noexcept : resource_{std::exchange(other.resource_, nullptr)} {}
  Permit& operator=(Permit&&) = delete;
  ~Permit();

 private:
  Resource* resource_;
};

class Resource {
 public:
  Resource(Simulation& simulation, std::size_t servers)
      : simulation_{simulation}, free_{servers}, servers_{servers} {}
  Resource(const Resource&) = delete;
  Resource& operator=(const Resource&) = delete;

  std::size_t busy() const { return servers_ - free_; }
  std::size_t waiting() const { return waiting_; }

  class Awaiter : detail::TimedWait {
   public:
    Awaiter(Resource& resource, Instant deadline)
        : TimedWait{resource.simulation_}, resource_{resource}, deadline_{deadline} {}
    ~Awaiter() {
      if (is_queued_) resource_.unlink(*this);
      if (is_granted_) resource_.release();
    }
    bool await_ready() {
      if (resource_.free_ == 0) return false;
      --resource_.free_;
      is_granted_ = true;
      return true;
    }
    void await_suspend(std::coroutine_handle<> process) {
      resource_.link(*this);
      suspend(process, deadline_);
    }
    // nullopt: the deadline passed.
    std::optional<Permit> await_resume() {
      if (!std::exchange(is_granted_, false)) return std::nullopt;
      return std::optional<Permit>{std::in_place, resource_};
    }

   private:
    friend class Resource;
    Resource& resource_;
    Instant deadline_;
    Awaiter* previous_ = nullptr;
    Awaiter* next_ = nullptr;
    bool is_queued_ = false;
    bool is_granted_ = false;
  };
  [[nodiscard]] Awaiter acquire(Instant deadline = Instant::never()) {
    return Awaiter{*this, deadline};
  }

 private:
  friend class Permit;

  void link(Awaiter& waiter) {
    waiter.previous_ = last_;
    (last_ == nullptr ? first_ : last_->next_) = &waiter;
    last_ = &waiter;
    waiter.is_queued_ = true;
    ++waiting_;
  }
  void unlink(Awaiter& waiter) {
    (waiter.previous_ == nullptr ? first_ : waiter.previous_->next_) = waiter.next_;
    (waiter.next_ == nullptr ? last_ : waiter.next_->previous_) = waiter.previous_;
    waiter.previous_ = waiter.next_ = nullptr;
    waiter.is_queued_ = false;
    --waiting_;
  }
  void release() {
    if (first_ == nullptr) {
      ++free_;
      return;
    }
    Awaiter& waiter = *first_;
    unlink(waiter);
    waiter.is_granted_ = true;
    waiter.end_wait();
  }

  Simulation& simulation_;
  std::size_t free_;
  std::size_t servers_;
  std::size_t waiting_ = 0;
  Awaiter* first_ = nullptr;
  Awaiter* last_ = nullptr;
};

inline Permit::~Permit() {
  if (resource_ != nullptr) resource_->release();
}

}  // namespace seatrial::sim
