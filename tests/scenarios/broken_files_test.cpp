// Every file of tests/scenarios/broken and tests/scenarios/doubtful brings exactly the messages
// that it expects.
#include "tests/scenarios/broken_files.hpp"

#include <gmock/gmock.h>

#include "scenarios/load.hpp"

namespace seatrial::scenarios {
namespace {

std::string without_name(const BrokenFile& file, const std::string& line) {
  const bool in_file = line.starts_with(file.name + ':');
  return in_file ? line.substr(file.name.size() + 1) : line;
}

std::vector<std::string> messages_of(const BrokenFile& file) {
  std::vector<std::string> messages;
  try {
    parse_scenario(file.text, file.name, file.overrides);
  } catch (const ScenarioError& error) {
    for (const Problem& problem : error.problems) {
      messages.push_back(without_name(file, to_line(problem)));
    }
  }
  return messages;
}

std::vector<std::string> warnings_of(const BrokenFile& file) {
  std::vector<std::string> messages;
  for (const std::string& line : parse_scenario(file.text, file.name, file.overrides).warnings) {
    messages.push_back(without_name(file, line));
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

TEST(DoubtfulScenario, LoadsWithExactlyTheWarningsThatItExpects) {
  ASSERT_GE(doubtful_files().size(), 2u);
  for (const BrokenFile& file : doubtful_files()) {
    EXPECT_THAT(messages_of(file), testing::IsEmpty()) << file.name;
    if (!messages_of(file).empty()) continue;
    EXPECT_THAT(warnings_of(file), testing::ElementsAreArray(file.expected)) << file.name;
  }
}

TEST(BrokenScenario, SaysInItsFirstLineWhatIsWrongWithIt) {
  for (const auto* files : {&broken_files(), &doubtful_files()}) {
    for (const BrokenFile& file : *files) {
      const std::string first = file.text.substr(0, file.text.find('\n'));
      EXPECT_TRUE(first.starts_with("// ") && first.ends_with('.')) << file.name << ": " << first;
    }
  }
}

}  // namespace
}  // namespace seatrial::scenarios
