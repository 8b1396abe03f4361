// Which of two writes wins.
#include "models/store/multi_write/stamp.hpp"

#include <gtest/gtest.h>

namespace seatrial::models {
namespace {

constexpr OriginId hub{0};
constexpr OriginId satellite{1};

StampedWrite at(OriginId origin, std::int64_t clock) { return {origin, clock, false}; }
StampedWrite deleted_at(OriginId origin, std::int64_t clock) { return {origin, clock, true}; }

TEST(Stamp, OfTwoThatHaveNotSeenEachOtherTheLaterWins) {
  EXPECT_GT(next_stamp(at(satellite, 8), 0), next_stamp(at(hub, 7), 0));
  EXPECT_GT(next_stamp(at(hub, 8), 0), next_stamp(at(satellite, 7), 0));
}

TEST(Stamp, InOneUnitOfTheClockTheHubWins) {
  EXPECT_GT(next_stamp(at(hub, 7), 0), next_stamp(at(satellite, 7), 0));
}

TEST(Stamp, WhatHasSeenTheOtherWinsWhateverTheClocksSay) {
  const Stamp fast_clock = next_stamp(at(hub, 900), 0);

  EXPECT_GT(next_stamp(at(satellite, 3), fast_clock), fast_clock);
}

TEST(Stamp, ManyWritesInOneUnitStayInOrder) {
  Stamp last = 0;
  for (int i = 0; i < 10'000; ++i) {
    const Stamp next = next_stamp(at(i % 2 == 0 ? hub : satellite, 5), last);
    ASSERT_GT(next, last);
    last = next;
  }
}

TEST(Stamp, ADeleteWinsOverWhatItHasNotSeenAndWhatFollowsItToo) {
  const Stamp deleted = next_stamp(deleted_at(satellite, 5), 0);
  const Stamp concurrent = next_stamp(at(hub, 9), 0);

  EXPECT_GT(deleted, concurrent);
  EXPECT_GT(next_stamp(at(satellite, 5), deleted), concurrent);
}

TEST(Stamp, TellsItsWriteRegion) {
  EXPECT_EQ(origin_of(next_stamp(deleted_at(satellite, 77), 0)), satellite);
  EXPECT_EQ(origin_of(next_stamp(at(hub, 0), 0)), hub);
  EXPECT_NE(next_stamp(at(OriginId{31}, 0), 0), 0u);
}

}  // namespace
}  // namespace seatrial::models
