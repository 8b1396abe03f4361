// The schema and the loader say the same of every file, as far as a schema can see.
#include <gmock/gmock.h>

#include <cstdlib>
#include <regex>

#include "scenarios/load.hpp"
#include "tests/conformance/mutated.hpp"
#include "tests/schema/schema_accepts.hpp"

namespace seatrial::scenarios {
namespace {

std::vector<Problem> problems_of(const std::string& text) {
  try {
    parse_scenario(text, "mutated.json");
    return {};
  } catch (const ScenarioError& error) {
    return error.problems;
  }
}

// What a schema cannot see, because it is about more than one place of the file, or about the size
// of a number inside of a text. All other complaints are about the form of one place.
bool is_seen_by_the_loader_alone(const std::string& message) {
  static const std::vector<std::string> alone{
      // Names.
      "unknown (region|data class|phase|policy|matrix)", "unknown data class",
      "expected a link like", "a link joins two", "expected \"per_region\" or the name",
      "another entry says", "two phases are named",
      // Sums and contradictions.
      "with several regions Cosmos takes no bound", "the write region .* is not among",
      "a quorum without a leader", "a read (cannot be sent|that is sent) to",
      "a write is given up before", "replicas of a quorum have no log", "the shares (of .*)?sum to",
      "a write quorum of", "tokens are carried in the broker, but",
      "tokens ride on messages to a second device, but", "a strong read asks a quorum",
      "there is no partition", "only a class with \"owner\"", "missing: say how many documents",
      "the ramp is longer", "missing: a session can have several steps",
      "missing: name a /regions/matrix", "missing: without a matrix", "the fault may start only",
      "[0-9]+ pods die", "nothing to measure: no (step|fault)", "no lag is stated",
      "strong consistency has a rule", "[0-9]+ acknowledgements are", "the log goes from",
      "a data class cannot have a mode", "not modelled: ", "a backup is kept in",
      "must be at most synchronous_above", "a PATCH of .* is larger", "they rise, but",
      "a document stays", "no two actions of this step", "the phases stand for",
      "the replicas of a quorum's document", "an adaptive mode decides",
      "the two hold data classes", "the regions of a partition share one event bus",
      "no write region", "no other phase is left to be measured", "no region is left",
      ".* stands here twice", "a higher percentile must not",
      // A patch that leaves the kind of a strategy to the base, which has none.
      "missing: say which kind of",
      // Sizes inside of texts.
      "must be at (least|most) .*, got (\"|an object)", "must be above 0",
      "one value in a thousand is above", "a session (has|lasts) ", "all runs together",
      "[0-9]+ replications of", "[0-9]+ regions with", "a text of [0-9]+ bytes",
      "\"from\" is above", "\"p99\" is below"};
  return std::any_of(alone.begin(), alone.end(), [&](const std::string& form) {
    return std::regex_search(message, std::regex{"^" + form});
  });
}

std::uint64_t rounds() { return std::getenv("SEATRIAL_DEEP") != nullptr ? 100'000 : 4'000; }

TEST(SchemaAndLoader, BothAcceptEverySoundScenario) {
  for (const std::string& sound : sound_scenarios()) {
    EXPECT_EQ(schema_complaints(sound), "") << sound.substr(0, 300);
    EXPECT_THAT(problems_of(sound), testing::IsEmpty());
  }
}

TEST(SchemaAndLoader, AgreeOnEveryMistakeOfForm) {
  const std::vector<std::string> sound = sound_scenarios();
  int refused_by_both = 0, refused_by_the_loader = 0, accepted = 0;

  for (std::uint64_t seed = 0; seed != rounds(); ++seed) {
    const std::string text = mutated(sound[seed % sound.size()], seed);
    const bool schema_is_content = schema_accepts(text);
    const std::vector<Problem> problems = problems_of(text);
    if (problems.empty()) {
      ++accepted;
      EXPECT_TRUE(schema_is_content) << "only the schema refuses seed " << seed << ":\n"
                                     << schema_complaints(text) << text;
    } else if (!schema_is_content) {
      ++refused_by_both;
    } else {
      ++refused_by_the_loader;
      for (const Problem& problem : problems) {
        EXPECT_TRUE(is_seen_by_the_loader_alone(problem.message))
            << "the schema accepts seed " << seed << ":\n"
            << to_line(problem);
      }
    }
  }

  EXPECT_GT(refused_by_both, 0);
  EXPECT_GT(refused_by_the_loader, 0);
  EXPECT_GT(accepted, 0);
  RecordProperty("refused_by_both", refused_by_both);
  RecordProperty("refused_by_the_loader", refused_by_the_loader);
  RecordProperty("accepted", accepted);
}

}  // namespace
}  // namespace seatrial::scenarios
