#include "models/store/client_config.hpp"

namespace seatrial::models {

void describe(FieldVisitor& v, SessionRetryConfig& config) {
  constexpr std::string_view options =
      "azure-cosmos-dotnet-v3 at 8c53d359, SessionRetryOptions.cs and ConfigurationManager.cs";
  v.object({.key = "session_retry",
            .sentence = "Where a read goes on that no replica of its region could answer because "
                        "of its token (404/1002)."},
           [&](FieldVisitor& members) {
             members.one_of({.key = "prefer",
                             .sentence = "\"local\": by the schedule of the client library, for 5 "
                                         "s, then once in the write region; \"remote\": sooner "
                                         "there."},
                            preferred_region_names, config.prefer);
             members.count({.key = "in_region_retries",
                            .sentence = "Of \"remote\": how often the region is asked again "
                                        "before the write region is.",
                            .source = options,
                            .at_least = 1,
                            .at_most = 100},
                           config.in_region_retries);
             members.duration({.key = "min_in_region_time",
                               .sentence = "Of \"remote\": the last of these retries comes no "
                                           "sooner. Keep it above the usual replication lag.",
                               .source = options,
                               .at_least = 100e6,
                               .at_most = 5e9},
                              config.min_in_region_time);
           });
}

void describe(FieldVisitor& v, OnTokenUnsatisfied& config) {
  v.one_of({.key = "on_token_unsatisfied",
            .sentence = "When the write region has not applied the token either: an error (.NET, "
                        "Java), the region once more without the token (JavaScript), or the write "
                        "region without it."},
           on_token_unsatisfied_names, config);
}

void describe(FieldVisitor& v, HedgeConfig& config) {
  v.optional_object(
      {.key = "hedge",
       .sentence = "A read that has no final answer (404/1002 is none) is sent to the next nearest "
                   "region as well; the first final answer counts, every one is paid."},
      config.present, [&](FieldVisitor& members) {
        members.duration({.key = "after",
                          .sentence = "How long the read waits before it is sent elsewhere.",
                          .required = "say how long a read waits (in .NET the threshold of the "
                                      "availability strategy), for example \"1s\"",
                          .at_least = 1e6,
                          .at_most = 60e9},
                         config.after);
        members.duration({.key = "step",
                          .sentence = "How much longer before each further region.",
                          .source = "azure-cosmos-dotnet-v3, Cross Region Request Hedging.md",
                          .at_least = 1e6,
                          .at_most = 60e9},
                         config.step);
      });
}

}  // namespace seatrial::models
