#include "sim/task.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "sim/process_group.hpp"
#include "tests/sim/counted.hpp"

namespace seatrial::sim {
namespace {

constexpr Instant at(std::int64_t ns) { return Instant::at(Duration::nanoseconds(ns)); }

constexpr Duration pause = Duration::nanoseconds(1);

struct World {
  Simulation simulation;
  std::uint64_t result = 0;
  std::string text;
  ProcessGroup processes{simulation};
};

Task<std::unique_ptr<Counted>> make_pointer(Simulation& simulation) {
  auto pointer = std::make_unique<Counted>(7);
  co_await simulation.delay(pause);
  co_return pointer;
}

Task<std::vector<std::string>> make_words(Simulation& simulation) {
  std::vector<std::string> words;
  words.emplace_back("a word that is too long for the small string optimisation");
  co_await simulation.delay(pause);
  words.emplace_back("another word");
  co_return words;
}

Process use_results(World& world) {
  const std::unique_ptr<Counted> pointer = co_await make_pointer(world.simulation);
  world.result = static_cast<std::uint64_t>(pointer->value);
  const std::vector<std::string> words = co_await make_words(world.simulation);
  world.text = words.back();
}

TEST(Task, ReturnsValuesThatMoveOrOwn) {
  World world;
  world.processes.start(use_results(world));

  world.simulation.run();

  EXPECT_EQ(world.result, 7u);
  EXPECT_EQ(world.text, "another word");
  EXPECT_EQ(world.simulation.now(), at(2));
  EXPECT_EQ(Counted::alive, 0);
  EXPECT_EQ(world.simulation.arena().live(), 0u);
}

Process drop_a_task(World& world) {
  { const Task<std::unique_ptr<Counted>> unused = make_pointer(world.simulation); }
  world.result = 1;
  co_return;
}

TEST(Task, DoesNothingWhenItIsNotAwaited) {
  World world;
  world.processes.start(drop_a_task(world));

  world.simulation.run();

  EXPECT_EQ(world.result, 1u);
  EXPECT_EQ(world.simulation.now(), at(0));
  EXPECT_EQ(world.simulation.arena().live(), 0u);
}

Task<std::uint64_t> return_at_once(std::uint64_t value) { co_return value; }

Process await_in_sequence(World& world, std::uint64_t times) {
  for (std::uint64_t i = 0; i != times; ++i) {
    const std::uint64_t value = co_await return_at_once(1);
    world.result += value;
  }
}

TEST(Task, MayBeAwaitedAHundredThousandTimesWithoutAnEventOrStack) {
  World world;
  world.processes.start(await_in_sequence(world, 100'000));

  EXPECT_EQ(world.simulation.run(), 1u);

  EXPECT_EQ(world.result, 100'000u);
}

Task<std::uint64_t> descend(Simulation& simulation, std::uint64_t depth) {
  if (depth == 0) {
    co_await simulation.delay(pause);
    co_return 1;
  }
  const std::uint64_t below = co_await descend(simulation, depth - 1);
  co_return below + 1;
}

Process await_deeply(World& world, std::uint64_t depth) {
  const std::uint64_t result = co_await descend(world.simulation, depth);
  world.result = result;
}

TEST(Task, MayBeNestedTenThousandDeep) {
  World world;
  world.processes.start(await_deeply(world, 10'000));

  world.simulation.run();

  EXPECT_EQ(world.result, 10'001u);
  EXPECT_EQ(world.simulation.arena().live(), 0u);
}

TEST(Task, MayBeKilledTenThousandDeep) {
  World world;
  world.processes.start(await_deeply(world, 10'000));
  world.simulation.run_until(at(0));

  world.processes.kill_all();

  EXPECT_EQ(world.simulation.arena().live(), 0u);
}

TEST(Arena, GivesAFreedBlockToTheNextOfItsSize) {
  Arena arena;
  void* first = arena.allocate(100);
  void* second = arena.allocate(100);
  EXPECT_NE(first, second);
  EXPECT_EQ(arena.live(), 2u);

  arena.deallocate(first, 100);
  EXPECT_EQ(arena.allocate(97), first) << "97 to 112 bytes are one size";
  arena.deallocate(second, 100);
  arena.deallocate(first, 97);
  EXPECT_EQ(arena.live(), 0u);

  void* large = arena.allocate(1'000'000);
  EXPECT_EQ(arena.live(), 1u);
  arena.deallocate(large, 1'000'000);
  EXPECT_EQ(arena.live(), 0u);
}

}  // namespace
}  // namespace seatrial::sim
