// One line a (scenario, seed) in fingerprints.csv: the digest of the run and a hash of the whole
// results.json. It must hold under every compiler, build type and instruction set, so each of
// those builds runs this test. A changed line is a changed simulation: say why in its commit.
//
// To write the file anew: SEATRIAL_WRITE_FINGERPRINTS=1 build/release/tests/test_determinism
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "analysis/experiment/simulate.hpp"
#include "analysis/report/report.hpp"
#include "scenarios/load.hpp"
#include "sim/digest.hpp"

namespace seatrial {
namespace {

const std::string folder = SEATRIAL_SOURCE_DIR "/tests/determinism/";

// Small enough for an unoptimised build under sanitizers, with every phase, fault and policy.
struct Pinned {
  std::string scenario;
  std::uint64_t seed;
  std::vector<std::string> overrides;
};

std::vector<Pinned> pinned() {
  std::vector<std::string> short_phases{"/workload/sessions=12/s", "/run/warmup=5s"};
  for (int phase = 0; phase != 4; ++phase)
    short_phases.push_back("/phases/" + std::to_string(phase) + "/for=20s");
  std::vector<std::string> shorter{"/workload/sessions=3/s", "/run/warmup=5s"};
  for (int phase = 0; phase != 4; ++phase)
    shorter.push_back("/phases/" + std::to_string(phase) + "/for=20s");
  return {
      {"first-steps", 1, {"/phases/0/for=20s"}},
      {"first-steps", 2, {"/phases/0/for=20s"}},
      {"quorum-freshness", 3, {"/phases/0/for=5s", "/run/warmup=1s"}},
      {"shopping-cart", 7, short_phases},
      {"shopping-cart", 8, short_phases},
      {"strong-is-safe", 11, shorter},
      {"patch-or-replace", 11, {"/phases/0/for=20s", "/run/warmup=5s"}},
      {"region-failover",
       11,
       {"/workload/sessions=6/s", "/run/warmup=5s", "/phases/0/for=20s", "/phases/1/for=40s",
        "/phases/2/for=20s", "/phases/3/for=20s"}},
      {"replication-modes",
       5,
       {"/workload/sessions=5/s", "/run/warmup=5s", "/phases/0/for=20s", "/phases/1/for=20s",
        "/phases/2/for=20s"}},
      {"tiered-sessions",
       5,
       {"/workload/sessions=5/s", "/run/warmup=5s", "/phases/0/for=20s", "/phases/1/for=10s"}},
      {"outage-521677", 1, {"/phases/0/for=20s"}},
      {"causal-reads-at-high-lag", 1, {"/phases/0/for=20s"}},
      {"multi-write-conflicts", 3, {"/phases/0/for=20s", "/phases/1/for=20s", "/run/warmup=5s"}}};
}

std::string results_of(const Pinned& pin, unsigned jobs,
                       std::optional<std::uint64_t> shuffle_ties = {}) {
  const std::string path = "scenarios/library/" + pin.scenario + ".json";
  std::ifstream file{SEATRIAL_SOURCE_DIR "/" + path};
  std::stringstream text;
  text << file.rdbuf();
  const auto scenario = scenarios::parse_scenario(text.str(), path, pin.overrides);
  analysis::ExperimentOptions options;
  options.jobs = jobs;
  options.seed = pin.seed;
  options.replications = 2;
  options.shuffle_ties = shuffle_ties;
  const auto experiment = analysis::run_experiment(scenario, options, analysis::simulate);
  return analysis::results_json(scenario, experiment, analysis::compare(scenario, experiment),
                                {pin.overrides});
}

sim::Hash128 hash_of(const std::string& text) {
  sim::Digest digest;
  for (const char letter : text) digest.add(static_cast<unsigned char>(letter));
  return digest.value();
}

std::string digest_in(const std::string& results) {
  const std::string key = "\n \"digest\": \"";
  return results.substr(results.find(key) + key.size(), 32);
}

std::string line_of(const Pinned& pin, const std::string& results) {
  return pin.scenario + "," + std::to_string(pin.seed) + "," + digest_in(results) + "," +
         hash_of(results).hex();
}

TEST(Fingerprints, HoldUnderEveryCompilerAndBuild) {
  std::string actual = "scenario,seed,digest,results\n";
  for (const Pinned& pin : pinned()) actual += line_of(pin, results_of(pin, 2)) + "\n";

  if (std::getenv("SEATRIAL_WRITE_FINGERPRINTS") != nullptr)
    std::ofstream{folder + "fingerprints.csv"} << actual;
  std::ifstream file{folder + "fingerprints.csv"};
  std::stringstream expected;
  expected << file.rdbuf();

  EXPECT_EQ(actual, expected.str());
}

TEST(Fingerprints, AreTheSameForAnyNumberOfJobs) {
  const Pinned pin = pinned()[2];

  EXPECT_EQ(results_of(pin, 1), results_of(pin, 2));
}

TEST(Fingerprints, DifferForAnotherSeed) {
  EXPECT_NE(digest_in(results_of(pinned()[0], 1)), digest_in(results_of(pinned()[1], 1)));
}

TEST(Fingerprints, AreTheSameForTheSameShuffleOfTies) {
  const Pinned pin = pinned()[2];

  EXPECT_EQ(results_of(pin, 1, 5), results_of(pin, 2, 5));
}

}  // namespace
}  // namespace seatrial
