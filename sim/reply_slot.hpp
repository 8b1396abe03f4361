// Where a caller waits for answers from other places. A request carries the slot's address; an
// answer that comes after the caller stopped waiting is dropped and counted. The slot ends the
// waiting, never the work (a timed-out write has an unknown outcome).
//
//   ReplySlot<Answer> slot{simulation};
//   send(request, slot.address());
//   const std::optional<Answer> answer = co_await slot.until(deadline);   // nullopt: too late
//
// Every wait of the engine takes a deadline; where a duration reads better, `slot.within(timeout)`.
// A deadline that has passed already ends the wait after the events of the current instant.
// The first of several is a Gather with `enough` 1; k of n one with `enough` k.
//
// ReplyBox takes any number of answers to one address, one after the other.
//
// Gather waits for several answers to one address: `enough` of `expected`, where an answer that
// does not count (a refusal) makes the wait end early once enough can no longer come.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "sim/simulation.hpp"

namespace seatrial::sim {

namespace detail {

// A process that waits for something with a deadline. Waking it or passing the deadline ends it.
class TimedWait {
 public:
  explicit TimedWait(Simulation& simulation) : simulation_{simulation} {}
  TimedWait(const TimedWait&) = delete;
  TimedWait& operator=(const TimedWait&) = delete;
  ~TimedWait() { drop_deadline(); }

 protected:
  void suspend(std::coroutine_handle<> waiting, Instant deadline) {
    waiting_ = waiting;
    if (deadline == Instant::never()) return;
    timer_ = simulation_.set_deadline(std::max(deadline, simulation_.now()), &expire, this);
  }
  void end_wait() {
    if (!waiting_) return;
    drop_deadline();
    simulation_.wake(std::exchange(waiting_, nullptr));
  }
  Simulation& simulation() const { return simulation_; }

 private:
  // Most waits have no deadline: they pay no call for it.
  void drop_deadline() {
    if (timer_.generation != 0) [[unlikely]]
      simulation_.cancel(std::exchange(timer_, {}));
  }
  static void expire(void* object) {
    auto* wait = static_cast<TimedWait*>(object);
    wait->timer_ = {};
    wait->simulation_.wake(std::exchange(wait->waiting_, nullptr));
  }

  Simulation& simulation_;
  std::coroutine_handle<> waiting_;
  Timer timer_;
};

}  // namespace detail

template <class T>
class ReplySlot : detail::TimedWait {
 public:
  explicit ReplySlot(Simulation& simulation)
      : TimedWait{simulation}, address_{simulation.open_reply(this)} {}
  ~ReplySlot() { simulation().close_reply(address_); }

  ReplyAddress address() const { return address_; }
  bool answered() const { return answer_.has_value(); }

  class Awaiter {
   public:
    Awaiter(ReplySlot& slot, Instant deadline) : slot_{slot}, deadline_{deadline} {}
    bool await_ready() const { return slot_.answered(); }
    void await_suspend(std::coroutine_handle<> waiting) { slot_.suspend(waiting, deadline_); }
    std::optional<T> await_resume() { return std::exchange(slot_.answer_, std::nullopt); }

   private:
    ReplySlot& slot_;
    Instant deadline_;
  };
  [[nodiscard]] Awaiter until(Instant deadline) { return Awaiter{*this, deadline}; }

  [[nodiscard]] Awaiter within(Duration d) { return until(simulation().now() + d); }

  // Called when an answer arrives. Only the first counts; later ones are dropped and counted.
  static bool deliver(Simulation& simulation, ReplyAddress to, T answer) {
    auto* slot = static_cast<ReplySlot*>(simulation.find_receiver(to));
    if (slot == nullptr) return false;
    if (std::exchange(slot->was_answered_, true)) {
      simulation.count_dropped_answer();
      return false;
    }
    slot->answer_ = std::move(answer);
    slot->end_wait();
    return true;
  }

 private:
  ReplyAddress address_;
  bool was_answered_ = false;
  std::optional<T> answer_;
};

template <class T>
class ReplyBox : detail::TimedWait {
 public:
  explicit ReplyBox(Simulation& simulation)
      : TimedWait{simulation}, address_{simulation.open_reply(this)} {}
  ~ReplyBox() { simulation().close_reply(address_); }

  ReplyAddress address() const { return address_; }

  class Awaiter {
   public:
    Awaiter(ReplyBox& box, Instant deadline) : box_{box}, deadline_{deadline} {}
    bool await_ready() const { return !box_.answers_.empty(); }
    void await_suspend(std::coroutine_handle<> waiting) { box_.suspend(waiting, deadline_); }
    std::optional<T> await_resume() { return box_.take(); }

   private:
    ReplyBox& box_;
    Instant deadline_;
  };
  // Ends with the next answer, those that came since the last wait first, or at the deadline.
  [[nodiscard]] Awaiter until(Instant deadline) { return Awaiter{*this, deadline}; }

  static bool deliver(Simulation& simulation, ReplyAddress to, T answer) {
    auto* box = static_cast<ReplyBox*>(simulation.find_receiver(to));
    if (box == nullptr) return false;
    box->answers_.push_back(std::move(answer));
    box->end_wait();
    return true;
  }

 private:
  std::optional<T> take() {
    if (answers_.empty()) return std::nullopt;
    std::optional<T> first{std::move(answers_.front())};
    answers_.erase(answers_.begin());
    return first;
  }

  ReplyAddress address_;
  std::vector<T> answers_;  // hardly ever more than one
};

template <class T>
class Gather : detail::TimedWait {
 public:
  Gather(Simulation& simulation, std::size_t enough, std::size_t expected)
      : TimedWait{simulation},
        enough_{enough},
        outstanding_{expected},
        address_{simulation.open_reply(this)} {
    answers_.reserve(expected);
  }
  ~Gather() { simulation().close_reply(address_); }

  ReplyAddress address() const { return address_; }
  bool has_enough() const { return counting_ >= enough_; }
  bool is_over() const { return has_enough() || counting_ + outstanding_ < enough_; }

  class Awaiter {
   public:
    Awaiter(Gather& gather, Instant deadline) : gather_{gather}, deadline_{deadline} {}
    bool await_ready() const { return gather_.is_over(); }
    void await_suspend(std::coroutine_handle<> waiting) { gather_.suspend(waiting, deadline_); }
    // The answers so far, in order of arrival, those that do not count included.
    const std::vector<T>& await_resume() { return gather_.answers_; }

   private:
    Gather& gather_;
    Instant deadline_;
  };
  // Ends when enough answers came, when enough can no longer come, or at the deadline.
  [[nodiscard]] Awaiter until(Instant deadline) { return Awaiter{*this, deadline}; }
  [[nodiscard]] Awaiter within(Duration d) { return until(simulation().now() + d); }

  // Answers that come when the wait is over are dropped and counted.
  static bool deliver(Simulation& simulation, ReplyAddress to, T answer, bool counts = true) {
    auto* gather = static_cast<Gather*>(simulation.find_receiver(to));
    if (gather == nullptr) return false;
    if (gather->is_over()) {
      simulation.count_dropped_answer();
      return false;
    }
    gather->answers_.push_back(std::move(answer));
    if (counts) ++gather->counting_;
    --gather->outstanding_;
    if (gather->is_over()) gather->end_wait();
    return true;
  }

 private:
  std::size_t enough_;
  std::size_t outstanding_;
  std::size_t counting_ = 0;
  ReplyAddress address_;
  std::vector<T> answers_;
};

}  // namespace seatrial::sim
