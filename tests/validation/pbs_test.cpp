// Every row of table 4 of Bailis et al., VLDB 2012, from a scenario file: against a Monte Carlo in
// this test, and against one of 20 million trials (data/pbs-oracle.csv; its printed values are
// biased, see docs/validation.md).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "analysis/statistics/fresh.hpp"
#include "models/store/quorum/quorum_config.hpp"
#include "scenarios/load.hpp"
#include "tests/validation/estimate.hpp"
#include "tests/validation/wars.hpp"

namespace seatrial::validation {
namespace {

const std::string data = SEATRIAL_SOURCE_DIR "/tests/validation/data/";

struct Row {
  std::string model;
  int r = 0, w = 0;
  double read_p999 = 0, write_p999 = 0, t_visibility = 0, at_commit = 0;
};

std::vector<Row> rows() {
  std::ifstream file{data + "pbs-oracle.csv"};
  std::vector<Row> all;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("LNKD")) continue;
    std::vector<std::string> cells;
    std::istringstream stream{line};
    for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
    all.push_back({cells[0], std::stoi(cells[1]), std::stoi(cells[2]), std::stod(cells[4]),
                   std::stod(cells[6]), std::stod(cells[8]), std::stod(cells[12])});
  }
  return all;
}

models::WorldConfig world_of(const std::string& policy,
                             const std::vector<std::string>& overrides = {}) {
  const scenarios::Scenario scenario = scenarios::load_scenario(data + "pbs.json", overrides);
  const auto found = std::find_if(scenario.policies.begin(), scenario.policies.end(),
                                  [&](const auto& each) { return each.name == policy; });
  EXPECT_NE(found, scenario.policies.end()) << policy;
  return found->world;
}

// SEATRIAL_DEEP=1: a million trials, five where the third of three writes to a disk is waited for.
std::uint64_t trials_of(const std::string& model, int w) {
  if (deep_factor() == 1) return 60'000;
  return model == "LNKD-DISK" && w == 3 ? 5'000'000 : 1'000'000;
}

double error_of_share(double p, double n) { return std::sqrt(p * (1 - p) / n); }

void expect_share(const char* what, double p, double n, double theory, double theory_n) {
  const double error =
      std::hypot(error_of_share(theory, n), error_of_share(theory, theory_n)) + 1e-9;
  std::printf("  %-22s %.5f  theory %.5f  +- %.5f\n", what, p, theory, 4 * error);
  EXPECT_NEAR(p, theory, 4 * error) << what;
}

void expect_latency(const char* what, const QuantileEstimate& seen, const QuantileEstimate& mc,
                    double oracle) {
  const double error = std::hypot(seen.standard_error, mc.standard_error);
  std::printf("  %-22s %.3f  here %.3f, oracle %.2f  +- %.3f (4 s.e.)\n", what, seen.value,
              mc.value, oracle, 4 * error);
  EXPECT_NEAR(seen.value, mc.value, std::max(0.02 * mc.value, 4 * error)) << what;
  if (oracle <= 0) return;
  EXPECT_NEAR(seen.value, oracle, std::max(0.02 * oracle, 4 * seen.standard_error)) << what;
}

// All that the model says, of the engine and of the Monte Carlo. The oracle's 0: not known.
void expect_as_the_model(const models::WorldConfig& world, const WarsLegs& legs, int n,
                         const Row& row, std::uint64_t trials) {
  constexpr double oracle_trials = 20e6;
  const EngineRun run = engine(world, trials);
  const WarsSample& seen = run.sample;
  const WarsSample mc = monte_carlo(legs, n, row.r, row.w, trials, 12345);
  const auto count = static_cast<double>(seen.fresh_after.size());
  ASSERT_GT(count, 0.95 * static_cast<double>(trials));

  expect_latency("read p99.9, ms", quantile(seen.read_latency, .999),
                 quantile(mc.read_latency, .999), row.read_p999);
  expect_latency("write p99.9, ms", quantile(seen.write_latency, .999),
                 quantile(mc.write_latency, .999), row.write_p999);
  const auto mc_count = static_cast<double>(trials);
  for (const double t : {0.0, 1.0, 10.0})
    expect_share(t == 0   ? "fresh at the commit"
                 : t == 1 ? "fresh after 1 ms"
                          : "after 10 ms",
                 seen.fresh_at(t), count, mc.fresh_at(t), mc_count);
  if (row.at_commit > 0)
    expect_share("fresh, 20 M trials", seen.fresh_at(0), count, row.at_commit, oracle_trials);
  const double own =
      static_cast<double>(seen.fresh_own_reads) / static_cast<double>(seen.own_reads);
  expect_share("real reads at commit", own, static_cast<double>(seen.own_reads), mc.fresh_at(0),
               mc_count);

  const QuantileEstimate t = quantile(seen.fresh_after, .999);
  const double oracle =
      row.t_visibility >= 0 ? row.t_visibility : quantile(mc.fresh_after, .999).value;
  std::printf("  %-22s %.2f [%.2f, %.2f]  oracle %.2f\n", "t-visibility, ms", t.value, t.low,
              t.high, oracle);
  EXPECT_GE(oracle, t.low - 0.005);
  EXPECT_LE(oracle, t.high + 0.005);

  const auto reported = analysis::freshness_of(world.probes.freshness, run.runs);
  ASSERT_EQ(reported.size(), 1U);
  EXPECT_NEAR(reported[0].t_visibility.estimate / 1e6, t.value, 0.025 * t.value) << "buckets";
  EXPECT_NEAR(reported[0].curve[0].share.estimate, seen.fresh_at(0), 1e-12);
}

