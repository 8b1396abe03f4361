#include "sim/event_queue.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "sim/random/stream.hpp"
#include "sim/random/ziggurat.hpp"

namespace seatrial::sim {
namespace {

// What the queue must do, in the plainest way: a list in the order of leaving.
class ReferenceQueue {
 public:
  void push(std::uint64_t key, std::uint64_t payload) {
    const auto later = [](std::uint64_t k, const QueueEntry& entry) { return k < entry.key; };
    entries_.insert(std::upper_bound(entries_.begin(), entries_.end(), key, later), {key, payload});
  }
  QueueEntry pop() {
    const QueueEntry entry = entries_.front();
    entries_.erase(entries_.begin());
    return entry;
  }
  template <class IsDead>
  void remove_if(IsDead is_dead) {
    std::erase_if(entries_, [&](const QueueEntry& entry) { return is_dead(entry.payload); });
  }
  std::size_t size() const { return entries_.size(); }
  std::uint64_t next_key() const {
    return entries_.empty() ? EventQueue::no_key : entries_.front().key;
  }

 private:
  std::vector<QueueEntry> entries_;
};

struct Distribution {
  const char* name;
  std::function<std::uint64_t(Stream&)> draw;
};

std::uint64_t exponential(Stream& stream, double mean) {
  return static_cast<std::uint64_t>(standard_exponential(stream) * mean);
}

std::vector<Distribution> distributions() {
  return {
      {"exponential", [](Stream& s) { return exponential(s, 1e6); }},
      {"exponential of a few units, many ties", [](Stream& s) { return exponential(s, 3); }},
      {"exponential of a hundred seconds", [](Stream& s) { return exponential(s, 1e11); }},
      {"constant", [](Stream&) { return std::uint64_t{1'000'000}; }},
      {"half of the delays zero",
       [](Stream& s) { return s.below(2) == 0 ? 0 : exponential(s, 1e6); }},
      {"half of the entries at the next whole millisecond",
       [](Stream& s) { return s.below(2) == 0 ? std::uint64_t{1 << 20} : s.below(1 << 20); }},
      {"short hops and half-hour timeouts",
       [](Stream& s) {
         return s.below(10) == 0 ? std::uint64_t{1'800'000'000'000} : exponential(s, 5e4);
       }},
      {"powers of two", [](Stream& s) { return std::uint64_t{1} << s.below(40); }},
  };
}

void expect_same_next(EventQueue& queue, ReferenceQueue& reference, const std::string& where) {
  ASSERT_EQ(queue.size(), reference.size()) << where;
  ASSERT_EQ(queue.next_key(), reference.next_key()) << where;
  const QueueEntry entry = queue.pop();
  const QueueEntry expected = reference.pop();
  ASSERT_EQ(entry.key, expected.key) << where;
  ASSERT_EQ(entry.payload, expected.payload) << where;
}

// Holds around `level` entries, with the level itself wandering from 0 to 2 * level.
void compare_with_reference(const Distribution& distribution, std::size_t level, int steps,
                            std::uint64_t seed) {
  Stream stream = Stream::sequence(StreamKey{seed}, level);
  EventQueue queue;
  ReferenceQueue reference;
  std::uint64_t now = 0;
  std::uint64_t next_payload = 0;
  for (int step = 0; step != steps && !testing::Test::HasFailure(); ++step) {
    const bool growing = (static_cast<std::size_t>(step) / (4 * level)) % 2 == 0;
    if (stream.below(4) < (growing ? 3u : 1u)) {
      const std::uint64_t key = now + distribution.draw(stream);
      queue.push(key, next_payload);
      reference.push(key, next_payload++);
    } else if (queue.size() != 0) {
      now = reference.next_key();
      expect_same_next(queue, reference,
                       std::string{distribution.name} + ", seed " + std::to_string(seed));
    }
  }
  while (queue.size() != 0 && !testing::Test::HasFailure()) {
    expect_same_next(queue, reference, distribution.name);
  }
}

TEST(EventQueue, LeavesByKeyAndThenInTheOrderOfComing) {
  for (const Distribution& distribution : distributions()) {
    for (const std::size_t level : {3, 14, 40, 400, 3000}) {
      compare_with_reference(distribution, level, 20'000, 1);
    }
  }
}

TEST(EventQueue, KeepsTiesInOrderWhileItGrowsFromTinyToLargeAndBack) {
  for (std::uint64_t pushed = 1; pushed != 200; ++pushed) {
    EventQueue queue;
    for (std::uint64_t i = 0; i != pushed; ++i) queue.push(7 + (i % 3 == 0 ? 1 : 0), i);
    std::vector<std::uint64_t> left;
    while (!queue.empty()) left.push_back(queue.pop().payload);

    std::vector<std::uint64_t> expected;
    for (std::uint64_t i = 0; i != pushed; ++i) {
      if (i % 3 != 0) expected.push_back(i);
    }
    for (std::uint64_t i = 0; i < pushed; i += 3) expected.push_back(i);
    ASSERT_EQ(left, expected) << pushed << " entries";
  }
}

TEST(EventQueue, ServesABurstOfZeroDelaysFirstComeFirstServed) {
  EventQueue queue;
  for (std::uint64_t i = 0; i != 100; ++i) queue.push(1'000 + i, i);
  ASSERT_EQ(queue.pop().payload, 0u);
  for (std::uint64_t i = 0; i != 10'000; ++i) queue.push(1'000, 1'000 + i);
  for (std::uint64_t i = 0; i != 10'000; ++i) ASSERT_EQ(queue.pop().payload, 1'000 + i);
  for (std::uint64_t i = 1; i != 100; ++i) ASSERT_EQ(queue.pop().payload, i);
}

TEST(EventQueue, KeepsTheOrderOfTheOthersWhenSomeAreRemoved) {
  for (const Distribution& distribution : distributions()) {
    for (const std::size_t level : {5, 20, 33, 1000}) {
      Stream stream = Stream::sequence(StreamKey{9}, level);
      EventQueue queue;
      ReferenceQueue reference;
      std::uint64_t payload = 0;
      std::uint64_t now = 0;
      for (std::size_t round = 0; round != 10; ++round) {
        for (std::size_t i = 0; i != level; ++i) {
          const std::uint64_t key = now + distribution.draw(stream);
          queue.push(key, payload);
          reference.push(key, payload++);
        }
        for (std::size_t i = 0; i != level / 3; ++i) {
          now = reference.next_key();
          expect_same_next(queue, reference, distribution.name);
        }
        const auto is_dead = [&](std::uint64_t p) { return p % 5 == round % 5; };
        const std::size_t before = reference.size();
        reference.remove_if(is_dead);
        ASSERT_EQ(queue.remove_if(is_dead), before - reference.size());
      }
      while (queue.size() != 0) expect_same_next(queue, reference, distribution.name);
    }
  }
}

TEST(EventQueue, TakesEarlierKeysAgainAfterRewinding) {
  for (const std::size_t level : {2, 20, 500}) {
    for (const std::uint64_t spread : {1, 50, 100'000}) {
      Stream stream = Stream::sequence(StreamKey{5}, level);
      EventQueue queue;
      ReferenceQueue reference;
      std::uint64_t payload = 0;
      std::uint64_t now = 0;
      for (int round = 0; round != 200; ++round) {
        while (queue.size() < level) {
          const std::uint64_t key = now + stream.below(spread);
          queue.push(key, payload);
          reference.push(key, payload++);
        }
        // What leaves now does not count: the clock stays at `now`.
        for (std::size_t i = 0; i != 1 + level / 4; ++i) {
          expect_same_next(queue, reference, "rewound");
        }
        queue.rewind(now);
        if (round % 3 == 0) now = queue.next_key();
      }
    }
  }
}

TEST(EventQueue, UsesAtMostTwiceTheMemoryOfItsEntries) {
  constexpr std::size_t constant = 128 * 1024;
  for (const std::size_t pending : {1'000, 10'000, 100'000, 1'000'000}) {
    EventQueue queue;
    Stream stream = Stream::sequence(StreamKey{2}, pending);
    for (std::size_t i = 0; i != pending; ++i) queue.push(exponential(stream, 1e6), i);
    for (std::size_t i = 0; i != pending; ++i) {
      const QueueEntry entry = queue.pop();
      queue.push(entry.key + exponential(stream, 1e6), entry.payload);
    }
    EXPECT_LE(queue.allocated_bytes(), 2 * pending * sizeof(QueueEntry) + constant) << pending;
  }
}

TEST(EventQueueDeathTest, RefusesAKeyOfThePast) {
  EventQueue queue;
  queue.push(10, 0);
  queue.pop();
  EXPECT_DEATH(queue.push(9, 1), "an event is scheduled in the past");
}

}  // namespace
}  // namespace seatrial::sim
