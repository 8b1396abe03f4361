// Without libFuzzer, with any compiler: every target on all seeds and on what once broke it, then
// on a short series of random changes of them.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/fuzz/mutations.hpp"
#include "tests/fuzz/targets.hpp"

namespace seatrial::fuzz {
namespace {

using Target = void (*)(std::string_view);

// The files of a folder, by name; none where there is no such folder.
std::vector<std::string> contents_of(const std::string& folder) {
  const std::filesystem::path path = std::filesystem::path{SEATRIAL_SOURCE_DIR} / folder;
  std::vector<std::filesystem::path> files;
  if (std::filesystem::exists(path)) {
    for (const auto& entry : std::filesystem::directory_iterator{path}) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  std::vector<std::string> contents;
  for (const auto& name : files) {
    std::ifstream file{name, std::ios::binary};
    contents.emplace_back(std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{});
  }
  return contents;
}

std::vector<std::string> inputs_of(const std::vector<std::string>& folders) {
  std::vector<std::string> inputs;
  for (const std::string& folder : folders) {
    for (std::string& content : contents_of(folder)) inputs.push_back(std::move(content));
  }
  return inputs;
}

// Some bytes removed, doubled, or replaced.
std::string damaged(std::string text, Random& random) {
  for (std::size_t changes = 1 + random.below(3); changes > 0 && !text.empty(); --changes) {
    const std::size_t at = random.below(text.size());
    const std::size_t length = 1 + random.below(4);
    switch (random.below(3)) {
      case 0:
        text.erase(at, length);
        break;
      case 1:
        text.insert(at, text.substr(random.below(text.size()), length));
        break;
      default:
        text[at] = static_cast<char>(random.below(256));
    }
  }
  return text;
}

// Every input as it is, then so many changed ones. The seed stands in the message of a failure.
void play(Target target, const std::vector<std::string>& inputs, std::uint64_t changes) {
  ASSERT_FALSE(inputs.empty());
  for (const std::string& input : inputs) {
    EXPECT_NO_THROW(target(input)) << input.substr(0, 2000);
  }
  if (std::getenv("SEATRIAL_DEEP") != nullptr) changes *= 100;
  for (std::uint64_t seed = 0; seed != changes; ++seed) {
    Random random{seed};
    const std::string& input = random.one_of(inputs);
    std::string changed = seed % 4 == 0 ? "" : mutated(input, random.next());
    if (changed.empty()) changed = damaged(input, random);
    EXPECT_NO_THROW(target(changed)) << "seed " << seed << ": " << changed.substr(0, 2000);
  }
}

TEST(FuzzTarget, OfScenariosHoldsItsLaws) {
  play(fuzz_scenario,
       inputs_of({"scenarios/library", "tests/scenarios/broken", "tests/schema",
                  "tests/fuzz/regressions/scenario"}),
       3'000);
}

TEST(FuzzTarget, OfOverridesHoldsItsLaws) {
  play(fuzz_override, inputs_of({"tests/fuzz/seeds/override", "tests/fuzz/regressions/override"}),
       1'000);
}

TEST(FuzzTarget, OfQuantitiesHoldsItsLaws) {
  play(fuzz_quantity, inputs_of({"tests/fuzz/seeds/quantity", "tests/fuzz/regressions/quantity"}),
       10'000);
}

TEST(FuzzTarget, OfTokensHoldsItsLaws) {
  play(fuzz_token, inputs_of({"tests/fuzz/seeds/token", "tests/fuzz/regressions/token"}), 10'000);
}

TEST(FuzzTarget, OfResultsHoldsItsLaws) {
  play(fuzz_results, inputs_of({"tests/fuzz/seeds/results", "tests/fuzz/regressions/results"}),
       1'000);
}

}  // namespace
}  // namespace seatrial::fuzz
