// What users do and what of it is observed.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "tests/models/world_fixture.hpp"

namespace seatrial::models {
namespace {

// Of every session its arrival; arrivals in [from, to) seconds.
std::map<SessionId, Instant> arrivals_of(const Observations& seen) {
  std::map<SessionId, Instant> arrivals;
  for (const auto& operation : seen.operations) {
    if (operation.device == 0) arrivals[operation.session] = operation.session_arrived;
  }
  return arrivals;
}

double arrived_between(const std::map<SessionId, Instant>& arrivals, double from, double to) {
  return static_cast<double>(
      std::count_if(arrivals.begin(), arrivals.end(), [&](const auto& arrival) {
        const double at = arrival.second.since_start().s();
        return at >= from && at < to;
      }));
}

void expect_poisson(double count, double mean) { EXPECT_NEAR(count, mean, 5 * std::sqrt(mean)); }

TEST(Crowd, ArrivesAtTheRateOfThePhase) {
  WorldConfig config = quiet_world();
  config.workload.sessions_per_second = 50;
  config.warmup = Duration::seconds(20);
  config.phases = {phase_of("half", Duration::seconds(20), 0.5),
                   phase_of("surge", Duration::seconds(20), 4),
                   phase_of("quiet", Duration::seconds(20), 0)};
  config.phases[1].ramp = Duration::seconds(10);

  const WorldRun run = observe(config);

  const auto arrivals = arrivals_of(run.seen);
  expect_poisson(arrived_between(arrivals, 0, 20), 20 * 25);
  expect_poisson(arrived_between(arrivals, 20, 40), 20 * 25);
  expect_poisson(arrived_between(arrivals, 40, 50), 10 * 50 * (0.5 + 4) / 2);
  expect_poisson(arrived_between(arrivals, 50, 60), 10 * 200);
  EXPECT_EQ(arrived_between(arrivals, 60, 1e9), 0);
}

TEST(Crowd, KeepsItsBaseArrivalsWhenASurgeComesOnTop) {
  WorldConfig config = quiet_world();
  const auto without = arrivals_of(observe(config).seen);
  config.phases[0].sessions = 3;
  const auto with = arrivals_of(observe(config).seen);

  EXPECT_GT(with.size(), 2 * without.size());
  for (const auto& arrival : without) EXPECT_EQ(with.at(arrival.first), arrival.second);
}

TEST(Crowd, SpreadsUsersOverRegionsByTheirShares) {
  WorldConfig config = quiet_world();
  config.workload.sessions_per_second = 400;
  config.regions.users = {{"West", 0.3}, {"East", 0.7}};

  const WorldRun run = observe(config);

  std::map<SessionId, RegionId> regions;
  for (const auto& operation : run.seen.operations) regions[operation.session] = operation.region;
  const auto n = static_cast<double>(regions.size());
  const auto west = static_cast<double>(std::count_if(
      regions.begin(), regions.end(), [](const auto& r) { return r.second == RegionId{0}; }));
  EXPECT_NEAR(west / n, 0.3, 5 * std::sqrt(0.21 / n));
}

TEST(Crowd, MeasuresTheSessionsThatArriveAfterTheWarmUp) {
  WorldConfig config = quiet_world();
  config.warmup = Duration::seconds(5);
  config.workload.steps_per_session = sim::Distribution::constant(2);
  config.workload.pause = constant(Duration::seconds(3));

  for (const auto& operation : observe(config).seen.operations) {
    EXPECT_EQ(operation.measured, operation.session_arrived >= at_milliseconds(5000));
  }
}

TEST(Crowd, PlaysASessionToItsEndAfterTheLastPhase) {
  WorldConfig config = quiet_world();
  config.workload.steps_per_session = sim::Distribution::constant(4);
  config.workload.pause = constant(Duration::seconds(30));

  const WorldRun run = observe(config);

  EXPECT_EQ(run.totals.operations, run.totals.sessions * 8);
  EXPECT_GT(run.seen.operations.back().completed, at_milliseconds(90'000));
}

TEST(Crowd, StartsToThinkWhenTheReplyIsThere) {
  WorldConfig config = quiet_world();
  config.regions.last_mile_round_trip = constant(milliseconds(20));
  config.store.write_service = constant(milliseconds(7));
  config.workload.steps[0].actions = {action_of(ActionKind::update), pause_of(milliseconds(60)),
                                      action_of(ActionKind::read)};

  for (const auto& operation : observe(config).seen.operations) {
    const bool is_read = operation.kind == OperationKind::read;
    const Duration into = operation.invoked - operation.session_arrived;
    EXPECT_EQ(into, is_read ? milliseconds(20 + 7 + 60) : Duration{});
    EXPECT_EQ(operation.completed - operation.invoked, milliseconds(is_read ? 20 : 27));
  }
}

TEST(Crowd, ComesBackToItsPodByCookie) {
  WorldConfig config = quiet_world();
  config.pods.count = 5;
  config.pods.balance = make_kind(balancing_axis(), "random");
  config.workload.steps_per_session = sim::Distribution::constant(5);
  const auto pods_by_session = [&] {
    std::map<SessionId, std::set<PodId>> pods;
    for (const auto& operation : observe(config).seen.operations) {
      pods[operation.session].insert(operation.pod);
    }
    return pods;
  };

  config.pods.affinity = Affinity::cookie;
  const auto sticky = pods_by_session();
  config.pods.affinity = Affinity::none;
  const auto free = pods_by_session();

  std::set<PodId> all;
  for (const auto& session : sticky) {
    EXPECT_EQ(session.second.size(), 1u);
    all.insert(session.second.begin(), session.second.end());
  }
  EXPECT_EQ(all.size(), 5u);
  EXPECT_TRUE(std::any_of(free.begin(), free.end(),
                          [](const auto& session) { return session.second.size() > 2; }));
}

TEST(Crowd, LooksAgainOnTheSecondDeviceAfterEachUpdate) {
  WorldConfig config = quiet_world();
  config.workload.second_device = {true, 0.4, constant(milliseconds(80))};
  config.workload.steps_per_session = sim::Distribution::constant(3);

  const WorldRun run = observe(config);

  std::map<std::pair<UserId, std::uint32_t>, Instant> updates;
  for (const auto& update : run.seen.of(OperationKind::update)) {
    EXPECT_EQ(update.device, 0);
    updates[{update.user, update.index}] = update.completed;
  }
  std::map<UserId, int> looks;
  for (const auto& operation : run.seen.operations) {
    if (operation.device == 0) continue;
    ++looks[operation.user];
    EXPECT_EQ(operation.kind, OperationKind::read);
    EXPECT_NE(operation.session.value(), operation.user.value());
    EXPECT_EQ(operation.document.owner, operation.user.value());
    EXPECT_EQ(operation.invoked, updates.at({operation.user, operation.index}) + milliseconds(80));
  }
  for (const auto& user : looks) EXPECT_EQ(user.second, 3);
  const auto n = static_cast<double>(run.totals.sessions);
  EXPECT_NEAR(static_cast<double>(looks.size()) / n, 0.4, 5 * std::sqrt(0.24 / n));
}

// --- When there is nobody to serve ----------------------------------------------------------

FaultConfig kill_all_of(std::string region) {
  FaultConfig fault;
  fault.region = std::move(region);
  fault.kill = 100;
  fault.start_within = Duration{};
  return fault;
}

TEST(Crowd, IsServedByTheNearestRegionAndPaysForTheWay) {
  WorldConfig config = quiet_world();
  config.regions.users = {{"West", 0}, {"East", 1}};
  config.regions.links = {link_of("West <> East", milliseconds(40))};
  config.pods.restart_after = Duration::seconds(60);
  config.phases[0].faults = {kill_all_of("East")};

  const WorldRun run = observe(config);

  EXPECT_EQ(run.seen.count(Outcome::ok), run.seen.operations.size());
  for (const auto& read : run.seen.of(OperationKind::read)) {
    EXPECT_EQ(read.pod, PodId{0});
    EXPECT_EQ(read.served_by, RegionId{0});
    EXPECT_EQ(read.completed - read.invoked, milliseconds(80));
    EXPECT_EQ(read.cross_region_calls, 1);
    EXPECT_EQ(read.bytes, 700 + 500 + 1024);
  }
}

TEST(Crowd, IsRefusedWhereNobodyIsReady) {
  WorldConfig config = quiet_world();
  config.pods.restart_after = Duration::seconds(5);
  config.phases[0].faults = {kill_all_of("East"), kill_all_of("West")};

  for (const auto& operation : observe(config).seen.operations) {
    const bool is_down = operation.invoked < at_milliseconds(5000);
    EXPECT_EQ(operation.outcome, is_down ? Outcome::refused : Outcome::ok);
  }
}

TEST(Crowd, GivesUpAtTheFrontDoorsTimeout) {
  WorldConfig config = quiet_world();
  config.regions.request_timeout = milliseconds(30);
  config.regions.last_mile_round_trip = constant(milliseconds(10));
  config.store.write_service = constant(milliseconds(31));

  const WorldRun run = observe(config);

  for (const auto& update : run.seen.of(OperationKind::update)) {
    EXPECT_EQ(update.outcome, Outcome::timed_out);
    EXPECT_EQ(update.completed - update.invoked, milliseconds(40));
  }
  EXPECT_EQ(run.seen.commits.size(), run.totals.sessions) << "the work went on";
}

}  // namespace
}  // namespace seatrial::models
