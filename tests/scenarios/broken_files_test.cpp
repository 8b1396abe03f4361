// Every file of tests/scenarios/broken brings exactly the messages that it expects.
#include "tests/scenarios/broken_files.hpp"

#include <gmock/gmock.h>

#include "scenarios/load.hpp"

namespace seatrial::scenarios {
namespace {

std::vector<std::string> messages_of(const BrokenFile& file) {
  std::vector<std::string> messages;
  try {
    parse_scenario(file.text, file.name, file.overrides);
  } catch (const ScenarioError& error) {
    for (const Problem& problem : error.problems) {
      const std::string line = to_line(problem);
      const bool in_file = line.starts_with(file.name + ':');
      messages.push_back(in_file ? line.substr(file.name.size() + 1) : line);
    }
  }
  return messages;
}

TEST(BrokenScenario, IsRefusedWithExactlyTheMessagesThatItExpects) {
  ASSERT_GE(broken_files().size(), 60u);
  for (const BrokenFile& file : broken_files()) {
    EXPECT_FALSE(file.expected.empty()) << file.name << " does not say what it expects";
    EXPECT_THAT(messages_of(file), testing::ElementsAreArray(file.expected)) << file.name;
  }
}

TEST(BrokenScenario, SaysInItsFirstLineWhatIsWrongWithIt) {
  for (const BrokenFile& file : broken_files()) {
    const std::string first = file.text.substr(0, file.text.find('\n'));
    EXPECT_TRUE(first.starts_with("// ") && first.ends_with('.')) << file.name << ": " << first;
  }
}

}  // namespace
}  // namespace seatrial::scenarios
