// Each way to break policies, phases and objectives brings exactly these messages.
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
      {"A breaker that opens after nothing",
       "\"timeout_check\": \"100ms\"",
       "\"timeout_check\": \"100ms\", \"breaker\": { \"open_after\": 0 }",
       {"a.json:14:89: error: /broker/client/breaker/open_after: must be at least 1, got 0"}},
      {"How often the client looks for timeouts left out",
       ", \"timeout_check\": \"100ms\"",
       "",
       {"a.json:14:15: error: /broker/client/timeout_check: missing: take it from the Redis "
        "client's options (StackExchange.Redis: HeartbeatInterval, 1s if nobody set it), for "
        "example \"1s\""}},
      {"A broker that is carried and misspelt",
       "\"broker\": {\n",
       "\"brokr\": {\n",
       {"a.json:13:3: error: /brokr: unknown key; did you mean \"broker\"?",
        "a.json:30:44: error: /policies/redis/session_token/carry: tokens are carried in the "
        "broker, but there is no /broker"}},
      {"A carrier that stands twice",
       "[ \"broker\" ]",
       "[ \"broker\", \"broker\" ]",
       {"a.json:30:56: error: /policies/redis/session_token/carry/1: \"broker\" stands here "
        "twice"}},
      {"A carrier that does not exist",
       "[ \"broker\" ]",
       "[ \"brokre\" ]",
       {"a.json:30:46: error: /policies/redis/session_token/carry/0: expected \"client\" or "
        "\"broker\", got \"brokre\"; did you mean \"broker\"?"}},
      {"A carrier that is no list",
       "[ \"broker\" ]",
       "\"broker\"",
       {"a.json:30:44: error: /policies/redis/session_token/carry: expected a list like [ "
        "\"client\" ], got \"broker\""}},
      {"An unknown key in a policy",
       "{ \"carry\": [ \"broker\" ] }",
       "{ \"carry\": null, \"kye\": 3 }",
       {"a.json:30:50: error: /policies/redis/session_token/kye: unknown key; did you mean "
        "\"key\"?"}},
      {"A policy that touches the workload",
       "\"as is\": {}",
       "\"as is\": { \"workload\": { \"sessions\": \"6/s\" } }",
       {"a.json:29:16: error: /policies/as is/workload: a policy may change only store, "
        "broker, pods, data and session_token"}},
      {"A policy that changes a size",
       "\"as is\": {}",
       "\"as is\": { \"data\": { \"cart\": { \"size\": \"1 KB\" } } }",
       {"a.json:29:36: error: /policies/as is/data/cart/size: of a data class a policy may "
        "change only \"update\""}},
      {"A policy whose quorum cannot be reached",
       "\"as is\": {}",
       "\"as is\": { \"store\": { \"write_quorum\": 5 } }",
       {"a.json:29:43: error: /policies/as is/store/write_quorum: a write quorum of 5 cannot "
        "be reached with 4 replicas"}},
      {"A policy that takes away what has no default",
       "\"as is\": {}",
       "\"as is\": { \"store\": { \"write_region\": null } }",
       {"a.json:29:43: error: /policies/as is/store/write_region: null restores the default, "
        "but there is none: name the one region of /regions/users that takes the writes"}},
      {"A policy that stands twice",
       "\"as is\": {}",
       "\"as is\": {}, \"as is\": {}",
       {"a.json:29:18: error: /policies/as is: duplicate key; the first one's value is on "
        "line 29"}},
      {"A baseline that does not exist",
       "\"phases\"",
       "\"baseline\": \"as si\",\n  \"phases\"",
       {"a.json:25:15: error: /baseline: unknown policy \"as si\"; did you mean \"as is\"?"}},
      {"Faults that are wrong in five ways",
       "\"for\": \"2min\"",
       "\"for\": \"2min\", \"faults\": [ { \"pods\": \"West Europe\", \"kill\": 2 }, { "
       "\"broker\": \"East US\" }, { \"cut_link\": \"East US - West Europe\" }, { "
       "\"partition\": [ \"East US\", \"West Europe\" ] }, { \"kill\": 1 } ]",
       {"a.json:26:85: error: /phases/0/faults/0/kill: 2 pods die, but a region has 1",
        "a.json:26:90: error: /phases/0/faults/1/is: missing: say \"refused\" or "
        "\"unreachable\"",
        "a.json:26:129: error: /phases/0/faults/2/cut_link: expected a link like \"East US > "
        "West Europe\" or \"East US <> West Europe\", got \"East US - West Europe\"",
        "a.json:26:171: error: /phases/0/faults/3/partition: no region is left on the other "
        "side of the partition",
        "a.json:26:203: error: /phases/0/faults/4: missing: needs one of the keys \"pods\", "
        "\"broker\", \"partition\", \"slow_link\" or \"cut_link\"",
        "a.json:26:205: error: /phases/0/faults/4/kill: unknown key"}},
      {"A fault that starts after its phase",
       "\"for\": \"2min\"",
       "\"for\": \"10s\", \"faults\": [ { \"broker\": \"East US\", \"is\": \"refused\" } ]",
       {"a.json:26:51: error: /phases/0/faults/0/start_within: the fault may start only 15s "
        "after the phase, which lasts 10s"}},
      {"Two phases of one name",
       "\"for\": \"2min\" }",
       "\"for\": \"2min\" }, { \"name\": \"normal\", \"for\": \"1min\" }",
       {"a.json:26:52: error: /phases/1/name: two phases are named \"normal\""}},
      {"A metric that does not exist",
       "\"metric\": \"ryw\"",
       "\"metric\": \"raw\"",
       {"a.json:33:29: error: /objectives/own cart/metric: expected \"ryw\", \"mr\", "
        "\"ryw_user\", \"stale\", \"lost_updates\", \"availability\", \"degraded\", "
        "\"read.mean\", ..., got \"raw\"; did you mean \"ryw\"?"}},
      {"A limit in the wrong unit",
       "\"10 per million\"",
       "\"10ms\"",
       {"a.json:33:61: error: /objectives/own cart/at_most: expected a share like \"8%\" or "
        "\"10 per million\", got \"10ms\""}},
      {"A limit in another wrong unit",
       "\"metric\": \"ryw\"",
       "\"metric\": \"read.p99\"",
       {"a.json:33:66: error: /objectives/own cart/at_most: expected a duration like "
        "\"250ms\" or \"3s\" (units ns, us, ms, s, min, h, d), got \"10 per million\""}},
      {"A limit beyond what there is",
       "\"10 per million\"",
       "\"101%\"",
       {"a.json:33:61: error: /objectives/own cart/at_most: must be at most 100%, got "
        "\"101%\""}},
      {"A limit on the side that every policy passes",
       "\"at_most\": \"10 per million\"",
       "\"at_least\": \"10 per million\"",
       {"a.json:33:62: error: /objectives/own cart/at_least: less of ryw is better: write "
        "\"at_most\""}},
      {"A limit that is missing",
       ", \"at_most\": \"10 per million\"",
       "",
       {"a.json:33:17: error: /objectives/own cart: missing: needs one of the keys "
        "\"at_most\" or \"at_least\""}},
      {"A window that is two",
       "\"of\": \"cart\"",
       "\"during\": \"normal\", \"outside\": \"normal\"",
       {"a.json:33:67: error: /objectives/own cart/outside: stands beside \"during\", but "
        "only one of them is possible"}},
      {"A matrix that is missing",
       "\"matrix\": \"azure-2026-07\",",
       "",
       {"a.json:4:14: error: /regions/links: missing: name a /regions/matrix "
        "(\"azure-2026-07\"), or give every pair of regions a link, for example \"East US <> "
        "West Europe\": { \"one_way\": \"40ms\" }"}},
      {"Links that are wrong in two ways",
       "\"azure-2026-07\",",
       "\"azure-2026-07\", \"links\": { \"East US > West Europe\": { \"loss\": \"1%\" }, "
       "\"East US <> West Europe\": {}, \"East US\": {} },",
       {"a.json:5:86: error: /regions/links/East US <> West Europe: another entry says how "
        "long this link takes",
        "a.json:5:116: error: /regions/links/East US: expected a link like \"East US > West "
        "Europe\" or \"East US <> West Europe\", got \"East US\""}},
  };
  return list;
}

TEST(BrokenStory, IsExplainedWithPlacePointerAndAdvice) {
  for (const Change& change : changes()) {
    EXPECT_THAT(errors_of(changed(change.from, change.to)),
                testing::ElementsAreArray(change.problems))
        << change.what;
  }
}

}  // namespace
}  // namespace seatrial::scenarios
