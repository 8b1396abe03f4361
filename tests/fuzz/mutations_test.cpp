// Single mistakes in the files of the library, as people make them: at least 95 % of them are
// refused, with a place; each of the others is legal, for a reason that is checked.
#include "tests/fuzz/mutations.hpp"

#include <gmock/gmock.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "scenarios/load.hpp"
#include "tests/fuzz/vocabulary.hpp"

namespace seatrial::fuzz {
namespace {

using scenarios::Node;

Node tree_of(const std::string& name) {
  std::ifstream file{std::string{SEATRIAL_SOURCE_DIR} + "/scenarios/library/" + name};
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  scenarios::Problems problems{"", {}};
  return read_tree(text, problems);
}

std::string parent_of(const std::string& pointer) { return pointer.substr(0, pointer.rfind('/')); }

// Why the changed file is right; empty: there is no reason.
std::string reason(Mistake mistake, const Change& change) {
  const std::string pattern = pattern_of(change.pointer);
  const std::string parent = parent_of(change.pointer);
  const bool of_policy = change.pointer.starts_with("/policies/");
  switch (mistake) {
    case Mistake::renamed_key:
      for (const char* map : {"/policies", "/objectives", "/workload/steps"}) {
        if (parent == map) return "a name is free";
      }
      return "";
    case Mistake::wrong_type:
      if (of_policy && change.to == "null") return "null in a policy restores the default";
      return change.to == "3" && pattern == "/workload/steps_per_session"
                 ? "a number is a distribution"
                 : "";
    case Mistake::moved_value: {
      const bool was_needed = !of_policy && vocabulary().required.contains(pattern);
      if (parent == "/policies" || parent_of(change.to) == "/policies") return "";
      return !was_needed && vocabulary().known.contains(pattern_of(change.to))
                 ? "the key may stand there, and need not stand where it was"
                 : "";
    }
    default:
      return "";
  }
}

struct Tally {
  int refused = 0;
  std::map<std::string, int> legal;
};

// Empty: accepted; else the first message.
std::string refusal_of(const Node& tree) {
  try {
    scenarios::parse_scenario(to_json(tree), "changed.json");
    return "";
  } catch (const scenarios::ScenarioError& error) {
    EXPECT_GT(error.problems.front().line, 0) << to_line(error.problems.front());
    return to_line(error.problems.front());
  }
}

void make(Mistake mistake, const Node& file, std::uint64_t seed, Tally& tally) {
  Node tree = file;
  Random random{seed};
  const auto change = make_mistake(mistake, tree, random);
  ASSERT_TRUE(change) << "seed " << seed;
  if (!refusal_of(tree).empty()) {
    ++tally.refused;
    return;
  }
  const std::string why = reason(mistake, *change);
  EXPECT_NE(why, "") << "seed " << seed << ": " << mistake_names[static_cast<std::size_t>(mistake)]
                     << " at " << change->pointer << ", now " << change->to << ", is accepted";
  ++tally.legal[why];
}

TEST(SingleMistake, OfAnyKindIsRefusedWithItsPlaceOrLegalForAReason) {
  const std::uint64_t rounds = std::getenv("SEATRIAL_DEEP") != nullptr ? 20'000 : 100;
  int refused = 0, all = 0;
  for (std::size_t kind = 0; kind < mistake_names.size(); ++kind) {
    Tally tally;
    for (const char* name : {"first-steps.json", "shopping-cart.json"}) {
      const Node file = tree_of(name);
      for (std::uint64_t seed = 0; seed != rounds; ++seed) {
        make(static_cast<Mistake>(kind), file, seed, tally);
      }
    }
    std::printf("%-14s %6d refused", std::string{mistake_names[kind]}.c_str(), tally.refused);
    for (const auto& [why, count] : tally.legal) {
      std::printf(", %d legal: %s", count, why.c_str());
      all += count;
    }
    std::printf(" (seeds 0 to %llu)\n", static_cast<unsigned long long>(rounds - 1));
    refused += tally.refused;
    all += tally.refused;
  }

  EXPECT_GE(refused, all * 95 / 100) << refused << " of " << all;
}

}  // namespace
}  // namespace seatrial::fuzz
