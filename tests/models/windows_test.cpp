#include "models/windows.hpp"

#include <gtest/gtest.h>

namespace seatrial::models {
namespace {

Windows windows_over(Duration warmup, Duration phase) {
  WorldConfig config;
  config.warmup = warmup;
  config.phases.resize(2);
  config.phases[0].length = config.phases[1].length = phase;
  return windows_of(config);
}

TEST(Windows, AreOfTheLeastRoundLengthThatNeedsNoMoreThan240) {
  const Windows fifteen_minutes = windows_over(Duration::seconds(100), Duration::seconds(400));
  const Windows four_minutes = windows_over(Duration::seconds(40), Duration::seconds(100));
  const Windows a_bit_more = windows_over(Duration::seconds(41), Duration::seconds(100));

  EXPECT_EQ(fifteen_minutes, (Windows{Duration::seconds(5), 180}));
  EXPECT_EQ(four_minutes, (Windows{Duration::seconds(1), 240}));
  EXPECT_EQ(a_bit_more, (Windows{Duration::seconds(2), 121}));
}

TEST(Windows, CoverTheShortestAndTheLongestRun) {
  const Windows shortest = windows_over({}, Duration::nanoseconds(3));
  const Windows longest = windows_over({}, Duration::nanoseconds(INT64_MAX / 4));
  const Windows none = windows_over({}, {});

  EXPECT_EQ(shortest, (Windows{Duration::nanoseconds(1), 6}));
  EXPECT_EQ(none.count, 0U);
  EXPECT_LE(longest.count, 240U);
  EXPECT_GE(longest.length * (longest.count - 1),
            Duration::nanoseconds(INT64_MAX / 4 * 2) - longest.length);
}

TEST(Windows, AnInstantOnABorderIsInTheLaterOne) {
  const Windows windows{Duration::seconds(1), 3};

  EXPECT_EQ(windows.index_of(Instant::at(Duration::nanoseconds(999'999'999))), 0U);
  EXPECT_EQ(windows.index_of(windows.start_of(1)), 1U);
  EXPECT_EQ(windows.index_of(windows.start_of(3)), 3U) << "beyond the last";
}

}  // namespace
}  // namespace seatrial::models
