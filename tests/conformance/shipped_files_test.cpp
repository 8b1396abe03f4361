// The files of the repository that the program writes are what it writes, and the page's example
// can be copied.
#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "scenarios/field_tree.hpp"
#include "scenarios/load.hpp"
#include "scenarios/reference.hpp"
#include "scenarios/schema.hpp"
#include "tests/schema/schema_accepts.hpp"

namespace seatrial::scenarios {
namespace {

std::string file(const std::string& path) {
  std::ifstream stream{std::string{SEATRIAL_SOURCE_DIR} + "/" + path};
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

TEST(ShippedSchema, IsWhatTheProgramPrints) {
  EXPECT_TRUE(file("schema/scenario.schema.json") == scenario_schema()) << "run ./dev docs";
}

TEST(ShippedSchema, IsSmallEnoughForAnEditor) { EXPECT_LT(scenario_schema().size(), 512U * 1024); }

TEST(ScenarioReference, IsWhatTheProgramPrints) {
  EXPECT_TRUE(file("docs/scenario.md") == scenario_reference()) << "run ./dev docs";
}

TEST(ScenarioReference, HasASectionForEveryKeyOfTheFile) {
  const std::string page = scenario_reference();

  for (const FieldNode& node : field_tree().members) {
    const std::string head =
        node.is_value() ? "| `" + node.key + "` |" : "\n### " + node.key + "\n";
    EXPECT_THAT(page, testing::HasSubstr(head));
  }
  EXPECT_THAT(page, testing::Not(testing::HasSubstr("{{")));
}

TEST(ScenarioReference, SaysOnceWhatAllReplicationModesHaveInCommon) {
  const std::string page = scenario_reference();
  const auto times = [&](const std::string& text) {
    std::size_t count = 0;
    for (std::size_t at = page.find(text); at != std::string::npos; at = page.find(text, at + 1))
      ++count;
    return count;
  };

  EXPECT_EQ(times("compress_per_mb` |"), 1u);
  EXPECT_EQ(times("| `replication.KIND.ship` |"), 1u);
  EXPECT_THAT(page, testing::HasSubstr("<br>Of every kind but `quorum`. |"));
  EXPECT_EQ(times("| `replication.bounded_wait.at_most` |"), 1u) << "one kind's own";
  EXPECT_THAT(page,
              testing::HasSubstr("| `NAME.replication.KIND` | | | The parameters of its kinds "
                                 "are those of `/store/replication`. |"));
}

TEST(ScenarioReference, OpensWithAScenarioThatCanBeRun) {
  const std::string page = scenario_reference();
  const std::size_t begin = page.find("```jsonc\n") + 9;
  const std::string example = page.substr(begin, page.find("```", begin) - begin);

  EXPECT_THAT(parse_scenario(example, "example").warnings, testing::IsEmpty());
  EXPECT_EQ(schema_complaints(example), "");
}

}  // namespace
}  // namespace seatrial::scenarios
