#include "analysis/violation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "analysis/collectors/summary_collector.hpp"
#include "tests/analysis/checkers/random_history.hpp"
#include "tests/analysis/collectors/small_world.hpp"

namespace seatrial::analysis {
namespace {

using models::TokenSource;

constexpr models::Version floor_of_read{1, 110, 11};

Cause cause_with(TokenSource source, std::uint64_t lsn) {
  models::OperationObserved read = some_read();
  read.token = {source, 1, lsn};
  return cause_of(read, floor_of_read, true);
}

TEST(Cause, IsTheSourceOfATokenThatIsTooOld) {
  EXPECT_EQ(cause_with(TokenSource::none, 0), Cause::no_token);
  EXPECT_EQ(cause_with(TokenSource::pod_cache, 109), Cause::pod_token_too_old);
  EXPECT_EQ(cause_with(TokenSource::client, 109), Cause::client_token_too_old);
  EXPECT_EQ(cause_with(TokenSource::broker, 109), Cause::broker_token_too_old);
  EXPECT_EQ(cause_with(TokenSource::message, 109), Cause::message_token_too_old);
  EXPECT_EQ(cause_with(TokenSource::broker, 110), Cause::other) << "it asked for enough";
}

TEST(Cause, OfAnOlderEpochIsTooOldWhateverItsLsn) {
  models::OperationObserved read = some_read();
  read.token = {TokenSource::client, 0, 999};

  EXPECT_EQ(cause_of(read, floor_of_read, true), Cause::client_token_too_old);
}

TEST(Cause, IsTheFirstThatFits) {
  models::OperationObserved read = some_read();
  read.token = {};
  read.degraded = models::Degraded::read_without_token;

  EXPECT_EQ(cause_of(read, floor_of_read, false), Cause::degraded);
  read.degraded = models::Degraded::no;
  EXPECT_EQ(cause_of(read, floor_of_read, false), Cause::level_takes_no_token);
  EXPECT_EQ(cause_of(read, floor_of_read, true), Cause::no_token);
  read.degraded = models::Degraded::token_given_up;
  EXPECT_EQ(cause_of(read, floor_of_read, true), Cause::token_given_up);
}

std::uint64_t sum_of(const CauseCounts& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

// A read of a random history, with a token and a degradation at random.
models::OperationObserved with_luck(models::OperationObserved seen, std::mt19937_64& random) {
  seen.measured = random() % 4 != 0;
  seen.token = {static_cast<TokenSource>(random() % 5), seen.version.epoch, random() % 60};
  if (random() % 8 == 0) seen.degraded = models::Degraded::read_without_token;
  if (random() % 8 == 0) seen.degraded = models::Degraded::token_given_up;
  return seen;
}

RunSummary summary_of_random_history(std::uint64_t seed) {
  SummaryCollector collector{small_world()};
  std::mt19937_64 random{seed};
  for (const Record& record : RandomHistory{seed, true}.play()) {
    if (const auto* left = std::get_if<models::UserLeft>(&record)) collector.user_left(*left);
    const auto* seen = std::get_if<models::OperationObserved>(&record);
    if (seen != nullptr) collector.operation(with_luck(*seen, random));
  }
  return collector.finish({});
}

std::uint64_t violations_of(const Counts& counts, Guarantee guarantee) {
  if (guarantee == Guarantee::ryw) return counts.ryw.violations;
  return guarantee == Guarantee::mr ? counts.mr.violations : counts.ryw_user.violations;
}

TEST(Cause, EveryViolationHasExactlyOne) {
  CausesByGuarantee all{};
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    SCOPED_TRACE(testing::Message() << "RandomHistory{" << seed << ", true}");
    for (const Cell& cell : summary_of_random_history(seed).cells)
      for (std::size_t g = 0; g < guarantee_names.size(); ++g) {
        const std::uint64_t violations = violations_of(cell.counts, static_cast<Guarantee>(g));
        ASSERT_EQ(sum_of(cell.counts.causes[g]), violations) << guarantee_names[g];
        for (std::size_t c = 0; c < cause_names.size(); ++c) all[g][c] += cell.counts.causes[g][c];
      }
  }

  for (const CauseCounts& counts : all)
    for (std::size_t c = 0; c < cause_names.size(); ++c)
      EXPECT_EQ(counts[c] > 20, static_cast<Cause>(c) != Cause::level_takes_no_token)
          << cause_names[c] << ": " << counts[c];
}

TEST(ViolationExamples, AreTheFirstOfEachGuaranteeAndCause) {
  std::size_t kept = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(testing::Message() << "RandomHistory{" << seed << ", true}");
    const RunSummary summary = summary_of_random_history(seed);
    CausesByGuarantee counted{}, examples{};
    for (const Cell& cell : summary.cells)
      for (std::size_t g = 0; g < counted.size(); ++g)
        for (std::size_t c = 0; c < cause_names.size(); ++c)
          counted[g][c] += cell.counts.causes[g][c];
    models::Instant last;
    for (const Violation& violation : summary.violations) {
      ++examples[static_cast<std::size_t>(violation.guarantee)]
                [static_cast<std::size_t>(violation.cause)];
      ASSERT_GE(violation.read.completed, last);
      ASSERT_TRUE(violation.read.measured);
      last = violation.read.completed;
    }
    for (std::size_t g = 0; g < counted.size(); ++g)
      for (std::size_t c = 0; c < cause_names.size(); ++c)
        ASSERT_EQ(examples[g][c], std::min<std::uint64_t>(counted[g][c], examples_of_each));
    kept += summary.violations.size();
  }
  EXPECT_GT(kept, 500U);
}

}  // namespace
}  // namespace seatrial::analysis
