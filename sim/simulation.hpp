// One simulated world's clock and event loop.
//
// Order: events run by time, then in the order in which they were scheduled; deadlines run after
// every other event of their instant, so an answer that arrives exactly on time is in time.
//
// Who resumes a coroutine: the loop alone. A parent and its child hand over through the loop's one
// slot; an event (a message that arrives, a deadline that passes) may hand over to one process the
// same way; every other wake-up is an event at the current instant.
//
// Errors: an event in the past, or a process that kills its own group, is an assertion. End of a
// run: the owner destroys the process groups, then the models, then the simulation. A simulation is
// made, run and destroyed on one thread; models are set up while it is the current one.
//
// Cancelling from outside (a signal, a wall clock): run in slices, `run_until(t)` for rising t, and
// stop asking for more. Slices change nothing in what happens.
#pragma once

#include <coroutine>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include "sim/arena.hpp"
#include "sim/event_queue.hpp"
#include "sim/time.hpp"

namespace seatrial::sim {

class ProcessGroup;

// Names a timer that may be cancelled; stale once it fired or was cancelled.
struct Timer {
  std::uint32_t slot = 0;
  std::uint32_t generation = 0;  // 0: none
};

// Names whoever waits for an answer; stale once they stopped waiting.
struct ReplyAddress {
  std::uint32_t slot = 0;
  std::uint32_t generation = 0;
};

// Whether simultaneous events keep their order, or are shuffled to reveal models that lean on it.
struct TieOrder {
  bool shuffled = false;
  std::uint64_t seed = 0;
};

// A run that reaches one of them ends; it is then neither right nor wrong but unfinished. `events`
// is exact; `pending` is looked at every 1,024 events, so equal runs end at equal events.
struct Limits {
  std::uint64_t events = UINT64_MAX;
  std::size_t pending = SIZE_MAX;
};

enum class EndedBy {
  idle,  // nothing is left to happen
  time,  // the next event is after the end
  stopped,
  event_limit,
  pending_limit,
};

class Simulation {
 public:
  // While it lives, this simulation is the current one of the thread.
  class Scope;

  explicit Simulation(std::uint64_t seed = 0, TieOrder ties = {});
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;
  ~Simulation();

  Instant now() const { return now_; }
  std::uint64_t seed() const { return seed_; }
  std::uint64_t events() const { return events_; }
  std::uint64_t dropped_answers() const { return dropped_answers_; }
  std::size_t pending() const { return queue_.size() + simultaneous_.size() - dead_timers_; }
  std::size_t queue_bytes() const { return queue_.allocated_bytes(); }
  Arena& arena() { return arena_; }

  // The simulation whose run() is on this thread's stack, or that was made last; for the frame
  // arena and assertions alone. Models are handed their simulation.
  static Simulation* current() { return running_; }

  // Runs every event up to and including `end`, until stop() is called or a limit is reached; the
  // clock then stands at the last event's time. Returns the number of events run.
  std::uint64_t run_until(Instant end);
  std::uint64_t run() { return run_until(Instant::never()); }
  // Ends the run after the running event.
  void stop() {
    stopped_ = true;
    checkpoint_ = 0;
  }
  void limit(Limits limits) { limits_ = limits; }
  // Why the last run_until() returned.
  EndedBy ended_by() const { return ended_by_; }

  // Calls `callback()` at `when`. The callable is copied bit by bit, so it must own nothing.
  template <class Callback>
  void schedule(Instant when, Callback callback) {
    static_assert(std::is_trivially_copyable_v<Callback> &&
                  std::is_trivially_destructible_v<Callback>);
    using Node = CallbackNode<Callback>;
    static_assert(sizeof(Node) < Arena::large && alignof(Node) <= 16);
    auto* node = new (arena_.allocate(sizeof(Node))) Node{{&Node::run}, std::move(callback)};
    push(when, reinterpret_cast<std::uint64_t>(static_cast<CallbackBase*>(node)) | callback_tag);
  }
  template <class Callback>
  void schedule(Duration after, Callback callback) {
    schedule(now_ + after, std::move(callback));
  }

  // Calls `fire(object)` at `when`, after all other events of that instant, unless cancelled.
  Timer set_deadline(Instant when, void (*fire)(void*), void* object);
  // Nothing stays behind: the timer's slot is free at once, its queue entry is dropped when it is
  // met or when such entries outnumber the live ones.
  void cancel(Timer timer);

  // Lets a suspended coroutine go on: straight after the running callback when it is the first to
  // be woken by it, else in an event at the current instant.
  void wake(std::coroutine_handle<> waiting) {
    if (kills_ != 0 && is_dying(waiting)) [[unlikely]]
      return;
    if (in_callback_ && !next_) {
      next_ = waiting;
    } else {
      resume_at(now_, waiting);
    }
  }
  void resume_at(Instant when, std::coroutine_handle<> waiting) {
    push(when, reinterpret_cast<std::uint64_t>(waiting.address()));
  }
  // For Task and Process alone.
  void hand_over(std::coroutine_handle<> next) { next_ = next; }
  void finished(std::coroutine_handle<> root) { finished_ = root; }

