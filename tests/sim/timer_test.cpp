#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <vector>

#include "sim/random/stream.hpp"
#include "sim/simulation.hpp"

namespace seatrial::sim {
namespace {

constexpr Instant at(std::int64_t ns) { return Instant::at(Duration::nanoseconds(ns)); }

void ignore(void*) {}

TEST(Timer, LeavesNothingBehindWhenCancelled) {
  Simulation simulation;
  for (int i = 0; i != 1'000'000; ++i) {
    const Timer timer = simulation.set_deadline(at(1'000'000), &ignore, nullptr);
    simulation.cancel(timer);
    EXPECT_EQ(timer.slot, 0u) << "the slot is free at once";
  }
  EXPECT_EQ(simulation.pending(), 0u);
  EXPECT_LT(simulation.queue_bytes(), std::size_t{64} * 1024);
}

TEST(Timer, CostsAtMostTwiceTheMemoryOfTheLiveOnesUnderHeavyCancellation) {
  constexpr std::size_t live = 100'000;
  Simulation simulation;
  Stream stream = Stream::sequence(StreamKey{3}, 0);
  std::vector<Timer> timers;
  for (std::size_t i = 0; i != live; ++i) {
    timers.push_back(simulation.set_deadline(at(1'000'000'000), &ignore, nullptr));
  }
  for (int i = 0; i != 1'000'000; ++i) {
    Timer& timer = timers[stream.below(live)];
    simulation.cancel(timer);
    const auto when = static_cast<std::int64_t>(1'000'000'000 + stream.below(1'000'000'000));
    timer = simulation.set_deadline(at(when), &ignore, nullptr);
  }

  EXPECT_EQ(simulation.pending(), live);
  EXPECT_LE(simulation.queue_bytes(), 2 * live * sizeof(QueueEntry) + std::size_t{128} * 1024);
  EXPECT_EQ(simulation.run(), live);
}

TEST(Timer, MayBeCancelledAgainAfterItFiredOrItsSlotWasUsedAnew) {
  Simulation simulation;
  int fired = 0;
  const auto count = [](void* counter) { ++*static_cast<int*>(counter); };
  const Timer old = simulation.set_deadline(at(1), count, &fired);
  simulation.run();
  const Timer later = simulation.set_deadline(at(2), count, &fired);
  ASSERT_EQ(later.slot, old.slot);

  simulation.cancel(old);
  simulation.cancel(Timer{});
  simulation.run();

  EXPECT_EQ(fired, 2);
}

// Timers that are set, cancelled and fire at random, beside a plain list of what must happen.
class RandomTimers {
 public:
  explicit RandomTimers(std::uint64_t seed) : stream_{Stream::sequence(StreamKey{seed}, 0)} {
    simulation_.schedule(at(0), [this] { act(); });
  }

  void run() {
    simulation_.run();
    EXPECT_TRUE(expected_.empty()) << "timers that never fired";
    EXPECT_EQ(simulation_.pending(), 0u);
  }

 private:
  struct Subject {
    RandomTimers* owner;
    int number;
    Timer timer;
    Instant when;
  };

  static void fire(void* object) {
    auto* subject = static_cast<Subject*>(object);
    subject->owner->fired(subject->number);
  }

  void fired(int number) {
    const auto found = expected_.find(number);
    ASSERT_NE(found, expected_.end()) << "timer " << number << " was cancelled or fired before";
    EXPECT_EQ(found->second, simulation_.now());
    expected_.erase(found);
  }

  void act() {
    for (std::uint64_t i = stream_.below(6); i != 0; --i) set();
    for (std::uint64_t i = stream_.below(6); i != 0; --i) cancel();
    if (++steps_ < 20'000) {
      const auto wait = static_cast<std::int64_t>(stream_.below(4));
      simulation_.schedule(Duration::nanoseconds(wait), [this] { act(); });
    }
  }

  void set() {
    const std::uint64_t spread = stream_.below(10) == 0 ? 50'000 : 8;
    const auto wait = static_cast<std::int64_t>(stream_.below(spread));
    const Instant when = simulation_.now() + Duration::nanoseconds(wait);
    auto subject = std::make_unique<Subject>();
    subject->owner = this;
    subject->number = static_cast<int>(subjects_.size());
    subject->timer = simulation_.set_deadline(when, &fire, subject.get());
    expected_.emplace(subject->number, when);
    subjects_.push_back(std::move(subject));
  }

  void cancel() {
    if (subjects_.empty()) return;
    const std::uint64_t recent = std::min<std::uint64_t>(subjects_.size(), 200);
    const Subject& subject = *subjects_[subjects_.size() - 1 - stream_.below(recent)];
    simulation_.cancel(subject.timer);
    expected_.erase(subject.number);
  }

  Simulation simulation_;
  Stream stream_;
  int steps_ = 0;
  std::vector<std::unique_ptr<Subject>> subjects_;
  std::map<int, Instant> expected_;
};

TEST(Timer, FiresOnceAtItsInstantUnlessCancelled) {
  for (std::uint64_t seed = 1; seed != 6; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomTimers{seed}.run();
  }
}

}  // namespace
}  // namespace seatrial::sim
