#include "tests/swarm/bytes_between_regions.hpp"

#include <gmock/gmock.h>

namespace seatrial::swarm {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr models::Bytes header = 500;
constexpr models::Bytes document = 2'000;

// One update from another region, and its entry: 500 and 2,000 bytes there, 500 back, 2,500 on.
struct Traffic {
  models::Bytes sent = 2 * header + document;
  models::Bytes unsent = 0;
  models::Bytes entries = header + document;
  models::Bytes paid = 3 * header + 2 * document;
  models::Bytes late = 0;
};

models::WorldConfig two_regions() {
  models::WorldConfig world;
  world.regions.users.resize(2);
  world.regions.users[0].region = "West";
  world.regions.users[1].region = "East";
  world.store.write_region = "West";
  world.store.consistency = models::Consistency::session;
  world.data.emplace_back();
  world.data.back().size = document;
  return world;
}

std::vector<std::string> broken_by(const Traffic& traffic,
                                   const models::WorldConfig& world = two_regions()) {
  BytesBetweenRegions check{world};
  check.appended({});
  check.commit({});
  models::OperationObserved update;
  update.bytes = traffic.paid;
  check.operation(update);
  models::LateCost late;
  late.bytes = traffic.late;
  check.late(late);
  models::ReplicationObserved sent;
  sent.request_bytes = traffic.sent;
  sent.replication_bytes = traffic.entries;
  check.replication(sent);
  models::RunTotals totals;
  totals.unsent_bytes = traffic.unsent;
  check.finish(totals);
  std::vector<std::string> laws;
  for (const Check::Problem& problem : check.problems()) laws.push_back(problem.law);
  return laws;
}

TEST(BytesBetweenRegions, ArePaidForOnce) {
  EXPECT_THAT(broken_by({}), IsEmpty());
  Traffic twice;
  twice.paid += header;
  EXPECT_THAT(broken_by(twice), Contains("nothing is paid for that was not sent"));
  Traffic never;
  never.paid -= header;
  EXPECT_THAT(broken_by(never), ElementsAre("what goes between regions is paid for"));
}

TEST(BytesBetweenRegions, ArePaidForWhenTheyCameTooLateOrHadNoRoute) {
  Traffic traffic;
  traffic.sent += 700;
  traffic.unsent = 300;
  EXPECT_FALSE(broken_by(traffic).empty());
  traffic.late = 1'000;
  EXPECT_THAT(broken_by(traffic), IsEmpty());
}

TEST(BytesBetweenRegions, MissAnEntryThatWentToARegionTwice) {
  Traffic traffic;
  traffic.entries *= 2;
  traffic.paid += header + document;
  EXPECT_THAT(broken_by(traffic), ElementsAre("what is committed goes to each other region once"));
}

TEST(BytesBetweenRegions, AreNobodysWhereRegionsReport) {
  models::WorldConfig world = two_regions();
  world.store.consistency = models::Consistency::strong;
  Traffic traffic;
  traffic.sent += header;
  EXPECT_THAT(broken_by(traffic, world), IsEmpty());
  traffic.sent += 1;
  EXPECT_THAT(broken_by(traffic, world), ElementsAre("what goes between regions is paid for",
                                                     "what is nobody's has the size of headers"));
  traffic.sent += header - 1;
  EXPECT_THAT(broken_by(traffic, world), ElementsAre("what goes between regions is paid for"));
}

TEST(BytesBetweenRegions, MayVanishWithAPod) {
  models::WorldConfig world = two_regions();
  world.phases.emplace_back();
  world.phases.back().faults.emplace_back();
  world.phases.back().faults.back().kind = models::FaultKind::kill_pods;
  Traffic traffic;
  traffic.paid -= 77;
  EXPECT_THAT(broken_by(traffic, world), IsEmpty());
  traffic.paid += 78;
  EXPECT_THAT(broken_by(traffic, world), ElementsAre("nothing is paid for that was not sent"));
}

}  // namespace
}  // namespace seatrial::swarm
