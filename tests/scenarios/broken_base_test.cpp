// Each way to break the base of a scenario brings exactly these messages.
#include <gmock/gmock.h>

#include "tests/scenarios/small_scenario.hpp"

namespace seatrial::scenarios {
namespace {

// `from` in the small scenario is replaced by `to`.
struct Change {
  std::string what;
  std::string from;
  std::string to;
  std::vector<std::string> problems;
};

const std::vector<Change>& changes() {
  static const std::vector<Change> list{
      {"A missing comma",
       "\"5/s\",",
       "\"5/s\"",
       {"a.json:21:5: error: expected ',' or '}', got '\"'"}},
      {"A comma too much",
       "\"read\": \"cart\" } ]",
       "\"read\": \"cart\" }, ]",
       {"a.json:22:81: error: a comma before ']' has nothing after it"}},
      {"A string without end",
       "\"Small\"",
       "\"Small",
       {"a.json:2:12: error: this string has no end: '\"' is missing"}},
      {"A comment without end",
       "\"title\"",
       "/* no end \"title\"",
       {"a.json:2:3: error: this comment has no end: \"*/\" is missing"}},
      {"A key that stands twice",
       "\"question\"",
       "\"title\": \"x\", \"question\"",
       {"a.json:3:3: error: /title: duplicate key; the first one's value is on line 2"}},
      {"A key that does not exist at the top",
       "\"title\"",
       "\"tilte\"",
       {"a.json:1:1: error: /title: missing: name the scenario, for example \"Shopping cart: "
        "Black Friday\"",
        "a.json:2:3: error: /tilte: unknown key; did you mean \"title\"?"}},
      {"A key that does not exist in an object",
       "\"write_region\"",
       "\"write_regoin\"",
       {"a.json:8:12: error: /store/write_region: missing: name the one region of "
        "/regions/users that takes the writes",
        "a.json:9:5: error: /store/write_regoin: unknown key; did you mean \"write_region\"?"}},
      {"A region that the matrix does not have",
       "West Europe",
       "West Erope",
       {"a.json:6:34: error: /regions/users/West Erope: unknown region; did you mean \"West "
        "Europe\"?"}},
      {"A write region that has no users",
       "\"write_region\": \"East US\"",
       "\"write_region\": \"East UK\"",
       {"a.json:9:21: error: /store/write_region: unknown region \"East UK\"; did you mean "
        "\"East US\"?"}},
      {"A write region that is like no other",
       "\"write_region\": \"East US\"",
       "\"write_region\": \"Mars\"",
       {"a.json:9:21: error: /store/write_region: unknown region \"Mars\"; there is \"East "
        "US\" or \"West Europe\""}},
      {"Shares of users that do not sum up",
       "40%",
       "30%",
       {"a.json:6:14: error: /regions/users: the shares of users sum to 90%, not to 100%"}},
      {"A share without a unit",
       "\"60%\"",
       "60",
       {"a.json:6:27: error: /regions/users/East US: expected a share like \"8%\" or \"10 "
        "per million\", got 60, which has no unit"}},
      {"A lag without a unit",
       "\"20ms\"",
       "20",
       {"a.json:11:24: error: /store/replication_lag: expected a duration like \"250ms\" or "
        "\"3s\" (units ns, us, ms, s, min, h, d), got 20, which has no unit"}},
      {"A unit that does not exist",
       "\"20ms\"",
       "\"20 parsecs\"",
       {"a.json:11:24: error: /store/replication_lag: expected a duration like \"250ms\" or "
        "\"3s\" (units ns, us, ms, s, min, h, d), got \"20 parsecs\""}},
      {"A distribution that lacks a parameter",
       "\"20ms\"",
       "{ \"lognormal\": { \"median\": \"20ms\" } }",
       {"a.json:11:39: error: /store/replication_lag/lognormal/p99: missing: a distribution "
        "of this kind needs it"}},
      {"A distribution that does not exist",
       "\"20ms\"",
       "{ \"lognornal\": { \"median\": \"20ms\" } }",
       {"a.json:11:26: error: /store/replication_lag/lognornal: unknown distribution; did "
        "you mean \"lognormal\"?"}},
      {"A p99 below the median",
       "\"20ms\"",
       "{ \"lognormal\": { \"median\": \"20ms\", \"p99\": \"2ms\" } }",
       {"a.json:11:39: error: /store/replication_lag/lognormal: \"p99\" is below \"median\""}},
      {"A part of the lag that does not exist",
       "\"20ms\"",
       "{ \"lnk\": \"20ms\" }",
       {"a.json:11:26: error: /store/replication_lag/lnk: unknown key; did you mean \"link\"?"}},
      {"Durations that are counted",
       "\"20ms\"",
       "{ \"geometric\": { \"mean\": 6 } }",
       {"a.json:11:39: error: /store/replication_lag/geometric: a geometric distribution is "
        "one of counts, not of durations; did you mean \"exponential\"?"}},
      {"A source that is misspelt",
       "\"20ms\"",
       "{ \"value\": \"20ms\", \"sorce\": \"x\" }",
       {"a.json:11:43: error: /store/replication_lag/sorce: unknown key; did you mean "
        "\"source\"?"}},
      {"null in the base",
       "\"20ms\"",
       "null",
       {"a.json:11:24: error: /store/replication_lag: null is no value; read it for your own "
        "account in Azure Monitor (metric ReplicationLatency, P99 for each pair of regions), "
        "or write in one region and poll another without a token; for example { "
        "\"lognormal\": { \"median\": \"20ms\", \"p99\": \"120ms\" } }, or \"assumed\" for "
        "just that"}},
      {"A lag that nobody has said",
       "    \"replication_lag\": \"20ms\"",
       "    \"replicas\": 4",
       {"a.json:8:12: error: /store/replication_lag: missing: read it for your own account "
        "in Azure Monitor (metric ReplicationLatency, P99 for each pair of regions), or "
        "write in one region and poll another without a token; for example { \"lognormal\": "
        "{ \"median\": \"20ms\", \"p99\": \"120ms\" } }, or \"assumed\" for just that"}},
      {"A choice that does not exist",
       "\"consistency\": \"session\"",
       "\"consistency\": \"sesion\"",
       {"a.json:10:20: error: /store/consistency: expected \"strong\", \"session\" or "
        "\"eventual\", got \"sesion\"; did you mean \"session\"?"}},
      {"A number that is too small",
       "\"consistency\": \"session\"",
       "\"consistency\": \"session\", \"replicas\": 0",
       {"a.json:10:43: error: /store/replicas: must be at least 1, got 0"}},
      {"Too few replicas for the quorum",
       "\"consistency\": \"session\"",
       "\"consistency\": \"session\", \"replicas\": 2",
       {"a.json:10:43: error: /store/replicas: a write quorum of 3 cannot be reached with 2 "
        "replicas"}},
      {"A part of a partition",
       "\"consistency\": \"session\"",
       "\"consistency\": \"session\", \"partitions\": 2.5",
       {"a.json:10:45: error: /store/partitions: expected a whole number like 12, got 2.5"}},
      {"A unit in the wrong case",
       "\"4 KB\"",
       "\"4 kb\"",
       {"a.json:17:40: error: /data/cart/size: expected a size like \"4 KB\" (units B, KB, "
        "MB, GB; 1 KB is 1024 B), got \"4 kb\""}},
      {"Documents of a class that is not shared",
       "\"size\": \"4 KB\"",
       "\"size\": \"4 KB\", \"documents\": 5",
       {"a.json:17:61: error: /data/cart/documents: only a class with \"owner\": \"shared\" "
        "has it; each user has one document of this class"}},
      {"A shared class without its number of documents",
       "\"owner\": \"user\"",
       "\"owner\": \"shared\"",
       {"a.json:17:13: error: /data/cart/documents: missing: say how many documents of this "
        "class there are, for example 200000"}},
      {"A data class that does not exist",
       "\"read\": \"cart\"",
       "\"read\": \"crat\"",
       {"a.json:22:73: error: /workload/steps/add/do/1/read: unknown data class \"crat\"; "
        "did you mean \"cart\"?"}},
      {"An action that does not exist",
       "{ \"read\": \"cart\" }",
       "{ \"raed\": \"cart\" }",
       {"a.json:22:65: error: /workload/steps/add/do/1/raed: unknown key; did you mean "
        "\"read\"?"}},
      {"An action that is no object",
       "{ \"read\": \"cart\" }",
       "\"read\"",
       {"a.json:22:63: error: /workload/steps/add/do/1: expected an object { ... }, got a "
        "string"}},
      {"Two actions in one",
       "{ \"read\": \"cart\" }",
       "{ \"read\": \"cart\", \"pause\": \"60ms\" }",
       {"a.json:22:90: error: /workload/steps/add/do/1/pause: stands beside \"read\", but "
        "only one of them is possible"}},
      {"A pause that nobody has said",
       "\"sessions\": \"5/s\",",
       "\"sessions\": \"5/s\", \"steps_per_session\": { \"geometric\": { \"mean\": 6 } },",
       {"a.json:19:15: error: /workload/pause: missing: a session can have several steps; "
        "say how long a person pauses between two (from analytics: time between a session's "
        "page views), for example { \"lognormal\": { \"median\": \"3s\", \"p99\": \"30s\" } }"}},
      {"Shares of steps that do not sum up",
       "\"100%\"",
       "\"90%\"",
       {"a.json:21:14: error: /workload/steps: the shares of steps sum to 90%, not to 100%"}},
  };
  return list;
}

TEST(BrokenBase, IsExplainedWithPlacePointerAndAdvice) {
  for (const Change& change : changes()) {
    EXPECT_THAT(errors_of(changed(change.from, change.to)),
                testing::ElementsAreArray(change.problems))
        << change.what;
  }
}

}  // namespace
}  // namespace seatrial::scenarios
