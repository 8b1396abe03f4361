// How often a session breaks read-your-writes when tokens stay where they were got, or come late
// to the broker; and how long a read waits for its token. Times in milliseconds.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <ostream>

#include "tests/validation/still_world.hpp"

namespace seatrial::validation {
namespace {

constexpr double mean_lag = 50;
const std::string lag_of_50ms =
    R"(/store/replication_lag={"entry":{"exponential":{"mean":"50ms"}}})";

std::string text_of(double value) { return std::to_string(value); }

std::string exponential(double mean) {
  return R"({"exponential":{"mean":")" + text_of(mean) + R"(ms"}})";
}

std::string update_and_read_after(const std::string& pause) {
  return R"(/workload/steps/step={"share":"100%","do":[{"update":"cart"},{"pause":)" + pause +
         R"(},{"read":"cart"}]})";
}

// When a read asks again, after its first attempt.
std::vector<double> attempts_of(const std::string& sdk) {
  if (sdk == "older") {
    std::vector<double> times{0, 0, 5, 15, 35};
    while (times.back() < 5000) times.push_back(times.back() + (times.back() < 75 ? 40 : 50));
    return times;
  }
  std::vector<double> times = sdk == "java" ? std::vector<double>{0, 0, 5, 15, 35, 75, 155, 315}
                                            : std::vector<double>{0, 0, 5, 30, 155, 655};
  if (sdk == "java") times.push_back(635);
  while (times.back() < 5000) times.push_back(times.back() + 500);
  return times;
}

// Every session updates and reads through a random pod, all in one partition: every session is a
// writer to all others. (With one replica the tokens of others' *reads* change nothing: such a
// token is at or below what the replica has applied.)
struct Crowd {
  int pods;
  double writes_per_second;
  double after;
  friend std::ostream& operator<<(std::ostream& out, const Crowd& crowd) {
    return out << crowd.pods << " pods, " << crowd.writes_per_second << "/s, " << crowd.after
               << "ms";
  }
};

double plain_form(const Crowd& crowd) {
  const double others = crowd.writes_per_second / 1000 / crowd.pods;
  return (crowd.pods - 1.0) / crowd.pods * std::exp(-others * crowd.after) *
         std::exp(-crowd.after / mean_lag);
}

// The plain form says: another pod, no newer token in it, the write not arrived. It leaves out
// that the pod holds an *older* token, of the last write through it, x before: while a gap remains
// at or below that token the read is sent back, asks again, and the own write gains time.
double exact_form(const Crowd& crowd) {
  const double all = crowd.writes_per_second / 1000;
  const double others = all / crowd.pods;
  const auto no_gap = [&](double age) {
    const double late = std::exp(-age / mean_lag);
    return (1 - late) * std::exp(-all * mean_lag * late);
  };
  const std::vector<double> attempts = attempts_of("dotnet-2026");
  const auto still_late = [&](double x) {
    double sum = 0;
    double before = 0;
    for (const double attempt : attempts) {
      const double now = no_gap(x + crowd.after + attempt);
      sum += (now - before) * std::exp(-(crowd.after + attempt) / mean_lag);
      before = now;
    }
    return others * std::exp(-others * x) * sum;
  };
  return (crowd.pods - 1.0) / crowd.pods * std::exp(-others * crowd.after) *
         integral(still_late, 40 / others);
}

class UncoordinatedPods : public testing::TestWithParam<Crowd> {};

TEST_P(UncoordinatedPods, BreakReadYourWritesAsTheirTokensAndTheLagSay) {
  const Crowd& crowd = GetParam();
  const double rate = crowd.writes_per_second;
  const auto world = still_world(
      {"/store/apply_order=independent", lag_of_50ms, "/pods/count=" + std::to_string(crowd.pods),
       "/session_token/pod_cache=true", update_and_read_after("\"" + text_of(crowd.after) + "ms\""),
       "/workload/sessions=" + text_of(rate) + "/s", "/phases/0/for=" + text_of(2000 / rate) + "s",
       "/run/warmup=" + text_of(20 * crowd.pods / rate) + "s"});

  char what[80];
  std::snprintf(what, sizeof what, "P=%d lo=%g/s t=%g (plain form %.4f)", crowd.pods, rate,
                crowd.after, plain_form(crowd));
  expect_near(what, ryw_share(world), exact_form(crowd));
}

INSTANTIATE_TEST_SUITE_P(Crowds, UncoordinatedPods,
                         testing::Values(Crowd{2, 20, 20}, Crowd{2, 2, 50}, Crowd{4, 20, 50},
                                         Crowd{4, 2, 50}, Crowd{8, 40, 20}, Crowd{8, 20, 100}));

// The token comes to the broker S after the reply; the read asks Z after the reply; the replica
// has the write L after the commit. All exponential. No two sessions share a partition for long.
constexpr double publish = 30;
constexpr double pause = 40;

std::vector<std::string> race(const std::vector<std::string>& more) {
  std::vector<std::string> overrides{"/store/apply_order=independent",
                                     lag_of_50ms,
                                     "/store/partitions=200",
                                     R"(/session_token/carry=["broker"])",
                                     "/session_token/publish=asynchronous",
                                     "/session_token/publish_after=" + exponential(publish),
                                     update_and_read_after(exponential(pause)),
                                     "/workload/sessions=10/s",
                                     "/phases/0/for=200s",
                                     "/run/warmup=0s"};
  overrides.insert(overrides.end(), more.begin(), more.end());
  return overrides;
}

TEST(AsynchronousPublication, LosesTheRaceAgainstTheReadAsTheRatesSay) {
  const Questions questions = [](const Replication& run) {
    std::vector<Sample> samples(2);
    for (const auto& seen : run.operations) {
      if (seen.kind != models::OperationKind::read) continue;
      samples[0].add(seen.token.source == models::TokenSource::none ? 1 : 0);
    }
    samples[1] = share_of(counts_of(run.summary).ryw);
    return samples;
  };

  const auto found = replicate(still_world(race({})), Keep::operations, questions);

  const double read = 1 / pause, published = 1 / publish, applied = 1 / mean_lag;
  expect_near("GET before SET", found[0], read / (read + published));
  expect_near("wrong reads", found[1], read / (read + published + applied));
}

TEST(AsynchronousPublication, HurtsOnlyInPodsThatHaveNoToken) {
  const auto world = still_world(race({"/pods/count=4", "/session_token/pod_cache=true"}));

  const double read = 1 / pause, published = 1 / publish, applied = 1 / mean_lag;
  expect_near("wrong reads, 4 pods", ryw_share(world),
              3.0 / 4 * read / (read + published + applied));
}

TEST(SynchronousPublication, NeverLosesTheRace) {
  const auto world =
      still_world({"/store/apply_order=independent", lag_of_50ms,
                   R"(/session_token/carry=["broker"])", update_and_read_after(exponential(pause)),
                   "/workload/sessions=100/s", "/phases/0/for=200s"});

  const analysis::Counts counts = counts_of(run_replication(world, 0, Keep::counts).summary);

  EXPECT_GT(counts.ryw.opportunities, 15'000u);
  EXPECT_EQ(counts.ryw.violations, 0u);
}

// Two writes 20 ms apart, each published Exp(30 ms) later: the older token comes last with
// probability 1/2 e^(-20/30). The read comes when all is settled.
Estimate older_token_stays(const std::string& write) {
  const auto world = still_world(
      race({"/broker/write=" + write,
            R"(/workload/steps/step={"share":"100%","do":[{"update":"cart"},{"pause":"20ms"},)"
            R"({"update":"cart"},{"pause":"2s"},{"read":"cart"}]})"}));
  const Questions question = [](const Replication& run) {
    std::vector<Sample> samples(1);
    for (const auto& seen : run.operations) {
      if (seen.kind != models::OperationKind::read) continue;
      samples[0].add(seen.token.lsn < seen.version.lsn ? 1 : 0);
    }
    return samples;
  };
  return replicate(world, Keep::operations, question).front();
}

TEST(PlainSet, LeavesTheOlderTokenWhenItComesLast) {
  expect_near("older token stays, D = 20ms", older_token_stays("set"),
              0.5 * std::exp(-20 / publish));
}

TEST(MergeMax, NeverLeavesTheOlderToken) { EXPECT_EQ(older_token_stays("merge_max").value(), 0); }

struct Schedule {
  const char* sdk;
  double mean_lag;
  double published;  // mean wait, by numeric integration elsewhere
  friend std::ostream& operator<<(std::ostream& out, const Schedule& schedule) {
    return out << schedule.sdk << " at " << schedule.mean_lag << "ms";
  }
};

// The device carries its token, so each read waits out the lag of its own write, and hardly ever
// another's.
models::WorldConfig waits_out_the_lag(double lag, const std::vector<std::string>& more) {
  std::vector<std::string> overrides{"/store/apply_order=independent",
                                     "/store/partitions=2000",
                                     R"(/store/replication_lag={"entry":)" + exponential(lag) + "}",
                                     R"(/session_token/carry=["client"])",
                                     "/workload/sessions=" + text_of(1000 / lag) + "/s",
                                     "/phases/0/for=" + text_of(2 * lag) + "s",
                                     "/run/warmup=0s"};
  overrides.insert(overrides.end(), more.begin(), more.end());
  return still_world(overrides);
}

Estimate mean_wait(const models::WorldConfig& world) {
  const Questions question = [](const Replication& run) {
    std::vector<Sample> samples(1);
    for (const auto& seen : run.operations) {
      if (seen.kind != models::OperationKind::read) continue;
      samples[0].add((seen.completed - seen.invoked).ms());
    }
    return samples;
  };
  return replicate(world, Keep::operations, question).front();
}

// Until the next attempt after the lag.
double expected_wait(const std::vector<double>& attempts, double lag) {
  double wait = 0;
  double before = 0;
  for (const double attempt : attempts) {
    wait += attempt * (std::exp(-before / lag) - std::exp(-attempt / lag));
    before = attempt;
  }
  return wait;
}

class RetrySchedule : public testing::TestWithParam<Schedule> {};

TEST_P(RetrySchedule, WaitsForTheLagRoundedUpToTheNextAttempt) {
  const Schedule& schedule = GetParam();
  const double theory = expected_wait(attempts_of(schedule.sdk), schedule.mean_lag);
  const auto world =
      waits_out_the_lag(schedule.mean_lag, {"/store/sdk=" + std::string{schedule.sdk}});

  EXPECT_NEAR(theory, schedule.published, schedule.mean_lag < 100 ? 0.1 : 0.5);
  char what[80];
  std::snprintf(what, sizeof what, "mean wait, ms, %s, lag %g", schedule.sdk, schedule.mean_lag);
  expect_near(what, mean_wait(world), theory);
}

INSTANTIATE_TEST_SUITE_P(Sdks, RetrySchedule,
                         testing::Values(Schedule{"older", 10, 16.8}, Schedule{"java", 10, 16.8},
                                         Schedule{"dotnet-2026", 10, 26.4},
                                         Schedule{"older", 50, 66.4}, Schedule{"java", 50, 74.4},
                                         Schedule{"dotnet-2026", 50, 118.7},
                                         Schedule{"older", 200, 222}, Schedule{"java", 200, 285},
                                         Schedule{"dotnet-2026", 200, 388}));

Estimate share_read_in_write_region(const models::WorldConfig& world) {
  const Questions question = [](const Replication& run) {
    std::vector<Sample> samples(1);
    for (const auto& seen : run.operations) {
      if (seen.kind != models::OperationKind::read) continue;
      samples[0].add(seen.served_by == models::RegionId{0} ? 1 : 0);
    }
    return samples;
  };
  return replicate(world, Keep::operations, question).front();
}

// Asked again once, when 500 ms have passed; what is still late then is read in the write region.
TEST(RegionSwitchHint, WaitsOnceAndThenReadsInTheWriteRegion) {
  constexpr double lag = 200;
  const auto world = waits_out_the_lag(lag, {"/store/session_retry/prefer=remote"});

  expect_near("mean wait, ms, remote preferred, lag 200", mean_wait(world), 500);
  expect_near("reads in the write region", share_read_in_write_region(world), std::exp(-500 / lag));
}

// What has not come by the attempt at 5 ms is read in the write region at 20 ms, before the next.
TEST(HedgedRead, WaitsForTheLagOrForTheThreshold) {
  const auto world = waits_out_the_lag(mean_lag, {R"(/store/hedge={"after":"20ms"})"});
  const double hedged = std::exp(-5 / mean_lag);

  expect_near("hedged reads", share_read_in_write_region(world), hedged);
  expect_near("mean wait, ms, hedged after 20", mean_wait(world), 5 * (1 - hedged) + 20 * hedged);
}

}  // namespace
}  // namespace seatrial::validation
