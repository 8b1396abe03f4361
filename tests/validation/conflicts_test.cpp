// How often two write regions change the same document at once. West updates it as a Poisson
// process of rate a, East of rate b, and a write needs d to the other region; so an update meets an
// earlier one of the other region with 1 - e^(-rate there * d), in either region alike: what it has
// not yet seen was written in the d before. In a conflict the later clock wins, which is read in
// units of r; in one unit West, the hub. Hence an update is lost
//
//   West   if East writes within d and in a later unit:   1 - e^(-b d) (e^(b r) - 1) / (b r)
//   East   if West writes within d, or before in its unit: 1 - e^(-a d) (1 - e^(-a r)) / (a r)
//
// for r <= d, where a document is seldom written twice in one unit. Times in milliseconds.
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "analysis/experiment/simulate.hpp"
#include "tests/validation/still_world.hpp"

namespace seatrial::validation {
namespace {

constexpr double way = 20;  // d

// Of one document.
struct Rates {
  double west = 0;
  double east = 0;
};
constexpr Rates of_one{.02, .03};    // 50/s
constexpr Rates of_ten{.002, .003};  // each

double share_in_conflict(Rates rates) {
  const double west = 1 - std::exp(-rates.east * way);
  const double east = 1 - std::exp(-rates.west * way);
  return (rates.west * west + rates.east * east) / (rates.west + rates.east);
}

models::WorldConfig two_writers(const std::string& documents, const std::string& resolution,
                                const std::string& update) {
  return still_world({R"(/regions/users={"West":"40%","East":"60%"})",
                      R"(/regions/links={"West <> East":{"one_way":"20ms"}})",
                      R"(/store/write_regions=["West","East"])",
                      "/store/conflict_clock/resolution=" + resolution, "/data/cart/owner=shared",
                      "/data/cart/documents=" + documents, "/data/cart/update=" + update,
                      R"(/workload/steps={"write":{"share":"100%","do":[{"update":"cart"}]}})",
                      "/workload/sessions=50/s", "/phases/0/for=60s"});
}

class Losses final : public models::Observer {
 public:
  void operation(const models::OperationObserved&) override {}
  void commit(const models::CommitObserved&) override { ++written; }
  void conflict(const models::ConflictObserved& seen) override { ++lost[seen.lost_in.value()]; }

  double written = 0;
  std::array<double, 2> lost{};
};

Estimate share_seen(const models::WorldConfig& world) {
  const Questions question = [](const Replication& run) -> std::vector<Sample> {
    return {share_of(counts_of(run.summary).conflict)};
  };
  return replicate(world, Keep::counts, question).front();
}

TEST(Conflicts, AreMetWithTheOtherRegionsWritesOfOneTravellingTime) {
  models::WorldConfig world = two_writers("1", "1ms", "patch");
  world.data.front().paths = 1;

  expect_near("updates in conflict", share_seen(world), share_in_conflict(of_one));
}

TEST(Conflicts, OfPatchesAreMetOnOnePathOfFour) {
  models::WorldConfig world = two_writers("1", "1ms", "patch");
  world.data.front().paths = 4;

  expect_near("updates in conflict, four paths", share_seen(world),
              share_in_conflict({of_one.west / 4, of_one.east / 4}));
}

TEST(Conflicts, AreLostByTheEarlierClockAndInOneUnitByTheSatellite) {
  const models::WorldConfig world = two_writers("10", "10ms", "replace");
  constexpr double unit = 10;
  std::array<Estimate, 2> lost;
  for (int i = 0; i < 32 * deep_factor(); ++i) {
    models::RunOptions options;
    options.replication = static_cast<std::uint32_t>(i);
    Losses losses;
    analysis::simulate_watched(world, options, losses);
    for (std::size_t region = 0; region < 2; ++region) {
      lost[region].add({losses.lost[region], losses.written * (region == 0 ? .4 : .6)});
    }
  }

  const double west =
      1 - std::exp(-of_ten.east * way) * (std::exp(of_ten.east * unit) - 1) / (of_ten.east * unit);
  const double east =
      1 - std::exp(-of_ten.west * way) * (1 - std::exp(-of_ten.west * unit)) / (of_ten.west * unit);
  expect_near("lost in West", lost[0], west, 0.2);
  expect_near("lost in East", lost[1], east, 0.2);
}

// A replacement reads first; inside of one region that is no conflict, and an ETag prevents what it
// can see.
TEST(Conflicts, AreNoLessWithAnETag) {
  expect_near("updates in conflict, replace_if_match",
              share_seen(two_writers("1", "1ms", "replace_if_match")), share_in_conflict(of_one));
}

}  // namespace
}  // namespace seatrial::validation
