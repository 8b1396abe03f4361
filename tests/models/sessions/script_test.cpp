#include "models/sessions/script.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "tests/models/world_fixture.hpp"

namespace seatrial::models {
namespace {

WorldConfig shop() {
  WorldConfig config = quiet_world();
  DataClassConfig product;
  product.name = "product";
  product.owner = Owner::shared;
  product.documents = 100;
  product.zipf = 0.99;
  config.data.push_back(product);
  StepConfig browse;
  browse.name = "browse";
  browse.share = 0.7;
  browse.actions = {action_of(ActionKind::read, "product")};
  config.workload.steps[0].share = 0.3;
  config.workload.steps.push_back(browse);
  config.workload.steps_per_session = sim::Distribution::geometric(6);
  config.workload.pause = exponential(Duration::seconds(3));
  return config;
}

// Plays a script to its end: what it does, in numbers.
struct Played {
  std::vector<std::int64_t> numbers;
  sim::Hash128 hash;
};

Played played(const WorldConfig& config, std::uint64_t session, std::uint32_t replication = 0) {
  const ScriptBook book{config, sim::RandomSource{7, replication}};
  Script script{book, SessionId{session}};
  Played done;
  for (std::uint64_t step = 0; step != script.steps(); ++step) {
    if (step != 0) done.numbers.push_back(script.pause_between_steps().ns());
    const std::size_t chosen = script.next_step();
    done.numbers.push_back(static_cast<std::int64_t>(chosen));
    for (const ScriptBook::Action& action : book.actions(chosen)) {
      done.numbers.push_back(static_cast<std::int64_t>(script.rank(action)));
    }
  }
  done.hash = script.hash();
  return done;
}

TEST(Script, IsTheSameUnderEveryPolicy) {
  const WorldConfig base = shop();
  WorldConfig policy = shop();
  policy.store.consistency = Consistency::strong;
  policy.pods.count = 12;
  policy.pods.balance = make_kind(balancing_axis(), "random");
  policy.data[0].update = UpdateBy::replace_if_match;
  carry(policy, {"client", "broker"});

  for (std::uint64_t session = 0; session != 50; ++session) {
    const Played first = played(base, session);
    const Played second = played(policy, session);
    EXPECT_EQ(first.numbers, second.numbers);
    EXPECT_EQ(first.hash, second.hash);
  }
}

TEST(Script, IsAnotherInEverySessionAndReplication) {
  const WorldConfig config = shop();

  EXPECT_NE(played(config, 1).hash, played(config, 2).hash);
  EXPECT_NE(played(config, 1, 0).numbers, played(config, 1, 1).numbers);
}

TEST(Script, TellsItsHashApartByWhatItDoes) {
  WorldConfig config = shop();
  config.workload.steps_per_session = sim::Distribution::constant(3);
  const Played before = played(config, 1);
  config.workload.pause = exponential(Duration::seconds(4));

  EXPECT_NE(before.hash, played(config, 1).hash);
}

TEST(Script, TakesStepsByTheirShares) {
  const WorldConfig config = shop();
  const ScriptBook book{config, sim::RandomSource{7, 0}};

  double browsing = 0;
  double all = 0;
  for (std::uint64_t session = 0; session != 4000; ++session) {
    Script script{book, SessionId{session}};
    for (std::uint64_t step = 0; step != script.steps(); ++step) {
      all += 1;
      browsing += script.next_step() == 1 ? 1 : 0;
    }
  }

  EXPECT_NEAR(all / 4000, 6, 5 * std::sqrt(30.0 / 4000));  // variance of geometric: 6 * 5
  EXPECT_NEAR(browsing / all, 0.7, 5 * std::sqrt(0.21 / all));
}

TEST(Script, RanksSharedDocumentsAlone) {
  const WorldConfig config = shop();
  const ScriptBook book{config, sim::RandomSource{7, 0}};
  Script script{book, SessionId{1}};

  std::uint64_t highest = 0;
  for (int i = 0; i != 1000; ++i) {
    EXPECT_EQ(script.rank(book.actions(0)[0]), 0u);
    highest = std::max(highest, script.rank(book.actions(1)[0]));
  }

  EXPECT_GT(highest, 50u);
  EXPECT_LT(highest, 100u);
}

WorldConfig reads_then_updates(StepDocuments documents) {
  WorldConfig config = shop();
  StepConfig& step = config.workload.steps[1];
  step.documents = documents;
  step.actions = {action_of(ActionKind::read, "product"), action_of(ActionKind::update, "product"),
                  action_of(ActionKind::read, "cart")};
  return config;
}

// The products that 2000 steps read and update.
std::vector<std::pair<std::uint64_t, std::uint64_t>> pairs_of(const WorldConfig& config) {
  const ScriptBook book{config, sim::RandomSource{7, 0}};
  Script script{book, SessionId{1}};
  std::vector<std::pair<std::uint64_t, std::uint64_t>> pairs;
  while (pairs.size() != 2000) {
    if (script.next_step() != 1) continue;
    const std::uint64_t read = script.rank(book.actions(1)[0]);
    const std::uint64_t updated = script.rank(book.actions(1)[1]);
    EXPECT_EQ(script.rank(book.actions(1)[2]), 0u) << "a cart is its user's";
    pairs.emplace_back(read, updated);
  }
  return pairs;
}

std::size_t equal_ones(const std::vector<std::pair<std::uint64_t, std::uint64_t>>& pairs) {
  return static_cast<std::size_t>(std::count_if(
      pairs.begin(), pairs.end(), [](const auto& pair) { return pair.first == pair.second; }));
}

TEST(Script, UpdatesTheDocumentThatItsStepHasRead) {
  const auto pairs = pairs_of(reads_then_updates(StepDocuments::same));

  EXPECT_EQ(equal_ones(pairs), pairs.size());
  const auto first = pairs.front().first;
  EXPECT_TRUE(std::any_of(pairs.begin(), pairs.end(), [&](const auto& pair) {
    return pair.first != first;
  })) << "another step has another document";
}

// Two draws of Zipf's law meet with the sum of the squared shares.
TEST(Script, DrawsAnotherDocumentForEachActionWhereTheStepSaysNothing) {
  double all = 0, squares = 0;
  for (int rank = 1; rank <= 100; ++rank) {
    const double share = std::pow(rank, -0.99);
    all += share;
    squares += share * share;
  }
  const double meet = squares / (all * all);

  const auto pairs = pairs_of(reads_then_updates(StepDocuments::each_its_own));

  const auto n = static_cast<double>(pairs.size());
  EXPECT_NEAR(static_cast<double>(equal_ones(pairs)) / n, meet,
              5 * std::sqrt(meet * (1 - meet) / n));
}

}  // namespace
}  // namespace seatrial::models
