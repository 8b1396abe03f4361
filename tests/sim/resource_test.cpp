#include "sim/resource.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "sim/process_group.hpp"

namespace seatrial::sim {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr Instant at(std::int64_t ns) { return Instant::at(Duration::nanoseconds(ns)); }

struct Shop {
  explicit Shop(std::size_t servers) : tills{simulation, servers} {}
  Simulation simulation;
  Resource tills;
  std::vector<std::string> log;
  ProcessGroup customers{simulation};
  ProcessGroup others{simulation};

  void note(char name, const char* what) {
    log.push_back(std::string{name} + " " + what + " " + std::to_string(simulation.now().ns()));
  }
};

Process visit(Shop& shop, char name, std::int64_t arrival_ns, std::int64_t work_ns,
              Instant deadline = Instant::never()) {
  const Instant arrival = at(arrival_ns);
  co_await shop.simulation.until(arrival);
  const std::optional<Permit> permit = co_await shop.tills.acquire(deadline);
  if (!permit) {
    shop.note(name, "left");
    co_return;
  }
  shop.note(name, "served");
  const Duration work = Duration::nanoseconds(work_ns);
  co_await shop.simulation.delay(work);
}

TEST(Resource, ServesFirstComeFirstServed) {
  Shop shop{2};
  shop.customers.start(visit(shop, 'd', 3, 10));
  shop.customers.start(visit(shop, 'a', 0, 10));
  shop.customers.start(visit(shop, 'b', 1, 10));
  shop.customers.start(visit(shop, 'c', 2, 10));

  shop.simulation.run();

  EXPECT_THAT(shop.log, ElementsAre("a served 0", "b served 1", "c served 10", "d served 11"));
  EXPECT_EQ(shop.tills.busy(), 0u);
  EXPECT_EQ(shop.tills.waiting(), 0u);
}

TEST(Resource, LosesAWaiterAtItsDeadlineAndServesTheNext) {
  Shop shop{1};
  shop.customers.start(visit(shop, 'a', 0, 10));
  shop.customers.start(visit(shop, 'b', 1, 10, at(5)));
  shop.customers.start(visit(shop, 'c', 2, 10));

  shop.simulation.run();

  EXPECT_THAT(shop.log, ElementsAre("a served 0", "b left 5", "c served 10"));
  EXPECT_EQ(shop.tills.busy(), 0u);
}

TEST(Resource, ServesAWaiterWhoseTurnComesExactlyAtItsDeadline) {
  Shop shop{1};
  shop.customers.start(visit(shop, 'a', 0, 10));
  shop.customers.start(visit(shop, 'b', 1, 10, at(10)));

  shop.simulation.run();

  EXPECT_THAT(shop.log, ElementsAre("a served 0", "b served 10"));
}

TEST(Resource, ForgetsAWaiterThatIsKilled) {
  Shop shop{1};
  shop.others.start(visit(shop, 'a', 0, 10));
  shop.customers.start(visit(shop, 'b', 1, 10));
  shop.others.start(visit(shop, 'c', 2, 10));
  shop.simulation.schedule(at(5), [&] { shop.customers.kill_all(); });

  shop.simulation.run();

  EXPECT_THAT(shop.log, ElementsAre("a served 0", "c served 10"));
  EXPECT_EQ(shop.tills.busy(), 0u);
  EXPECT_EQ(shop.tills.waiting(), 0u);
}

Process kill_at(Shop& shop, Instant when) {
  co_await shop.simulation.until(when);
  shop.customers.kill_all();
}

TEST(Resource, PassesOnAPermitWhoseNewHolderIsKilledBeforeItRuns) {
  Shop shop{1};
  shop.others.start(visit(shop, 'a', 0, 10));
  // Is scheduled for 10 after a's end, before b is woken.
  shop.customers.start(visit(shop, 'b', 1, 10));
  shop.others.start(visit(shop, 'c', 2, 10));
  shop.simulation.schedule(at(9), [&] { shop.others.start(kill_at(shop, at(10))); });

  shop.simulation.run();

  EXPECT_THAT(shop.log, ElementsAre("a served 0", "c served 10"));
  EXPECT_EQ(shop.tills.busy(), 0u);
}

TEST(Resource, PassesThePermitsOfAKilledGroupToThoseOutside) {
  // The latest process is destroyed first: once the holder, once a waiter.
  for (const std::string_view order : {"abc", "cba"}) {
    Shop shop{1};
    for (const char name : order) shop.customers.start(visit(shop, name, name - 'a', 10));
    shop.others.start(visit(shop, 'd', 3, 10));
    shop.simulation.schedule(at(5), [&] { shop.customers.kill_all(); });

    shop.simulation.run();

    EXPECT_THAT(shop.log, ElementsAre("a served 0", "d served 5"));
    EXPECT_EQ(shop.tills.busy(), 0u);
    EXPECT_EQ(shop.simulation.arena().live(), 0u);
  }
}

TEST(Resource, IsFreeAgainWhenAllItsUsersWereKilled) {
  Shop shop{2};
  for (const char name : {'a', 'b', 'c', 'd', 'e'}) shop.customers.start(visit(shop, name, 0, 10));
  shop.simulation.schedule(at(5), [&] { shop.customers.kill_all(); });

  shop.simulation.run();

  EXPECT_EQ(shop.tills.busy(), 0u);
  EXPECT_EQ(shop.tills.waiting(), 0u);
  EXPECT_EQ(shop.simulation.arena().live(), 0u);
}

}  // namespace
}  // namespace seatrial::sim
