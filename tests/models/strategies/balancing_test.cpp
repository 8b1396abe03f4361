#include "models/strategies/balancing.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "models/strategies/registry.hpp"

namespace seatrial::models {
namespace {

std::unique_ptr<Balancer> balancer(std::string_view name) {
  const auto kind = make_kind(balancing_axis(), name);
  return dynamic_cast<const BalancingKind&>(*kind).make();
}

sim::Stream draws_of(std::uint64_t session) { return {sim::StreamKey{17}, session}; }

// How often each of the pods was chosen in `n` draws.
std::vector<double> frequencies(Balancer& chooser, const std::vector<std::uint32_t>& outstanding,
                                std::uint64_t n) {
  std::vector<double> counts(outstanding.size());
  for (std::uint64_t i = 0; i != n; ++i) counts[chooser.choose(outstanding, draws_of(i))] += 1;
  return counts;
}

TEST(RoundRobin, TakesEachPodInTurn) {
  const auto chooser = balancer("round_robin");
  const std::vector<std::uint32_t> outstanding{9, 0, 4};

  std::vector<std::size_t> chosen;
  for (int i = 0; i != 6; ++i) chosen.push_back(chooser->choose(outstanding, draws_of(1)));

  EXPECT_EQ(chosen, (std::vector<std::size_t>{0, 1, 2, 0, 1, 2}));
}

TEST(RandomBalancing, TakesEveryPodEquallyOften) {
  constexpr double n = 40'000;
  const auto chooser = balancer("random");

  const auto counts = frequencies(*chooser, {7, 0, 0, 3}, static_cast<std::uint64_t>(n));

  const double five_sigma = 5 * std::sqrt(n * 0.25 * 0.75);
  for (const double count : counts) EXPECT_NEAR(count, n / 4, five_sigma);
}

TEST(RandomBalancing, ChoosesTheSamePodForTheSameOperation) {
  const auto first = balancer("random");
  const auto second = balancer("random");
  const std::vector<std::uint32_t> outstanding(12);

  second->choose(outstanding, draws_of(99));  // one more draw elsewhere moves nothing
  for (std::uint64_t session = 0; session != 50; ++session) {
    EXPECT_EQ(first->choose(outstanding, draws_of(session)),
              second->choose(outstanding, draws_of(session)));
  }
}

TEST(LeastOutstanding, TakesThePodWithTheFewest) {
  const auto chooser = balancer("least_outstanding");

  for (std::uint64_t session = 0; session != 100; ++session) {
    EXPECT_EQ(chooser->choose(std::vector<std::uint32_t>{3, 1, 2}, draws_of(session)), 1u);
  }
}

TEST(LeastOutstanding, DrawsAmongEquals) {
  constexpr double n = 30'000;
  const auto chooser = balancer("least_outstanding");

  const auto counts = frequencies(*chooser, {1, 5, 1, 1}, static_cast<std::uint64_t>(n));

  const double five_sigma = 5 * std::sqrt(n * (1.0 / 3) * (2.0 / 3));
  EXPECT_EQ(counts[1], 0);
  for (const std::size_t pod : {0, 2, 3}) EXPECT_NEAR(counts[pod], n / 3, five_sigma);
}

TEST(Registry, MakesEveryKindByItsName) {
  const StrategyAxis* axes[] = {&balancing_axis(),        &token_transport_axis(),
                                &degradation_axis(),      &replication_axis(),
                                &data_replication_axis(), &link_replication_axis()};
  for (const StrategyAxis* axis : axes) {
    std::set<std::string_view> names;
    for (const auto& kind : axis->kinds) {
      EXPECT_TRUE(names.insert(kind->name()).second) << kind->name() << " is registered twice";
      EXPECT_FALSE(kind->sentence().empty()) << kind->name();
      EXPECT_EQ(make_kind(*axis, kind->name())->name(), kind->name());
    }
    EXPECT_FALSE(names.empty()) << axis->name;
  }
}

}  // namespace
}  // namespace seatrial::models