class Table4 : public testing::TestWithParam<Row> {};

TEST_P(Table4, IsWhatTheEngineShows) {
  const Row row = GetParam();
  const std::string name = row.model + ' ' + std::to_string(row.r) + ' ' + std::to_string(row.w);
  std::printf("%s (fit, R, W), %lu trials\n", name.c_str(), trials_of(row.model, row.w));

  expect_as_the_model(world_of(name), row.model == "LNKD-SSD" ? lnkd_ssd() : lnkd_disk(), 3, row,
                      trials_of(row.model, row.w));
}

std::string name_of(const testing::TestParamInfo<Row>& test) {
  const Row& row = test.param;
  return row.model.substr(5) + 'R' + std::to_string(row.r) + 'W' + std::to_string(row.w);
}

INSTANTIATE_TEST_SUITE_P(Pbs, Table4, testing::ValuesIn(rows()), name_of);

TEST(Pbs, HasAllRows) { EXPECT_EQ(rows().size(), 12U); }

models::WorldConfig disk_world(int n, int r, int w) {
  models::WorldConfig world = world_of("LNKD-DISK 1 1");
  models::QuorumConfig quorum = *models::quorum_of(world.store);
  quorum.replicas = n;
  quorum.read_quorum = r;
  quorum.write_quorum = w;
  quorum.read_fanout = 0;  // all
  world.store.replication = models::make_quorum(quorum);
  return world;
}

// Section 5.6 of the paper, by the Monte Carlo of 20 million trials.
TEST(Pbs, HoldsForOtherNumbersOfReplicas) {
  for (const auto& [n, at_commit, t] : {std::tuple{2, .5759, 50.5}, {10, .2104, 53.5}}) {
    std::printf("LNKD-DISK 1 1, N = %d\n", n);
    expect_as_the_model(disk_world(n, 1, 1), lnkd_disk(), n, Row{"", 1, 1, 0, 0, t, at_commit},
                        trials_of("", 1));
  }
}

// What nobody has published: any N, R, W.
TEST(Pbs, HoldsForAnyQuorum) {
  for (const auto& [n, r, w] : {std::array{5, 2, 2}, {5, 3, 1}, {7, 1, 4}, {1, 1, 1}}) {
    std::printf("LNKD-DISK, N = %d, R = %d, W = %d\n", n, r, w);
    expect_as_the_model(disk_world(n, r, w), lnkd_disk(), n, Row{"", r, w, 0, 0, -1, 0},
                        trials_of("", 1));
  }
}

// Section 5.3: W exponential, the others exponential with mean 1 ms.
TEST(Pbs, HoldsForExponentials) {
  const std::string one = R"(={"exponential":{"mean":"1ms"}})";
  for (const auto& [rate, at_commit, t] : {std::tuple{4.0, .943, 1.01}, {0.1, .4195, 63.6}}) {
    std::printf("W ~ Exp(%g), the others ~ Exp(1)\n", rate);
    const std::string legs = "/store/replication/legs/";
    const models::WorldConfig world = world_of(
        "LNKD-DISK 1 1",
        {legs + R"(write={"exponential":{"mean":")" + std::to_string(1 / rate) + R"(ms"}})",
         legs + "write_ack" + one, legs + "read" + one, legs + "read_reply" + one});
    expect_as_the_model(world, {exponential(rate), exponential(1)}, 3,
                        Row{"", 1, 1, 0, 0, t, at_commit}, trials_of("", 1));
  }
}

}  // namespace
}  // namespace seatrial::validation
