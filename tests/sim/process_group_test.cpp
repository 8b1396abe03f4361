#include "sim/process_group.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sim/mailbox.hpp"
#include "sim/resource.hpp"
#include "tests/sim/counted.hpp"

namespace seatrial::sim {
namespace {

using testing::ElementsAre;

constexpr Instant at(std::int64_t ns) { return Instant::at(Duration::nanoseconds(ns)); }

constexpr Instant deadline = at(100);
constexpr Duration pause = Duration::nanoseconds(100);

struct World {
  Simulation simulation;
  Resource resource{simulation, 1};
  Mailbox<int> mailbox{simulation};
  bool went_on = false;
  ProcessGroup group{simulation};
};

Process wait_for_delay(World& world) {
  const Counted held;
  co_await world.simulation.delay(pause);
  world.went_on = true;
}
Process wait_for_resource(World& world) {
  const Counted held;
  const std::optional<Permit> first = co_await world.resource.acquire();
  const std::optional<Permit> second = co_await world.resource.acquire(deadline);
  world.went_on = true;
}
Process wait_for_message(World& world) {
  const Counted held;
  const std::optional<int> message = co_await world.mailbox.receive(deadline);
  world.went_on = true;
  EXPECT_FALSE(message.has_value());
}
Process wait_for_answer(World& world) {
  const Counted held;
  ReplySlot<int> slot{world.simulation};
  const std::optional<int> answer = co_await slot.until(deadline);
  world.went_on = true;
  EXPECT_FALSE(answer.has_value());
}
Process wait_for_answers(World& world) {
  const Counted held;
  Gather<int> gather{world.simulation, 2, 3};
  co_await gather.until(deadline);
  world.went_on = true;
}
Task<Counted> nested(World& world, int depth) {
  const Counted held;
  if (depth == 0) {
    co_await world.simulation.delay(pause);
    co_return held;
  }
  const Counted result = co_await nested(world, depth - 1);
  co_return result;
}
Process wait_for_children(World& world) {
  const Counted result = co_await nested(world, 5);
  world.went_on = true;
}
Process own_a_group(World& world) {
  ProcessGroup inner{world.simulation};
  inner.start(wait_for_children(world));
  inner.start(wait_for_resource(world));
  co_await world.simulation.delay(pause);
  world.went_on = true;
}

struct Wait {
  const char* what;
  std::function<Process(World&)> start;
};

std::vector<Wait> waits() {
  return {{"a delay", wait_for_delay},
          {"a resource", wait_for_resource},
          {"a message", wait_for_message},
          {"an answer", wait_for_answer},
          {"several answers", wait_for_answers},
          {"nested children", wait_for_children},
          {"a delay while owning a group", own_a_group}};
}

TEST(ProcessGroup, LeavesNothingOfAProcessThatIsKilledWhileItWaits) {
  for (const Wait& wait : waits()) {
    for (const std::int64_t when : {-1, 0, 50}) {  // -1: before it ran at all
      SCOPED_TRACE(std::string{wait.what} + ", killed at " + std::to_string(when));
      World world;
      for (int i = 0; i != 30; ++i) world.group.start(wait.start(world));
      world.simulation.schedule(at(50), [] {});
      if (when >= 0) world.simulation.run_until(at(when));

      world.group.kill_all();
      EXPECT_EQ(world.group.size(), 0u);
      EXPECT_EQ(Counted::alive, 0);
      EXPECT_EQ(world.resource.busy(), 0u);
      world.simulation.run();

      EXPECT_FALSE(world.went_on);
      EXPECT_EQ(world.simulation.now(), at(50)) << "a wake-up or deadline was left behind";
      EXPECT_EQ(world.simulation.arena().live(), 0u);
      EXPECT_EQ(world.simulation.pending(), 0u);
    }
  }
}

TEST(ProcessGroup, LeavesNothingWhenTheRunEndsWhileProcessesWait) {
  for (const Wait& wait : waits()) {
    {
      World world;
      for (int i = 0; i != 30; ++i) world.group.start(wait.start(world));
      world.simulation.run_until(at(50));
    }
    EXPECT_EQ(Counted::alive, 0) << wait.what;
  }
}

TEST(ProcessGroup, IsLeftByAProcessThatEnds) {
  World world;
  world.group.start(wait_for_delay(world));
  world.group.start(wait_for_children(world));
  world.group.start(wait_for_delay(world));
  EXPECT_EQ(world.group.size(), 3u);

  world.simulation.run();

  EXPECT_EQ(world.group.size(), 0u);
  EXPECT_TRUE(world.went_on);
  EXPECT_EQ(Counted::alive, 0);
  EXPECT_EQ(world.simulation.arena().live(), 0u);
}

TEST(ProcessGroup, LetsOtherGroupsGoOn) {
  World world;
  World* w = &world;
  ProcessGroup doomed{world.simulation};
  doomed.start(wait_for_delay(world));
  world.group.start(wait_for_delay(world));
  world.simulation.schedule(at(50), [&doomed] { doomed.kill_all(); });
  world.simulation.schedule(at(60), [w] { EXPECT_EQ(w->group.size(), 1u); });

  world.simulation.run();

  EXPECT_TRUE(world.went_on);
}

TEST(ProcessGroup, TakesNewProcessesAfterACrash) {
  World world;
  world.group.start(wait_for_delay(world));
  world.simulation.run_until(at(10));
  world.group.kill_all();

  world.group.start(wait_for_delay(world));
  world.simulation.run();

  EXPECT_TRUE(world.went_on);
  EXPECT_EQ(world.simulation.now(), at(100));
}

TEST(ProcessGroup, MayBeKilledByTheEventThatHasJustWokenAProcessOfIt) {
  World world;
  world.group.start(wait_for_message(world));
  world.simulation.schedule(at(10), [&] {
    world.mailbox.put(1);
    world.group.kill_all();
  });

  world.simulation.run();

  EXPECT_FALSE(world.went_on);
  EXPECT_EQ(world.simulation.now(), at(10));
}

Process kill(ProcessGroup& victim) {
  victim.kill_all();
  co_return;
}

TEST(ProcessGroup, MayBeKilledByAProcessOfAnotherGroup) {
  World world;
  ProcessGroup killers{world.simulation};
  for (int i = 0; i != 5; ++i) world.group.start(wait_for_children(world));
  killers.start(kill(world.group));

  world.simulation.run();

  EXPECT_FALSE(world.went_on);
  EXPECT_EQ(world.simulation.arena().live(), 0u);
}

TEST(ProcessGroupDeathTest, RefusesToBeKilledByItsOwnProcess) {
  const auto suicide = [] {
    World world;
    world.group.start(kill(world.group));
    world.simulation.run();
  };

  EXPECT_DEATH(suicide(), "a process kills its own group");
}

TEST(ProcessGroupDeathTest, RefusesAProcessMadeForAnotherSimulation) {
  const auto mix_up = [] {
    World first;
    World second;
    first.group.start(wait_for_delay(first));
  };

  EXPECT_DEATH(mix_up(), "made while another simulation was current");
}

struct Narrator {
  std::vector<std::string>* log;
  const char* name;
  Narrator(std::vector<std::string>* l, const char* n) : log{l}, name{n} {}
  Narrator(const Narrator&) = delete;
  ~Narrator() { log->emplace_back(name); }
};

Process tell(Simulation& simulation, std::vector<std::string>& log, const char* name) {
  const Narrator narrator{&log, name};
  co_await simulation.delay(pause);
}

TEST(ProcessGroup, KillsTheLatestProcessFirst) {
  std::vector<std::string> log;
  Simulation simulation;
  ProcessGroup group{simulation};
  for (const char* name : {"first", "second", "third"}) group.start(tell(simulation, log, name));
  simulation.run_until(at(1));

  group.kill_all();

  EXPECT_THAT(log, ElementsAre("third", "second", "first"));
}

}  // namespace
}  // namespace seatrial::sim
