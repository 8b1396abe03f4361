// Every read of every policy of every scenario of the library is in the allowed set, and the other
// laws of this folder hold there, too.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "scenarios/load.hpp"
#include "tests/swarm/check.hpp"

namespace seatrial::swarm {
namespace {

std::vector<std::string> library() {
  std::vector<std::string> files;
  for (const auto& entry :
       std::filesystem::directory_iterator{SEATRIAL_SOURCE_DIR "/scenarios/library"}) {
    if (entry.path().extension() == ".json") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// Of a whole scenario, or of a tenth of its load.
models::WorldConfig lighter(models::WorldConfig world) {
  if (std::getenv("SEATRIAL_DEEP") == nullptr) world.workload.sessions_per_second /= 10;
  return world;
}

TEST(Library, ReadsWhatTheSpecificationAllows) {
  for (const std::string& file : library()) {
    for (const scenarios::Policy& policy : scenarios::load_scenario(file).policies) {
      const models::WorldConfig world = lighter(policy.world);
      const CheckedRun run = run_against_all(world);

      std::printf("  %-26s %-24s %7lu reads, %5lu versions lost\n",
                  std::filesystem::path{file}.stem().c_str(), policy.name.c_str(), run.reads,
                  run.lost_versions);
      EXPECT_GT(run.reads, 20u) << file << ", " << policy.name;
      for (const Check::Problem& problem : run.problems) {
        ADD_FAILURE() << file << ", " << policy.name << ": " << problem.law << ": " << problem.text;
      }
    }
  }
}

}  // namespace
}  // namespace seatrial::swarm
