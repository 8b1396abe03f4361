#include "sim/simulation.hpp"

#include <algorithm>

#include "sim/process_group.hpp"
#include "sim/random/philox.hpp"
#include "sim/task.hpp"

namespace seatrial::sim {

namespace {

constexpr std::uint32_t none = UINT32_MAX;

// A timer's payload: generation, slot, tag.
constexpr std::uint32_t last_generation = (1u << 29) - 1;

std::uint32_t slot_of(std::uint64_t payload) { return static_cast<std::uint32_t>(payload >> 3); }
std::uint32_t generation_of(std::uint64_t payload) {
  return static_cast<std::uint32_t>(payload >> 35);
}

// What an event touches first: most frames are three cache lines.
constexpr auto prefetch_target = [](std::uint64_t payload) {
  const auto* address = reinterpret_cast<const char*>(payload & ~std::uint64_t{7});
  if ((payload & 7) != 2) {
    __builtin_prefetch(address, 1);
    __builtin_prefetch(address + 64, 1);
    __builtin_prefetch(address + 128, 1);
  }
};

}  // namespace

Simulation::Simulation(std::uint64_t seed, TieOrder ties)
    : seed_{seed}, ties_{ties}, previous_{std::exchange(running_, this)} {}

// Simulations of a thread may end in any order.
Simulation::~Simulation() {
  Simulation** link = &running_;
  while (*link != nullptr && *link != this) link = &(*link)->previous_;
  if (*link == this) *link = previous_;
}

std::uint64_t Simulation::run_until(Instant end) {
  const Scope scope{*this};
  const std::uint64_t last_key = (static_cast<std::uint64_t>(end.ns()) << 1) | 1;
  const std::uint64_t before = events_;
  stopped_ = false;
  checkpoint_ = 0;
  ended_by_ = EndedBy::time;
  while (next_key() <= last_key) {
    if (events_ >= checkpoint_ && is_over()) [[unlikely]]
      break;
    const QueueEntry entry = pop_next();
    if (dead_timers_ != 0 && is_dead_timer(entry.payload)) {
      --dead_timers_;
      continue;
    }
    current_key_ = entry.key;
    now_ = Instant::at(Duration::nanoseconds(static_cast<std::int64_t>(entry.key >> 1)));
    ++events_;
    dispatch(entry.payload);
  }
  if (stopped_) ended_by_ = EndedBy::stopped;
  if (ended_by_ == EndedBy::time && pending() == 0) ended_by_ = EndedBy::idle;
  for (const QueueEntry& entry : simultaneous_) queue_.push(entry.key, entry.payload);
  simultaneous_.clear();
  // A cancelled deadline may have left the queue after the last event.
  queue_.rewind(current_key_);
  return events_ - before;
}

// Whether the run must end before the next event; sets when to ask again.
bool Simulation::is_over() {
  if (stopped_) return true;
  if (events_ >= limits_.events) {
    ended_by_ = EndedBy::event_limit;
  } else if (events_ % checkpoint_every == 0 && pending() > limits_.pending) {
    ended_by_ = EndedBy::pending_limit;
  } else {
    const std::uint64_t regular = (events_ / checkpoint_every + 1) * checkpoint_every;
    checkpoint_ = std::min(regular, limits_.events);
    return false;
  }
  return true;
}

std::uint64_t Simulation::next_key() const {
  if (ties_.shuffled && !simultaneous_.empty()) [[unlikely]]
    return simultaneous_.front().key;
  return queue_.next_key();
}

QueueEntry Simulation::pop_next() {
  if (ties_.shuffled) [[unlikely]]
    return pop_shuffled();
  return queue_.pop(prefetch_target);
}

// Draws one of all entries of the next key; those that were scheduled meanwhile are among them.
QueueEntry Simulation::pop_shuffled() {
  const std::uint64_t key = next_key();
  while (queue_.next_key() == key) simultaneous_.push_back(queue_.pop());
  const std::uint64_t draw = philox2x64(ties_.seed, tie_draws_++, 0).first;
  std::swap(simultaneous_[draw % simultaneous_.size()], simultaneous_.back());
  const QueueEntry entry = simultaneous_.back();
  simultaneous_.pop_back();
  return entry;
}

void Simulation::dispatch(std::uint64_t payload) {
  const std::uint64_t tag = payload & tag_mask;
  if (tag == 0) {
    resume(std::coroutine_handle<>::from_address(reinterpret_cast<void*>(payload)));
    return;
  }
  in_callback_ = true;
  if (tag == callback_tag) {
    auto* node = reinterpret_cast<CallbackBase*>(payload & ~tag_mask);
    node->run(node, *this);
  } else {
    run_timer(payload);
  }
  in_callback_ = false;
  if (next_) resume(std::exchange(next_, nullptr));
}

void Simulation::resume(std::coroutine_handle<> handle) {
  while (handle) {
    resumed_ = handle;
    handle.resume();
    handle = std::exchange(next_, nullptr);
  }
  resumed_ = nullptr;
  if (finished_) {
    const std::coroutine_handle<> root = std::exchange(finished_, nullptr);
    PromiseBase& promise = PromiseBase::of(root);
    if (promise.group != nullptr) promise.group->unlink(promise);
    root.destroy();
  }
}

Timer Simulation::set_deadline(Instant when, void (*fire)(void*), void* object) {
  if (free_timer_ == none) {
    free_timer_ = static_cast<std::uint32_t>(timers_.size());
    timers_.push_back({1, none, nullptr, nullptr});
  }
  const std::uint32_t slot = free_timer_;
  TimerSlot& timer = timers_[slot];
  free_timer_ = timer.next_free;
  timer.fire = fire;
  timer.object = object;
  const std::uint64_t payload =
      (std::uint64_t{timer.generation} << 35) | (std::uint64_t{slot} << 3) | timer_tag;
  push_key((static_cast<std::uint64_t>(when.ns()) << 1) | 1, payload);
  return {slot, timer.generation};
}

void Simulation::cancel(Timer timer) {
  if (timer.generation == 0 || timers_[timer.slot].generation != timer.generation) return;
  retire(timer.slot);
  ++dead_timers_;
  if (dead_timers_ > 64 && dead_timers_ * 2 > queue_.size()) drop_dead_timers();
}

// Ends the timer of this slot. A slot whose generations are used up is never used again, so that
// no queue entry can be taken for that of a later timer.
void Simulation::retire(std::uint32_t timer_slot) {
  TimerSlot& slot = timers_[timer_slot];
  if (slot.generation++ == last_generation) return;
  slot.next_free = std::exchange(free_timer_, timer_slot);
}

bool Simulation::is_dead_timer(std::uint64_t payload) const {
  return (payload & tag_mask) == timer_tag &&
         timers_[slot_of(payload)].generation != generation_of(payload);
}

void Simulation::drop_dead_timers() {
  remove_entries_if([this](std::uint64_t payload) { return is_dead_timer(payload); });
  dead_timers_ = 0;
}

void Simulation::run_timer(std::uint64_t payload) {
  const TimerSlot timer = timers_[slot_of(payload)];
  retire(slot_of(payload));
  timer.fire(timer.object);
}

ReplyAddress Simulation::open_reply(void* receiver) {
  if (free_reply_ == none) {
    free_reply_ = static_cast<std::uint32_t>(replies_.size());
    replies_.push_back({1, none, nullptr});
  }
  const std::uint32_t slot = free_reply_;
  ReplySlotEntry& entry = replies_[slot];
  free_reply_ = entry.next_free;
  entry.receiver = receiver;
  return {slot, entry.generation};
}

void Simulation::close_reply(ReplyAddress address) {
  ReplySlotEntry& entry = replies_[address.slot];
  if (++entry.generation == 0) return;  // used up
  entry.next_free = std::exchange(free_reply_, address.slot);
}

void* Simulation::find_receiver(ReplyAddress address) {
  if (address.generation == 0) return nullptr;
  const ReplySlotEntry& entry = replies_[address.slot];
  if (entry.generation == address.generation) return entry.receiver;
  ++dropped_answers_;
  return nullptr;
}

template <class IsDead>
void Simulation::remove_entries_if(IsDead is_dead) {
  queue_.remove_if(is_dead);
  std::erase_if(simultaneous_, [&](const QueueEntry& entry) { return is_dead(entry.payload); });
}

void Simulation::begin_kill(const ProcessGroup& group) {
  SEATRIAL_ASSERT(!resumed_ || PromiseBase::of(resumed_).root->group != &group,
                  "a process kills its own group");
  ++kills_;
  remove_entries_if([&group](std::uint64_t payload) {
    if ((payload & tag_mask) != 0) return false;
    const auto handle = std::coroutine_handle<>::from_address(reinterpret_cast<void*>(payload));
    return PromiseBase::of(handle).root->group == &group;
  });
  if (next_ && PromiseBase::of(next_).root->group == &group) next_ = nullptr;
}

bool Simulation::is_dying(std::coroutine_handle<> waiting) {
  const ProcessGroup* group = PromiseBase::of(waiting).root->group;
  return group != nullptr && group->is_dying();
}

}  // namespace seatrial::sim
