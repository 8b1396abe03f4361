#include "tests/swarm/shrink.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <set>
#include <string_view>

#include "models/network/link_name.hpp"
#include "scenarios/problems.hpp"
#include "tests/swarm/check.hpp"
#include "tests/swarm/random_world.hpp"

namespace seatrial::swarm {
namespace {

// A law that the store does not keep, as if a bug had been planted: at consistency "eventual" a
// read may be stale.
class NothingIsStale final : public Check {
 public:
  void operation(const models::OperationObserved& seen) override {
    expect(seen.truth.versions_behind == 0, "nothing is stale", [] { return std::string{}; });
  }
};

bool is_eventual_and_stale(const std::string& text) {
  try {
    const models::WorldConfig world = world_of(text);
    if (world.store.consistency != models::Consistency::eventual) return false;
    NothingIsStale check;
    return !run_checked(world, {}, {&check}).problems.empty();
  } catch (const scenarios::ScenarioError&) {
    return false;
  }
}

std::uint64_t first_seed_that(bool (*fails)(const std::string&)) {
  std::uint64_t seed = 1;
  while (!fails(random_world(seed))) ++seed;
  return seed;
}

std::ptrdiff_t lines_of(const std::string& text) {
  return std::count(text.begin(), text.end(), '\n') + 1;
}

TEST(Shrinker, LeavesOfAPlantedBugWhatItTakes) {
  const std::uint64_t seed = first_seed_that(is_eventual_and_stale);
  const std::string text = random_world(seed);

  const std::string small = shrunk(text, is_eventual_and_stale);

  std::printf("  seed %lu: %ld lines become %ld\n%s\n", seed, lines_of(text), lines_of(small),
              small.c_str());
  EXPECT_TRUE(is_eventual_and_stale(small));
  const models::WorldConfig world = world_of(small);
  EXPECT_EQ(world.phases.size(), 1u);
  EXPECT_TRUE(world.phases[0].faults.empty()) << "no fault is needed";
  EXPECT_EQ(world.workload.steps.size(), 1u);
  EXPECT_LE(world.workload.steps[0].actions.size(), 2u) << "an update, and what reads it";
  EXPECT_EQ(world.data.size(), 1u);
  EXPECT_TRUE(world.session_token.carry.empty());
  EXPECT_LE(world.regions.users.size(), 2u);
  EXPECT_LT(lines_of(small), lines_of(text) / 2);
}

TEST(Shrinker, FindsTheOneFaultThatItTakes) {
  const auto has_two_cuts_in_one_phase = [](const std::string& text) {
    try {
      const models::WorldConfig world = world_of(text);
      return std::any_of(world.phases.begin(), world.phases.end(), [](const auto& phase) {
        return std::count_if(phase.faults.begin(), phase.faults.end(), [](const auto& fault) {
                 return fault.kind == models::FaultKind::cut_link;
               }) >= 2;
      });
    } catch (const scenarios::ScenarioError&) {
      return false;
    }
  };
  std::uint64_t seed = 1;
  while (!has_two_cuts_in_one_phase(random_world(seed))) ++seed;

  const models::WorldConfig world = world_of(shrunk(random_world(seed), has_two_cuts_in_one_phase));

  ASSERT_EQ(world.phases.size(), 1u);
  EXPECT_EQ(world.phases[0].faults.size(), 2u);
  std::set<std::string_view> named;
  for (const models::FaultConfig& cut : world.phases[0].faults) {
    const auto ends = models::parse_link_name(cut.link);
    ASSERT_TRUE(ends.has_value());
    named.insert(ends->from);
    named.insert(ends->to);
  }
  EXPECT_EQ(world.regions.users.size(), named.size()) << "no region that no cut names";
  EXPECT_EQ(world.workload.steps.at(0).actions.size(), 1u);
}

TEST(Shrinker, DoesTheSameTwice) {
  const std::string text = random_world(first_seed_that(is_eventual_and_stale));

  EXPECT_EQ(shrunk(text, is_eventual_and_stale, 60), shrunk(text, is_eventual_and_stale, 60));
}

TEST(Shrinker, LeavesWhatDoesNotFailAsItIs) {
  const std::string text = random_world(1);

  EXPECT_EQ(shrunk(text, [](const std::string&) { return false; }), text);
}

TEST(RandomWorld, IsTheSameForTheSameSeedAndAnotherForAnother) {
  EXPECT_EQ(random_world(7), random_world(7));
  EXPECT_NE(random_world(7), random_world(8));
}

}  // namespace
}  // namespace seatrial::swarm
