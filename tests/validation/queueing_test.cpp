// A pod's cores and the broker's thread are queues: M/M/c, M/D/1 and a network of them.
//
// One session is one read, so arrivals are Poisson; nothing but the queue takes time, so the
// latency is the sojourn. An arrival finds the time average (PASTA), so how many requests are
// under way when one arrives, from the operations' own instants, measures L and Erlang's C.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "tests/validation/queues.hpp"
#include "tests/validation/still_world.hpp"

namespace seatrial::validation {
namespace {

using models::Instant;

constexpr std::array<double, 3> quantiles{0.5, 0.9, 0.99};

double sojourn_of(const models::OperationObserved& seen) {
  return (seen.completed - seen.invoked).s();
}

// For each measured operation: how many others were under way when it was invoked.
std::vector<std::size_t> found_under_way(const Replication& run) {
  std::vector<Instant> begun;
  std::vector<Instant> done;
  for (const auto& seen : run.operations) {
    begun.push_back(seen.invoked);
    done.push_back(seen.completed);
  }
  std::sort(begun.begin(), begun.end());
  std::sort(done.begin(), done.end());
  std::vector<std::size_t> found;
  for (const auto& seen : run.operations) {
    if (!seen.measured) continue;
    const auto before = std::lower_bound(begun.begin(), begun.end(), seen.invoked) - begun.begin();
    const auto gone = std::upper_bound(done.begin(), done.end(), seen.invoked) - done.begin();
    const int itself = seen.completed == seen.invoked ? 1 : 0;  // a service below 0.5 ns
    found.push_back(static_cast<std::size_t>(before - gone + itself));
  }
  return found;
}

void expect_erlang_queue(const models::WorldConfig& world, const ErlangQueue& theory) {
  std::array<double, quantiles.size()> limits;
  for (std::size_t q = 0; q < quantiles.size(); ++q) {
    limits[q] = theory.sojourn_quantile(quantiles[q]);
  }
  const auto questions = [&](const Replication& run) {
    std::vector<Sample> samples(3 + quantiles.size());
    for (const std::size_t others : found_under_way(run)) {
      samples[0].add(static_cast<double>(others));
      samples[1].add(others >= static_cast<std::size_t>(theory.servers) ? 1 : 0);
    }
    for (const auto& seen : run.operations) {
      if (!seen.measured) continue;
      samples[2].add(sojourn_of(seen));
      for (std::size_t q = 0; q < quantiles.size(); ++q) {
        samples[3 + q].add(sojourn_of(seen) > limits[q] ? 1 : 0);
      }
    }
    return samples;
  };
  const std::vector<Estimate> found = replicate(world, Keep::operations, questions);
  expect_near("L found by arrivals = lambda W (Little)", found[0], theory.mean_number());
  expect_near("probability to wait", found[1], theory.wait_probability());
  expect_near("mean sojourn, s", found[2], theory.mean_sojourn());
  for (std::size_t q = 0; q < quantiles.size(); ++q) {
    char what[64];
    std::snprintf(what, sizeof what, "share above theory's p%g (%.4g s)", quantiles[q] * 100,
                  limits[q]);
    expect_near(what, found[3 + q], 1 - quantiles[q], 0.4);
  }
}

const std::string one_read = R"(/workload/steps/step={"share":"100%","do":[{"read":"cart"}]})";

models::WorldConfig cpu_world(int cores, const std::string& service, const std::string& rate,
                              const std::string& length) {
  return still_world({one_read, "/pods/cpu=" + std::to_string(cores),
                      "/pods/cpu_per_operation=" + service, "/workload/sessions=" + rate,
                      "/phases/0/for=" + length, "/run/warmup=5s"});
}

const std::string exponential_10ms = R"({"exponential":{"mean":"10ms"}})";

TEST(PodCpu, IsAnErlangQueueOfOneServer) {
  expect_erlang_queue(cpu_world(1, exponential_10ms, "70/s", "240s"), {70, 100, 1});
}

TEST(PodCpu, IsAnErlangQueueOfTwoServers) {
  expect_erlang_queue(cpu_world(2, exponential_10ms, "140/s", "120s"), {140, 100, 2});
}

TEST(PodCpu, IsAnErlangQueueOfThreeServers) {
  expect_erlang_queue(cpu_world(3, exponential_10ms, "210/s", "80s"), {210, 100, 3});
}

TEST(PodCpu, WithConstantWorkKeepsPollaczekAndKhinchine) {
  const auto world = cpu_world(1, "10ms", "70/s", "60s");
  const auto questions = [](const Replication& run) {
    std::vector<Sample> samples(2);
    for (const auto& seen : run.operations) {
      if (!seen.measured) continue;
      samples[0].add(sojourn_of(seen));
      samples[1].add(sojourn_of(seen) > 0.010 ? 1 : 0);
    }
    return samples;
  };

  const std::vector<Estimate> found = replicate(world, Keep::operations, questions);

  expect_near("M/D/1 mean sojourn, s", found[0], 0.010 + deterministic_mean_wait(70, 0.010));
  expect_near("M/D/1 probability to wait", found[1], 0.7);
}

TEST(BrokerThread, IsAnErlangQueueOfOneServer) {
  const auto world = still_world({one_read, R"(/session_token/carry=["broker"])",
                                  R"(/broker/get_service={"exponential":{"mean":"2ms"}})",
                                  "/workload/sessions=300/s", "/phases/0/for=60s"});

  expect_erlang_queue(world, {300, 500, 1});
}

// Two pods of two cores, then the broker's thread (GET); updates replace, so they come back to the
// thread with a SET; a session goes on with another operation with probability 2/3.
//
//   sessions ──> half each: pod A, pod B ──> GET ──┬─ 60 % reads ──────┬──> gone (1/3)
//                  ^                               └─ 40 % ──> SET ────┤
//                  └──────────────── 2/3 ──────────────────────────────┘
//
// All services of the thread are Exp(mu), so the product form holds (Jackson 1957; Baskett et al.
// 1975 for the two classes at one queue).
class PodsAndBroker : public testing::Test {
 protected:
  static constexpr double sessions = 20;
  static constexpr double updates = 0.4;
  static constexpr double goes_on = 2.0 / 3;