  ReplyAddress open_reply(void* receiver);
  void close_reply(ReplyAddress address);
  // The receiver at this address; null when nobody was meant (an address of generation 0) or,
  // counted, when it has stopped waiting.
  void* find_receiver(ReplyAddress address);
  void count_dropped_answer() { ++dropped_answers_; }

  class DelayAwaiter {
   public:
    DelayAwaiter(Simulation& simulation, Instant until) : simulation_{simulation}, until_{until} {}
    bool await_ready() const { return until_ <= simulation_.now(); }
    void await_suspend(std::coroutine_handle<> waiting) { simulation_.resume_at(until_, waiting); }
    void await_resume() const {}

   private:
    Simulation& simulation_;
    Instant until_;
  };
  // An instant that has come already does not suspend.
  [[nodiscard]] DelayAwaiter delay(Duration d) { return DelayAwaiter{*this, now_ + d}; }
  [[nodiscard]] DelayAwaiter until(Instant when) { return DelayAwaiter{*this, when}; }

 private:
  friend class ProcessGroup;

  // Payloads are 16-byte aligned addresses; the low bits say of what.
  static constexpr std::uint64_t tag_mask = 7;
  static constexpr std::uint64_t callback_tag = 1;
  static constexpr std::uint64_t timer_tag = 2;

  struct CallbackBase {
    void (*run)(CallbackBase*, Simulation&);
  };
  template <class Callback>
  struct CallbackNode : CallbackBase {
    CallbackNode(CallbackBase base, Callback c) : CallbackBase{base}, callback{std::move(c)} {}
    static void run(CallbackBase* base, Simulation& simulation) {
      auto* node = static_cast<CallbackNode*>(base);
      Callback callback = node->callback;
      simulation.arena_.deallocate(node, sizeof(CallbackNode));
      callback();
    }
    Callback callback;
  };
  struct TimerSlot {
    std::uint32_t generation = 1;
    std::uint32_t next_free = 0;
    void (*fire)(void*) = nullptr;
    void* object = nullptr;
  };
  struct ReplySlotEntry {
    std::uint32_t generation = 1;
    std::uint32_t next_free = 0;
    void* receiver = nullptr;
  };

  void push(Instant when, std::uint64_t payload) {
    push_key(static_cast<std::uint64_t>(when.ns()) << 1, payload);
  }
  // What a deadline of this instant sets off runs after it, not before.
  void push_key(std::uint64_t key, std::uint64_t payload) {
    const bool now_in_deadlines = (key | 1) == current_key_;
    queue_.push(now_in_deadlines ? current_key_ : key, payload);
  }
  static constexpr std::uint64_t checkpoint_every = 1024;

  bool is_over();
  std::uint64_t next_key() const;
  QueueEntry pop_next();
  QueueEntry pop_shuffled();
  void dispatch(std::uint64_t payload);
  void run_timer(std::uint64_t payload);
  void resume(std::coroutine_handle<> handle);
  void drop_dead_timers();
  bool is_dead_timer(std::uint64_t payload) const;
  template <class IsDead>
  void remove_entries_if(IsDead is_dead);
  void retire(std::uint32_t timer_slot);
  void begin_kill(const ProcessGroup& group);
  void end_kill() { --kills_; }
  static bool is_dying(std::coroutine_handle<> waiting);

  static inline constinit thread_local Simulation* running_ = nullptr;

  Instant now_;
  std::uint64_t current_key_ = 0;
  std::coroutine_handle<> next_;
  std::coroutine_handle<> finished_;
  std::coroutine_handle<> resumed_;  // what runs now
  std::uint32_t kills_ = 0;          // groups that are being killed, one inside of the other
  bool in_callback_ = false;
  bool stopped_ = false;
  EndedBy ended_by_ = EndedBy::idle;
  std::uint64_t events_ = 0;
  std::uint64_t checkpoint_ = 0;  // when so many events have run, is_over() has to be asked
  Limits limits_;
  std::uint64_t seed_;
  TieOrder ties_;
  std::uint64_t tie_draws_ = 0;
  std::uint64_t dropped_answers_ = 0;
  std::size_t dead_timers_ = 0;
  EventQueue queue_;
  Arena arena_;
  std::vector<QueueEntry> simultaneous_;  // when ties are shuffled: those of the current instant
  std::vector<TimerSlot> timers_;
  std::uint32_t free_timer_ = UINT32_MAX;
  std::vector<ReplySlotEntry> replies_;
  std::uint32_t free_reply_ = UINT32_MAX;
  Simulation* previous_;  // current before this one was made
};

class Simulation::Scope {
 public:
  explicit Scope(Simulation& simulation) : outer_{std::exchange(running_, &simulation)} {}
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;
  ~Scope() { running_ = outer_; }

 private:
  Simulation* outer_;
};

}  // namespace seatrial::sim
