#include "sim/simulation.hpp"

#include "sim/process_group.hpp"
#include "sim/random/philox.hpp"
#include "sim/task.hpp"

namespace seatrial::sim {

namespace {

thread_local Simulation* running = nullptr;

constexpr std::uint32_t none = UINT32_MAX;

// A timer's payload: generation, slot, tag.
constexpr std::uint32_t generation_bits = 29;
constexpr std::uint32_t generation_mask = (1u << generation_bits) - 1;

std::uint32_t slot_of(std::uint64_t payload) { return static_cast<std::uint32_t>(payload >> 3); }
std::uint32_t generation_of(std::uint64_t payload) {
  return static_cast<std::uint32_t>(payload >> 35);
}

void prefetch_target(std::uint64_t payload) {
  const auto* address = reinterpret_cast<const char*>(payload & ~std::uint64_t{7});
  if ((payload & 7) != 2) __builtin_prefetch(address, 1);
}

}  // namespace

Simulation* Simulation::current() { return running; }

Simulation::Simulation(std::uint64_t seed, TieOrder ties)
    : seed_{seed}, ties_{ties}, previous_{std::exchange(running, this)} {}

Simulation::~Simulation() { running = previous_; }

std::uint64_t Simulation::run_until(Instant end) {
  Simulation* const outer = std::exchange(running, this);
  const std::uint64_t last_key = (static_cast<std::uint64_t>(end.ns()) << 1) | 1;
  const std::uint64_t before = events_;
  stopped_ = false;
  while (!stopped_ && queue_.next_key() <= last_key) {
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
  running = outer;
  return events_ - before;
}

QueueEntry Simulation::pop_next() {
  if (ties_.shuffled) [[unlikely]]
    return pop_shuffled();
  return queue_.pop(prefetch_target);
}

// Takes all entries of the next key out, draws one, and puts the others back: they stay entries of
// the current instant, so they are in front again.
QueueEntry Simulation::pop_shuffled() {
  const std::uint64_t key = queue_.next_key();
  while (queue_.next_key() == key) simultaneous_.push_back(queue_.pop());
  const std::uint64_t draw = philox2x64(ties_.seed, tie_draws_++, 0).first;
  const std::size_t chosen = draw % simultaneous_.size();
  const QueueEntry entry = simultaneous_[chosen];
  for (std::size_t i = 0; i != simultaneous_.size(); ++i) {
    if (i != chosen) queue_.push(simultaneous_[i].key, simultaneous_[i].payload);
  }
  simultaneous_.clear();
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
    handle.resume();
    handle = std::exchange(next_, nullptr);
  }
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
  const std::uint64_t payload = (std::uint64_t{timer.generation} << 35) |
                                (std::uint64_t{slot} << 3) | timer_tag;
  push_key((static_cast<std::uint64_t>(when.ns()) << 1) | 1, payload);
  return {slot, timer.generation};
}

void Simulation::cancel(Timer timer) {
  if (timer.generation == 0 || timers_[timer.slot].generation != timer.generation) return;
  TimerSlot& slot = timers_[timer.slot];
  slot.generation = (slot.generation & generation_mask) == generation_mask ? 1
                                                                           : slot.generation + 1;
  slot.next_free = std::exchange(free_timer_, timer.slot);
  ++dead_timers_;
  if (dead_timers_ > 64 && dead_timers_ * 2 > queue_.size()) drop_dead_timers();
}

bool Simulation::is_dead_timer(std::uint64_t payload) const {
  return (payload & tag_mask) == timer_tag &&
         timers_[slot_of(payload)].generation != generation_of(payload);
}

void Simulation::drop_dead_timers() {
  queue_.remove_if([this](std::uint64_t payload) { return is_dead_timer(payload); });
  dead_timers_ = 0;
}

void Simulation::run_timer(std::uint64_t payload) {
  const std::uint32_t index = slot_of(payload);
  TimerSlot& slot = timers_[index];
  slot.generation = (slot.generation & generation_mask) == generation_mask ? 1
                                                                           : slot.generation + 1;
  slot.next_free = std::exchange(free_timer_, index);
  void (*fire)(void*) = slot.fire;
  fire(slot.object);
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
  ++entry.generation;
  entry.next_free = std::exchange(free_reply_, address.slot);
}

void* Simulation::find_receiver(ReplyAddress address) {
  const ReplySlotEntry& entry = replies_[address.slot];
  if (entry.generation == address.generation) return entry.receiver;
  ++dropped_answers_;
  return nullptr;
}

void Simulation::remove_wakeups_of(const ProcessGroup& group) {
  queue_.remove_if([&group](std::uint64_t payload) {
    if ((payload & tag_mask) != 0) return false;
    const auto handle = std::coroutine_handle<>::from_address(reinterpret_cast<void*>(payload));
    return PromiseBase::of(handle).root->group == &group;
  });
  if (next_ && PromiseBase::of(next_).root->group == &group) next_ = nullptr;
}

}  // namespace seatrial::sim
