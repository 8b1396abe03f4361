#include "models/probes_config.hpp"

namespace seatrial::models {
namespace {

void describe(FieldVisitor& v, FreshnessConfig& config) {
  v.list(
      {.key = "after_commit",
       .sentence = "How long after a commit reads begin, in rising order.",
       .required = "say when, for example [ \"0ms\", \"10ms\", \"100ms\" ]",
       .at_least = 1,
       .at_most = 100},
      [&] { return config.after_commit.size(); },
      [&](FieldVisitor& element, std::size_t index) {
        if (index >= config.after_commit.size()) config.after_commit.resize(index + 1);
        element.duration({.key = "", .sentence = "From the commit to the read.", .at_least = 0},
                         config.after_commit[index]);
      });
  v.count({.key = "every",
           .sentence = "Only each so many-th commit is probed.",
           .at_least = 1,
           .at_most = 1e9},
          config.every);
  v.share({.key = "level",
           .sentence = "t-visibility is the time after a commit from which on this share of reads "
                       "sees it.",
           .source = "Bailis et al., VLDB 2012, table 4",
           .at_least = 0.01,
           .at_most = 1},
          config.level);
}

}  // namespace

void describe(FieldVisitor& v, ProbesConfig& config) {
  v.optional_object(
      {.key = "freshness",
       .sentence = "Virtual reads after commits: how likely is a read that begins so much later to "
                   "see what was committed, or something newer? They occupy no server and change "
                   "nothing else."},
      config.freshness.present,
      [&](FieldVisitor& members) { describe(members, config.freshness); });
}

}  // namespace seatrial::models
