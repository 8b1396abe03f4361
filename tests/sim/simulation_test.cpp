#include "sim/simulation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "sim/process_group.hpp"

namespace seatrial::sim {
namespace {

using testing::ElementsAre;

constexpr Instant at(std::int64_t ns) { return Instant::at(Duration::nanoseconds(ns)); }

struct Log {
  std::vector<std::string> lines;
  void note(const char* line) { lines.emplace_back(line); }
};

struct Note {
  Log* log;
  const char* line;
  static void fire(void* note) {
    const auto* self = static_cast<Note*>(note);
    self->log->note(self->line);
  }
};

TEST(Simulation, RunsEventsByTimeAndThenInTheOrderOfScheduling) {
  Simulation simulation;
  Log log;
  simulation.schedule(at(20), [&log] { log.note("20, first"); });
  simulation.schedule(at(10), [&log] { log.note("10"); });
  simulation.schedule(at(20), [&log] { log.note("20, second"); });

  simulation.run();

  EXPECT_THAT(log.lines, ElementsAre("10", "20, first", "20, second"));
}

TEST(Simulation, RunsDeadlinesAfterEveryOtherEventOfTheirInstant) {
  Simulation simulation;
  Log log;
  Note deadline{&log, "deadline"};
  simulation.set_deadline(at(10), &Note::fire, &deadline);
  simulation.schedule(at(10), [&] {
    log.note("event");
    simulation.schedule(Duration{}, [&log] { log.note("set off by the event"); });
  });

  simulation.run();

  EXPECT_THAT(log.lines, ElementsAre("event", "set off by the event", "deadline"));
}

struct Chain {
  Simulation* simulation;
  Log* log;
  static void fire(void* chain) {
    auto* self = static_cast<Chain*>(chain);
    self->log->note("first deadline");
    Log* log = self->log;
    self->simulation->schedule(Duration{}, [log] { log->note("set off by the deadline"); });
  }
};

TEST(Simulation, RunsWhatADeadlineSetsOffAfterTheOtherDeadlinesOfTheInstant) {
  Simulation simulation;
  Log log;
  Chain chain{&simulation, &log};
  Note second{&log, "second deadline"};
  simulation.set_deadline(at(10), &Chain::fire, &chain);
  simulation.set_deadline(at(10), &Note::fire, &second);
  simulation.schedule(at(11), [&log] { log.note("next instant"); });

  simulation.run();

  EXPECT_THAT(log.lines, ElementsAre("first deadline", "second deadline", "set off by the deadline",
                                     "next instant"));
}

TEST(Simulation, RunsEventsOfTheEndAndNoneAfterIt) {
  Simulation simulation;
  Log log;
  simulation.schedule(at(10), [&log] { log.note("at the end"); });
  simulation.schedule(at(11), [&log] { log.note("after the end"); });

  EXPECT_EQ(simulation.run_until(at(10)), 1u);

  EXPECT_THAT(log.lines, ElementsAre("at the end"));
  EXPECT_EQ(simulation.now(), at(10));
  EXPECT_EQ(simulation.ended_by(), EndedBy::time);
}

TEST(Simulation, TellsThatNothingIsLeftToHappen) {
  Simulation simulation;
  simulation.schedule(at(10), [] {});
  simulation.cancel(simulation.set_deadline(
      at(500), [](void*) {}, nullptr));

  simulation.run_until(at(1'000));

  EXPECT_EQ(simulation.ended_by(), EndedBy::idle);
  EXPECT_EQ(simulation.now(), at(10)) << "a cancelled deadline must not move the clock";
}

TEST(Simulation, StopsAfterTheEventThatAskedForIt) {
  Simulation simulation;
  int runs = 0;
  for (int i = 1; i <= 5; ++i) {
    simulation.schedule(at(i), [&] {
      if (++runs == 2) simulation.stop();
    });
  }

  simulation.run();
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(simulation.ended_by(), EndedBy::stopped);

  simulation.run();
  EXPECT_EQ(runs, 5);
  EXPECT_EQ(simulation.ended_by(), EndedBy::idle);
}

TEST(Simulation, SchedulesBeforeACancelledDeadlineThatHasLeftTheQueue) {
  for (const int others : {0, 100}) {
    Simulation simulation;
    std::vector<std::int64_t> times;
    const auto note_at = [&](std::int64_t ns) {
      simulation.schedule(at(ns), [&] { times.push_back(simulation.now().ns()); });
    };
    for (int i = 0; i != others; ++i) note_at(1'000 + i);
    note_at(5);
    const Timer timer = simulation.set_deadline(
        at(9), [](void*) {}, nullptr);
    simulation.cancel(timer);

    simulation.run_until(at(10));
    note_at(8);
    note_at(6);
    simulation.run_until(at(10));

    EXPECT_THAT(times, ElementsAre(5, 6, 8)) << others;
  }
}

constexpr Duration tick_length = Duration::nanoseconds(1);
constexpr Duration for_long = Duration::seconds(1'000);

Process tick(Simulation& simulation, std::uint64_t& ticks) {
  for (;;) {
    co_await simulation.delay(tick_length);
    ++ticks;
  }
}

TEST(Limits, EndTheRunAtExactlySoManyEvents) {
  for (const std::uint64_t limit : {1, 1000, 1024, 5000}) {
    Simulation simulation;
    ProcessGroup processes{simulation};
    std::uint64_t ticks = 0;
    processes.start(tick(simulation, ticks));
    Limits limits;
    limits.events = limit;
    simulation.limit(limits);

    EXPECT_EQ(simulation.run(), limit);
    EXPECT_EQ(simulation.ended_by(), EndedBy::event_limit);
    EXPECT_EQ(simulation.run(), 0u);
  }
}

Process breed(Simulation& simulation, ProcessGroup& group, int generations) {
  if (generations > 0) group.start(breed(simulation, group, generations - 1));
  co_await simulation.delay(for_long);
}

TEST(Limits, EndARunWhoseEventsBreedFasterThanTheyEnd) {
  Simulation simulation;
  ProcessGroup processes{simulation};
  processes.start(breed(simulation, processes, 1'000'000));
  Limits limits;
  limits.pending = 3'000;
  simulation.limit(limits);

  const std::uint64_t events = simulation.run();

  EXPECT_EQ(simulation.ended_by(), EndedBy::pending_limit);
  EXPECT_GT(events, 3'000u);
  EXPECT_LE(events, 3'000u + 1'024u);
}

TEST(Simulation, DoesTheSameInSlicesAsAtOnce) {
  const auto run = [](Duration slice) {
    Simulation simulation;
    std::vector<std::int64_t> times;
    for (int i = 0; i != 50; ++i) {
      simulation.schedule(at(i * 37 % 101), [&] {
        times.push_back(simulation.now().ns());
        if (times.size() < 500) {
          simulation.schedule(Duration::nanoseconds(static_cast<std::int64_t>(times.size()) % 7),
                              [&] { times.push_back(simulation.now().ns()); });
        }
      });
    }
    for (Instant end; end < at(200); end = end + slice) simulation.run_until(end);
    return times;
  };

  EXPECT_EQ(run(Duration::nanoseconds(1)), run(Duration::nanoseconds(199)));
}

TEST(Simulation, IsTheCurrentOneOnlyWhileItLives) {
  ASSERT_EQ(Simulation::current(), nullptr);
  auto first = std::make_unique<Simulation>(1);
  auto second = std::make_unique<Simulation>(2);
  EXPECT_EQ(Simulation::current(), second.get());

  bool was_current = false;
  first->schedule(at(1), [&] { was_current = Simulation::current() == first.get(); });
  first->run();
  EXPECT_TRUE(was_current);
  EXPECT_EQ(Simulation::current(), second.get());

  first.reset();
  EXPECT_EQ(Simulation::current(), second.get());
  second.reset();
  EXPECT_EQ(Simulation::current(), nullptr);
}

std::vector<int> shuffled_order(std::uint64_t seed, int events) {
  Simulation simulation{0, TieOrder{true, seed}};
  std::vector<int> order;
  for (int i = 0; i != events; ++i) {
    simulation.schedule(at(10), [&order, i] { order.push_back(i); });
  }
  simulation.run();
  return order;
}

TEST(ShuffledTies, RunEverySimultaneousEventOnceInAnOrderThatFollowsFromTheSeed) {
  for (const int events : {2, 15, 1'000}) {
    const std::vector<int> order = shuffled_order(1, events);

    std::vector<int> sorted = order;
    std::sort(sorted.begin(), sorted.end());
    for (int i = 0; i != events; ++i) EXPECT_EQ(sorted[static_cast<std::size_t>(i)], i);
    EXPECT_EQ(order, shuffled_order(1, events));
  }
  EXPECT_NE(shuffled_order(1, 1'000), shuffled_order(2, 1'000));
}

TEST(ShuffledTies, GiveEveryOrderOfThreeEventsItsShare) {
  std::vector<int> counts(27);
  constexpr int runs = 6'000;
  for (int seed = 0; seed != runs; ++seed) {
    const std::vector<int> order = shuffled_order(static_cast<std::uint64_t>(seed), 3);
    ++counts[static_cast<std::size_t>(order[0] * 9 + order[1] * 3 + order[2])];
  }
  // 1,000 each, standard deviation 29: five of them leave a chance of 3e-6 to fail.
  for (const std::size_t order : {5, 7, 11, 15, 19, 21}) EXPECT_NEAR(counts[order], 1'000, 145);
}

TEST(ShuffledTies, StillRunByTimeAndDeadlinesLast) {
  for (std::uint64_t seed = 0; seed != 50; ++seed) {
    Simulation simulation{0, TieOrder{true, seed}};
    Log log;
    Note deadline{&log, "deadline"};
    simulation.set_deadline(at(10), &Note::fire, &deadline);
    simulation.schedule(at(11), [&log] { log.note("later"); });
    simulation.schedule(at(10),
                        [&] { simulation.schedule(Duration{}, [&log] { log.note("event"); }); });
    simulation.schedule(at(10), [&log] { log.note("event"); });

    simulation.run();

    EXPECT_THAT(log.lines, ElementsAre("event", "event", "deadline", "later")) << seed;
  }
}

TEST(AssertDeathTest, PrintsThePlaceTheSimulatedTimeAndTheSeed) {
  const auto fail_at_a_time = [] {
    Simulation simulation{42};
    simulation.schedule(at(1'500'000'000), [] { SEATRIAL_ASSERT(1 > 2, "one is not more"); });
    simulation.run();
  };

  EXPECT_DEATH(fail_at_a_time(),
               "simulation_test.cpp:[0-9]+: one is not more \\(1 > 2\\)\n"
               "  at 1.500000000 s of simulated time, seed 42");
}

}  // namespace
}  // namespace seatrial::sim
