// Worlds in which a law was once broken, as small as they got: it holds there now.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/swarm/check.hpp"
#include "tests/swarm/random_world.hpp"

namespace seatrial::swarm {
namespace {

std::vector<std::filesystem::path> found_worlds() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry :
       std::filesystem::directory_iterator{SEATRIAL_SOURCE_DIR "/tests/swarm/found"}) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

TEST(FoundWorld, KeepsEveryLawNow) {
  const std::vector<std::filesystem::path> files = found_worlds();
  ASSERT_FALSE(files.empty());
  for (const std::filesystem::path& file : files) {
    std::ostringstream text;
    text << std::ifstream{file}.rdbuf();

    const CheckedRun run = run_against_all(world_of(text.str()));

    EXPECT_GT(run.totals.operations, 0u) << file;
    for (const Check::Problem& problem : run.problems) {
      ADD_FAILURE() << file << ": " << problem.law << ": " << problem.text;
    }
  }
}

}  // namespace
}  // namespace seatrial::swarm
