#include "models/store/consistency.hpp"

namespace seatrial::models {

void describe(FieldVisitor& v, StalenessBoundConfig& config) {
  constexpr std::string_view page =
      "MicrosoftDocs/azure-databases-docs, cosmos-db/consistency-levels.md: the least bounds with "
      "several regions";
  v.object({.key = "staleness_bound",
            .sentence = "Of \"bounded_staleness\": when a read region is further behind, writes to "
                        "that partition are turned away (429)."},
           [&](FieldVisitor& members) {
             members.count({.key = "versions",
                            .sentence = "How many versions of a partition a read region may lack.",
                            .source = page,
                            .at_least = 1,
                            .at_most = 1e9},
                           config.versions);
             members.duration({.key = "time",
                               .sentence = "How old the oldest version may be that it lacks.",
                               .source = page,
                               .at_least = 1e6,
                               .at_most = 86'400e9},
                              config.time);
             members.one_of({.key = "least",
                             .sentence = "Whose least bounds hold: \"cosmos\" refuses less than "
                                         "100,000 versions or 300 s with several regions, 10 "
                                         "versions or 5 s with one; \"none\": a model of another "
                                         "store."},
                            least_bound_names, config.least);
           });
}

}  // namespace seatrial::models