  enum Station { pod_a, pod_b, get, set, stations };

  // Flows by repeated substitution into l_i = g_i + sum_j l_j p_ji.
  static std::array<double, stations> flows() {
    std::array<double, stations> flow{};
    for (int i = 0; i < 200; ++i) {
      const double ended = flow[get] * (1 - updates) + flow[set];
      const double into_pods = sessions + goes_on * ended;
      flow = {into_pods / 2, into_pods / 2, flow[pod_a] + flow[pod_b], flow[get] * updates};
    }
    return flow;
  }

  static double mean_number() {
    const auto flow = flows();
    return ErlangQueue{flow[pod_a], 20, 2}.mean_number() +
           ErlangQueue{flow[pod_b], 20, 2}.mean_number() +
           ErlangQueue{flow[get] + flow[set], 140, 1}.mean_number();
  }

  const models::WorldConfig world = still_world(
      {"/pods/count=2", "/pods/cpu=2", R"(/pods/cpu_per_operation={"exponential":{"mean":"50ms"}})",
       R"(/broker/get_service={"exponential":{"mean":"7.142857ms"}})",
       R"(/broker/set_service={"exponential":{"mean":"7.142857ms"}})",
       R"(/session_token/carry=["broker"])", "/session_token/reads_publish=false",
       "/data/cart/update=replace",
       R"(/workload/steps={"read":{"share":"60%","do":[{"read":"cart"}]},)"
       R"("update":{"share":"40%","do":[{"update":"cart"}]}})",
       R"(/workload/steps_per_session={"geometric":{"mean":3}})", "/workload/pause=0s",
       "/workload/sessions=20/s", "/phases/0/for=240s", "/run/warmup=10s"});
};

struct Stay {
  Instant begun;
  Instant ended;
  bool measured = false;
};

std::vector<Stay> stays_of(const Replication& run) {
  std::vector<Stay> stays;
  std::vector<models::OperationObserved> list = run.operations;
  std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) {
    return a.session.value() < b.session.value();
  });
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i == 0 || list[i].session != list[i - 1].session) {
      stays.push_back({list[i].session_arrived, {}, list[i].measured});
    }
    stays.back().ended = std::max(stays.back().ended, list[i].completed);
  }
  return stays;
}

TEST_F(PodsAndBroker, AreAJacksonNetwork) {
  const auto questions = [](const Replication& run) {
    std::vector<Sample> samples(3);
    const std::vector<Stay> stays = stays_of(run);
    std::vector<Instant> begun;
    std::vector<Instant> ended;
    for (const Stay& stay : stays) {
      begun.push_back(stay.begun);
      ended.push_back(stay.ended);
    }
    std::sort(begun.begin(), begun.end());
    std::sort(ended.begin(), ended.end());
    for (const Stay& stay : stays) {
      if (!stay.measured) continue;
      samples[0].add((stay.ended - stay.begun).s());
      const auto came = std::lower_bound(begun.begin(), begun.end(), stay.begun) - begun.begin();
      const auto gone = std::upper_bound(ended.begin(), ended.end(), stay.begun) - ended.begin();
      samples[1].add(static_cast<double>(came - gone));
    }
    for (const auto& seen : run.operations) {
      if (seen.measured) samples[2].add(sojourn_of(seen));
    }
    return samples;
  };

  const std::vector<Estimate> found = replicate(world, Keep::operations, questions);

  expect_near("mean time of a session, s", found[0], mean_number() / sessions);
  expect_near("sessions found by a new one", found[1], mean_number());
  expect_near("mean time of an operation, s", found[2], mean_number() / (3 * sessions));
}

}  // namespace
}  // namespace seatrial::validation
