// Many small worlds, drawn at random, each held against every law of this folder; run again, and
// once more with the events of one instant in another order. What fails is made as small as it
// gets and written beside the program.
//
//   SEATRIAL_SEED=123 test_swarm --gtest_filter='Swarm.*'           one seed alone
//   SEATRIAL_FIRST_SEED=9001 test_swarm --gtest_filter='Swarm.*'    as many, from there on
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>

#include "scenarios/problems.hpp"
#include "tests/swarm/check.hpp"
#include "tests/swarm/random_world.hpp"
#include "tests/swarm/shrink.hpp"

namespace seatrial::swarm {
namespace {

std::vector<std::uint64_t> seeds(std::uint64_t usual, std::uint64_t deep) {
  if (const char* only = std::getenv("SEATRIAL_SEED")) return {std::strtoull(only, nullptr, 10)};
  std::vector<std::uint64_t> all;
  const std::uint64_t count = std::getenv("SEATRIAL_DEEP") != nullptr ? deep : usual;
  const char* const from = std::getenv("SEATRIAL_FIRST_SEED");
  const std::uint64_t first = from == nullptr ? 1 : std::strtoull(from, nullptr, 10);
  for (std::uint64_t seed = first; seed != first + count; ++seed) all.push_back(seed);
  return all;
}

models::RunOptions shuffled(std::uint64_t seed) {
  models::RunOptions options;
  options.shuffle_ties = true;
  options.tie_seed = seed;
  return options;
}

struct Counts {
  std::uint64_t worlds = 0;
  std::uint64_t operations = 0;
  std::uint64_t reads = 0;
  std::uint64_t promised = 0;
  std::uint64_t lost = 0;
  std::uint64_t agreed = 0;
};

// The first law that a world breaks; empty: none.
std::string broken_law(const std::string& text, std::uint64_t seed, Counts& counts) {
  const models::WorldConfig world = world_of(text);
  const CheckedRun run = run_against_all(world);
  ++counts.worlds;
  counts.operations += run.totals.operations;
  counts.reads += run.reads;
  counts.promised += run.promised_takeovers;
  counts.lost += run.lost_versions;
  counts.agreed += run.agreed;
  if (!run.problems.empty()) return run.problems.front().law + ": " + run.problems.front().text;
  if (run_against_all(world).digest != run.digest) return "a run is the same twice: ";
  const CheckedRun other = run_against_all(world, shuffled(seed));
  if (other.problems.empty()) return "";
  return other.problems.front().law + " (ties shuffled): " + other.problems.front().text;
}

std::string law_alone(const std::string& broken) { return broken.substr(0, broken.find(": ")); }

void report(std::uint64_t seed, const std::string& text, const std::string& broken) {
  const std::string law = law_alone(broken);
  const std::string small = shrunk(text, [&](const std::string& candidate) {
    try {
      Counts ignored;
      return law_alone(broken_law(candidate, seed, ignored)) == law;
    } catch (const scenarios::ScenarioError&) {
      return false;
    }
  });
  const std::string path = "swarm-" + std::to_string(seed) + ".json";
  std::ofstream{path} << small << '\n';
  ADD_FAILURE() << "seed " << seed << " breaks: " << broken << "\nthe smallest world that does ("
                << path << "):\n"
                << small;
}

TEST(Swarm, KeepsEveryLaw) {
  Counts counts;
  for (const std::uint64_t seed : seeds(200, 2'000)) {
    const std::string text = random_world(seed);
    const std::string broken = broken_law(text, seed, counts);
    if (broken.empty()) continue;
    report(seed, text, broken);
    return;  // the next ones would say the same again
  }
  std::printf(
      "  %lu worlds, %lu operations, %lu reads judged, %lu takeovers at which nothing may be "
      "lost, %lu versions lost at others, %lu documents that replicas had to agree about\n",
      counts.worlds, counts.operations, counts.reads, counts.promised, counts.lost, counts.agreed);
}

}  // namespace
}  // namespace seatrial::swarm
