#include "sim/reply_slot.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <vector>

#include "sim/process_group.hpp"
#include "tests/sim/counted.hpp"

namespace seatrial::sim {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr Instant at(std::int64_t ns) { return Instant::at(Duration::nanoseconds(ns)); }

struct Place {
  Simulation simulation;
  ReplyAddress address;
  std::optional<int> answer;
  std::optional<int> second;
  std::vector<int> answers;
  Instant ended = Instant::never();
  ProcessGroup processes{simulation};

  void answer_at(std::int64_t ns, int value) {
    simulation.schedule(at(ns),
                        [this, value] { ReplySlot<int>::deliver(simulation, address, value); });
  }
  void gather_at(std::int64_t ns, int value, bool counts = true) {
    simulation.schedule(at(ns), [this, value, counts] {
      Gather<int>::deliver(simulation, address, value, counts);
    });
  }
};

Process ask(Place& place, Instant deadline) {
  ReplySlot<int> slot{place.simulation};
  place.address = slot.address();
  const std::optional<int> answer = co_await slot.until(deadline);
  place.answer = answer;
  place.ended = place.simulation.now();
}

TEST(ReplySlot, EndsTheWaitWithTheAnswer) {
  Place place;
  place.processes.start(ask(place, at(100)));
  place.answer_at(40, 7);

  place.simulation.run();

  EXPECT_EQ(place.answer, 7);
  EXPECT_EQ(place.ended, at(40));
  EXPECT_EQ(place.simulation.now(), at(40)) << "no deadline is left behind";
  EXPECT_EQ(place.simulation.dropped_answers(), 0u);
}

TEST(ReplySlot, TakesAnAnswerThatComesExactlyAtTheDeadline) {
  Place place;
  place.processes.start(ask(place, at(100)));
  place.answer_at(100, 7);

  place.simulation.run();

  EXPECT_EQ(place.answer, 7);
}

TEST(ReplySlot, DropsAndCountsAnAnswerThatComesAfterTheDeadline) {
  Place place;
  place.processes.start(ask(place, at(100)));
  place.answer_at(101, 7);

  place.simulation.run();

  EXPECT_EQ(place.answer, std::nullopt);
  EXPECT_EQ(place.ended, at(100));
  EXPECT_EQ(place.simulation.dropped_answers(), 1u);
}

TEST(ReplySlot, DoesNotMistakeALateAnswerForThatOfTheNextRequest) {
  Place place;
  place.processes.start(ask(place, at(100)));
  place.simulation.run_until(at(100));
  const ReplyAddress first = place.address;
  place.processes.start(ask(place, at(200)));
  place.simulation.run_until(at(100));
  ASSERT_EQ(place.address.slot, first.slot) << "the slot is used again";

  EXPECT_FALSE(ReplySlot<int>::deliver(place.simulation, first, 1));
  EXPECT_TRUE(ReplySlot<int>::deliver(place.simulation, place.address, 2));
  place.simulation.run();

  EXPECT_EQ(place.answer, 2);
}

Process ask_twice(Place& place, Instant first_deadline, Instant second_deadline) {
  ReplySlot<int> slot{place.simulation};
  place.address = slot.address();
  const std::optional<int> first = co_await slot.until(first_deadline);
  const std::optional<int> second = co_await slot.until(second_deadline);
  place.answer = first;
  place.second = second;
}

TEST(ReplySlot, CountsOnlyTheFirstOfTwoAnswers) {
  Place place;
  place.processes.start(ask_twice(place, at(100), at(100)));
  place.answer_at(40, 1);
  place.answer_at(40, 2);
  place.answer_at(50, 3);

  place.simulation.run();

  EXPECT_EQ(place.answer, 1);
  EXPECT_EQ(place.second, std::nullopt);
  EXPECT_EQ(place.simulation.dropped_answers(), 2u);
}

TEST(ReplySlot, MayBeWaitedForAgainAfterADeadline) {
  Place place;
  place.processes.start(ask_twice(place, at(10), at(100)));
  place.answer_at(40, 1);

  place.simulation.run();

  EXPECT_EQ(place.answer, std::nullopt);
  EXPECT_EQ(place.second, 1);
}

TEST(ReplySlot, EndsAWaitWhoseDeadlineHasPassedAfterTheEventsOfTheInstant) {
  Place place;
  place.simulation.schedule(at(100), [&] {
    place.processes.start(ask(place, at(50)));
    place.answer_at(100, 7);
  });
  place.simulation.run();
  EXPECT_EQ(place.answer, 7);

  place.simulation.schedule(at(200), [&] { place.processes.start(ask(place, at(50))); });
  place.simulation.run();
  EXPECT_EQ(place.answer, std::nullopt);
  EXPECT_EQ(place.ended, at(200));
}

TEST(ReplySlot, IgnoresAnAnswerThatNobodyAskedFor) {
  Simulation simulation;

  EXPECT_FALSE(ReplySlot<int>::deliver(simulation, ReplyAddress{}, 1));
  EXPECT_EQ(simulation.dropped_answers(), 0u);
}

Process hold_answer(Simulation& simulation, ReplyAddress& address, Instant deadline) {
  ReplySlot<std::unique_ptr<Counted>> slot{simulation};
  address = slot.address();
  const std::optional<std::unique_ptr<Counted>> answer = co_await slot.until(deadline);
  co_await simulation.until(deadline);
}

TEST(ReplySlot, FreesAnAnswerThatIsTakenLateOrNever) {
  {
    Simulation simulation;
    ReplyAddress address;
    ProcessGroup processes{simulation};
    processes.start(hold_answer(simulation, address, at(100)));
    simulation.run_until(at(1));
    ReplySlot<std::unique_ptr<Counted>>::deliver(simulation, address, std::make_unique<Counted>(1));
    ReplySlot<std::unique_ptr<Counted>>::deliver(simulation, address, std::make_unique<Counted>(2));
    EXPECT_EQ(Counted::alive, 1) << "the second one is dropped";
  }
  EXPECT_EQ(Counted::alive, 0);
}

Process gather(Place& place, std::size_t enough, std::size_t expected, Instant deadline) {
  Gather<int> all{place.simulation, enough, expected};
  place.address = all.address();
  const std::vector<int> answers = co_await all.until(deadline);
  place.answers = answers;
  place.ended = place.simulation.now();
}

TEST(Gather, EndsWithTheKthOfNAnswers) {
  Place place;
  place.processes.start(gather(place, 2, 3, at(100)));
  place.gather_at(30, 3);
  place.gather_at(10, 1);
  place.gather_at(20, 2);

  place.simulation.run();

  EXPECT_THAT(place.answers, ElementsAre(1, 2));
  EXPECT_EQ(place.ended, at(20));
  EXPECT_EQ(place.simulation.dropped_answers(), 1u);
}

TEST(Gather, EndsWithTheFirstWhenOneIsEnough) {
  Place place;
  place.processes.start(gather(place, 1, 3, at(100)));
  place.gather_at(10, 1);
  place.gather_at(10, 2);

  place.simulation.run();

  EXPECT_THAT(place.answers, ElementsAre(1));
}

TEST(Gather, EndsEarlyWhenEnoughCanNoLongerCome) {
  Place place;
  place.processes.start(gather(place, 2, 3, at(100)));
  place.gather_at(10, 1, false);
  place.gather_at(20, 2, true);
  place.gather_at(30, 3, false);

  place.simulation.run();

  EXPECT_THAT(place.answers, ElementsAre(1, 2, 3));
  EXPECT_EQ(place.ended, at(30));
}

TEST(Gather, EndsAtTheDeadlineWithWhatCame) {
  Place place;
  place.processes.start(gather(place, 3, 3, at(100)));
  place.gather_at(10, 1);
  place.gather_at(100, 2);
  place.gather_at(101, 3);

  place.simulation.run();

  EXPECT_THAT(place.answers, ElementsAre(1, 2));
  EXPECT_EQ(place.ended, at(100));
}

TEST(Gather, DoesNotWaitForNothing) {
  Place place;
  place.processes.start(gather(place, 0, 3, at(100)));
  place.simulation.run();
  EXPECT_EQ(place.ended, at(0));

  place.processes.start(gather(place, 2, 1, at(100)));
  place.simulation.run();
  EXPECT_EQ(place.ended, at(0));
  EXPECT_THAT(place.answers, IsEmpty());
}

Process ask_within(Place& place, Duration pause, Duration patience) {
  co_await place.simulation.delay(pause);
  ReplySlot<int> slot{place.simulation};
  place.address = slot.address();
  const std::optional<int> answer = co_await slot.within(patience);
  place.answer = answer;
  place.ended = place.simulation.now();
}

TEST(ReplySlot, WaitsWithinADurationFromNow) {
  Place place;
  place.processes.start(ask_within(place, Duration::nanoseconds(10), Duration::nanoseconds(5)));

  place.simulation.run();

  EXPECT_EQ(place.ended, at(15));
}

Process take(Place& place, std::vector<Instant> deadlines) {
  ReplyBox<int> box{place.simulation};
  place.address = box.address();
  for (const Instant deadline : deadlines) {
    const std::optional<int> answer = co_await box.until(deadline);
    place.answers.push_back(answer.value_or(-1));
  }
  place.ended = place.simulation.now();
}

void box_at(Place& place, std::int64_t ns, int value) {
  place.simulation.schedule(
      at(ns), [to = &place, value] { ReplyBox<int>::deliver(to->simulation, to->address, value); });
}

TEST(ReplyBox, TakesAnswersOneByOneAndEndsEachWaitAtItsDeadline) {
  Place place;
  place.processes.start(take(place, {at(100), at(20), at(100), at(100)}));
  box_at(place, 10, 1);
  box_at(place, 30, 2);
  box_at(place, 30, 3);

  place.simulation.run();

  EXPECT_THAT(place.answers, ElementsAre(1, -1, 2, 3));
  EXPECT_EQ(place.ended, at(30));
  EXPECT_EQ(place.simulation.dropped_answers(), 0u);
}

TEST(ReplyBox, DropsWhatComesWhenItHasGone) {
  Place place;
  place.processes.start(take(place, {at(20)}));
  box_at(place, 10, 1);
  box_at(place, 30, 2);

  place.simulation.run();

  EXPECT_THAT(place.answers, ElementsAre(1));
  EXPECT_EQ(place.simulation.dropped_answers(), 1u);
}

}  // namespace
}  // namespace seatrial::sim
