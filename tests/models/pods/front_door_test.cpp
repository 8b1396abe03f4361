#include "models/pods/front_door.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/models/pods/pod_bench.hpp"

namespace seatrial::models {
namespace {

class FrontDoorTest : public testing::Test {
 protected:
  void build(std::string_view balance, Affinity affinity) {
    WorldConfig config = quiet_world();
    config.pods.count = 4;
    config.pods.balance = make_kind(balancing_axis(), balance);
    config.pods.affinity = affinity;
    bench = std::make_unique<PodBench>(config);
    door = std::make_unique<FrontDoor>(bench->config.pods, bench->random);
    for (const auto& pod : bench->pods) door->add(*pod);
  }
  Pod* choose(std::optional<PodId> cookie = {}) {
    return door->choose(OperationName{SessionId{1}, next_++}, cookie);
  }

  std::unique_ptr<PodBench> bench;
  std::unique_ptr<FrontDoor> door;

 private:
  std::uint32_t next_ = 0;
};

TEST_F(FrontDoorTest, SendsOnlyToReadyPods) {
  build("round_robin", Affinity::none);
  bench->pods[1]->kill();
  bench->pods[2]->kill();

  std::set<PodId> chosen;
  for (int i = 0; i != 20; ++i) chosen.insert(choose()->id());

  EXPECT_EQ(chosen, (std::set<PodId>{PodId{0}, PodId{3}}));
}

TEST_F(FrontDoorTest, HasNothingToOfferWithoutAReadyPod) {
  build("random", Affinity::cookie);
  for (const auto& pod : bench->pods) pod->kill();

  EXPECT_FALSE(door->has_ready_pod());
  EXPECT_EQ(choose(PodId{2}), nullptr);
  bench->pods[2]->restart();
  EXPECT_EQ(choose(), bench->pods[2].get());
}

TEST_F(FrontDoorTest, LeadsACookieBackToItsPod) {
  build("round_robin", Affinity::cookie);

  for (int i = 0; i != 10; ++i) EXPECT_EQ(choose(PodId{2})->id(), PodId{2});
}

TEST_F(FrontDoorTest, TakesAnotherPodWhenTheCookiesIsNotReady) {
  build("round_robin", Affinity::cookie);
  bench->pods[2]->kill();

  EXPECT_NE(choose(PodId{2})->id(), PodId{2});
}

TEST_F(FrontDoorTest, IgnoresCookiesWithoutAffinity) {
  build("round_robin", Affinity::none);

  std::set<PodId> chosen;
  for (int i = 0; i != 4; ++i) chosen.insert(choose(PodId{2})->id());

  EXPECT_EQ(chosen.size(), 4u);
}

TEST_F(FrontDoorTest, KnowsWhatIsOutstandingAtEachPod) {
  build("least_outstanding", Affinity::cookie);

  std::set<PodId> first;
  for (int i = 0; i != 4; ++i) first.insert(choose()->id());
  choose(PodId{0});  // counts, though a cookie chose
  choose(PodId{1});
  choose(PodId{3});

  EXPECT_EQ(first.size(), 4u);
  EXPECT_EQ(choose()->id(), PodId{2});
  door->done(*bench->pods[3]);
  door->done(*bench->pods[3]);
  EXPECT_EQ(choose()->id(), PodId{3});
}

}  // namespace
}  // namespace seatrial::models
