#include "sim/mailbox.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "sim/process_group.hpp"
#include "tests/sim/counted.hpp"

namespace seatrial::sim {
namespace {

using testing::ElementsAre;
using Message = std::unique_ptr<Counted>;

constexpr Instant at(std::int64_t ns) { return Instant::at(Duration::nanoseconds(ns)); }

struct Office {
  Simulation simulation;
  Mailbox<Message> mailbox{simulation};
  std::vector<std::string> log;
  ProcessGroup clerks{simulation};
  ProcessGroup others{simulation};

  void put_at(std::int64_t ns, int value) {
    simulation.schedule(at(ns), [this, value] { mailbox.put(std::make_unique<Counted>(value)); });
  }
};

Process read(Office& office, char name, int messages, Instant deadline = Instant::never()) {
  for (int i = 0; i != messages; ++i) {
    const std::optional<Message> message = co_await office.mailbox.receive(deadline);
    const std::string time = std::to_string(office.simulation.now().ns());
    const std::string what = message ? std::to_string((*message)->value) : "nothing";
    office.log.push_back(std::string{name} + " got " + what + " at " + time);
  }
}

TEST(Mailbox, KeepsMessagesInOrderUntilSomebodyReceives) {
  Office office;
  for (const int value : {1, 2, 3}) office.put_at(value, value);
  office.simulation.schedule(at(10), [&] { office.clerks.start(read(office, 'a', 3)); });

  office.simulation.run();

  EXPECT_THAT(office.log, ElementsAre("a got 1 at 10", "a got 2 at 10", "a got 3 at 10"));
  EXPECT_EQ(Counted::alive, 0);
}

TEST(Mailbox, ServesReceiversInTheOrderInWhichTheyBeganToWait) {
  Office office;
  office.clerks.start(read(office, 'a', 1));
  office.clerks.start(read(office, 'b', 1));
  office.put_at(5, 1);
  office.put_at(5, 2);

  office.simulation.run();

  EXPECT_THAT(office.log, ElementsAre("a got 1 at 5", "b got 2 at 5"));
}

TEST(Mailbox, LosesAReceiverAtItsDeadlineButNoMessage) {
  Office office;
  office.clerks.start(read(office, 'a', 1, at(5)));
  office.clerks.start(read(office, 'b', 1, at(7)));
  office.put_at(6, 1);

  office.simulation.run();

  EXPECT_THAT(office.log, ElementsAre("a got nothing at 5", "b got 1 at 6"));
}

TEST(Mailbox, DeliversAMessageThatComesExactlyAtTheDeadline) {
  Office office;
  office.clerks.start(read(office, 'a', 1, at(5)));
  office.put_at(5, 1);

  office.simulation.run();

  EXPECT_THAT(office.log, ElementsAre("a got 1 at 5"));
}

TEST(Mailbox, ForgetsAReceiverThatIsKilled) {
  Office office;
  office.clerks.start(read(office, 'a', 1));
  office.simulation.schedule(at(2), [&] { office.others.start(read(office, 'b', 1)); });
  office.simulation.schedule(at(5), [&] { office.clerks.kill_all(); });
  office.put_at(6, 1);

  office.simulation.run();

  EXPECT_THAT(office.log, ElementsAre("b got 1 at 6"));
}

TEST(Mailbox, LosesAMessageWithTheReceiverThatIsKilledBeforeItRuns) {
  Office office;
  office.clerks.start(read(office, 'a', 1));
  office.simulation.schedule(at(5), [&] {
    office.mailbox.put(std::make_unique<Counted>(1));
    office.clerks.kill_all();
  });

  office.simulation.run();

  EXPECT_TRUE(office.log.empty());
  EXPECT_EQ(Counted::alive, 0);
  EXPECT_EQ(office.mailbox.size(), 0u);
}

}  // namespace
}  // namespace seatrial::sim
