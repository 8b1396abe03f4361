#include "scenarios/open_questions.hpp"

#include <fmt/format.h>

#include <array>

namespace seatrial::scenarios {
namespace {

// "*" stands for any one token.
struct Hint {
  std::string_view pattern;
  std::string_view text;
};

constexpr std::string_view limit_hint =
    "take it from your service level objective: what would you page somebody for? For example "
    "\"1000 per million\", \"250ms\" or \"99.9%\"";
constexpr std::string_view lag_hint =
    "read Azure Monitor, metric ReplicationLatency, P99 for each pair of regions, for example "
    "{ \"lognormal\": { \"median\": \"20ms\", \"p99\": \"120ms\" } }; a canary that writes in one "
    "region and polls another without a token shows the whole shape; \"assumed\" takes our guess";

constexpr std::array hints{
    Hint{"/title", "name the scenario in one line"},
    Hint{"/question", "write the question that the comparison is to answer"},
    Hint{"/regions/users",
         "name a region as \"seatrial list regions\" does; for one that is not "
         "among them give its distance to each other one in /regions/links"},
    Hint{"/regions/users/*",
         "say which share of the users is nearest to this region (analytics by "
         "country, or the request count of each origin in Front Door), for "
         "example \"60%\"; the shares sum to 100 %"},
    Hint{"/store/write_region", "run az cosmosdb show --query writeLocations[].locationName"},
    Hint{"/store/consistency",
         "run az cosmosdb show --query consistencyPolicy.defaultConsistencyLevel; there is "
         "\"strong\", \"bounded_staleness\", \"session\", \"consistent_prefix\" and "
         "\"eventual\""},
    Hint{"/store/partitions",
         "count the values of PhysicalPartitionId in Azure Monitor, metric "
         "NormalizedRUConsumption; or divide the provisioned RU/s by 10,000, and round up"},
    Hint{"/store/sdk",
         "look up the client library: \"dotnet-2026\" (.NET of today), \"older\" "
         "(.NET of before) or \"java\""},
    Hint{"/store/replication_lag", lag_hint},
    Hint{"/store/replication_lag/*", lag_hint},
    Hint{"/broker/client/timeout",
         "look at the Redis client's options (StackExchange.Redis: "
         "AsyncTimeout, 5s if nobody set it), for example \"50ms\""},
    Hint{"/broker/client/timeout_check",
         "look at how often the Redis client looks for time-outs (StackExchange.Redis: "
         "HeartbeatInterval, 1s if nobody set it), for example \"1s\""},
    Hint{"/pods/count",
         "run kubectl get deploy in each region and take the ready replicas, for "
         "example 12"},
    Hint{"/pods/cpu",
         "run kubectl get deploy -o json and take the container's cpu limit in whole "
         "cores, for example 2"},
    Hint{"/pods/max_in_flight",
         "take the server's limit on requests at a time (threads, or "
         "connections), for example 64"},
    Hint{"/pods/cpu_per_operation",
         "divide the pods' cpu seconds of a second by their requests of a second (Prometheus: "
         "rate of container_cpu_usage_seconds_total), for example \"1500us\""},
    Hint{"/data/*/owner", "say whose document it is: \"user\", \"session\" or \"shared\""},
    Hint{"/data/*/size",
         "look at some in the Data Explorer, or divide the metric DataUsage by "
         "DocumentCount, for example \"4 KB\""},
    Hint{"/data/*/documents", "take the metric DocumentCount, for example 200000"},
    Hint{"/workload/sessions",
         "take new sessions a second of all regions in a normal hour from "
         "analytics, for example \"24/s\""},
    Hint{"/workload/steps_per_session",
         "take page views of a session from analytics, for example "
         "{ \"geometric\": { \"mean\": 6 } }"},
    Hint{"/workload/pause",
         "take the time between two page views of a session from analytics, for example "
         "{ \"lognormal\": { \"median\": \"3s\", \"p99\": \"30s\" } }"},
    Hint{"/workload/steps/*/share",
         "say how often a step is this one (requests of each route in "
         "the access log), for example \"20%\"; the shares sum to "
         "100 %"},
    Hint{"/workload/steps/*/do/*/pause",
         "measure it in the browser's network log: from the update's reply to the read that "
         "follows by itself, for example \"60ms\""},
    Hint{"/workload/second_device/share",
         "count the users with two sessions within an hour, for "
         "example \"8%\""},
    Hint{"/workload/second_device/refetch_after",
         "take the delivery time of the push message, or the polling interval, for example "
         "\"80ms\""},
    Hint{"/phases/*/sessions",
         "divide the sessions of that hour by those of a normal one, for "
         "example \"x5\""},
    Hint{"/phases/*/stands_for",
         "say how much of a month is like this, for example "
         "\"10 min/month\""},
    Hint{"/phases/*/faults/*/broker",
         "name the region that loses its broker; a read region tells "
         "more than the write region"},
    Hint{"/objectives/*/at_most", limit_hint},
    Hint{"/objectives/*/at_least", limit_hint},
};

bool matches(std::string_view pattern, std::string_view pointer) {
  const auto wanted = pointer_tokens(pattern);
  const auto given = pointer_tokens(pointer);
  if (wanted.size() != given.size()) return false;
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (wanted[i] != "*" && wanted[i] != given[i]) return false;
  return true;
}

// What a policy changes is found where the base's value is.
std::string without_policy(std::string_view pointer) {
  const auto tokens = pointer_tokens(pointer);
  if (tokens.size() < 3 || tokens.front() != "policies") return std::string{pointer};
  std::string rest;
  for (std::size_t i = 2; i < tokens.size(); ++i) rest += '/' + escaped(tokens[i]);
  return rest;
}

class Walk {
 public:
  explicit Walk(Problems& problems) : problems_{problems} {}

  void visit(const Node& node, const std::string& pointer) {
    if (node.is(Node::Kind::string) && is_open_question(node.text))
      report(node.place, pointer, how_to_find(pointer));
    for (std::size_t i = 0; i < node.items.size(); ++i)
      visit(node.items[i], fmt::format("{}/{}", pointer, i));
    for (const Member& member : node.members) {
      const std::string below = pointer + '/' + escaped(member.key);
      if (is_open_question(member.key)) report(member.place, below, how_to_find(pointer));
      visit(member.value, below);
    }
  }
  bool found() const { return found_; }

 private:
  void report(const Place& place, const std::string& pointer, std::string_view hint) {
    problems_.add(place, pointer, fmt::format("still to be answered: {}", hint));
    found_ = true;
  }

  Problems& problems_;
  bool found_ = false;
};

}  // namespace

bool is_open_question(std::string_view text) { return text == "?" || text.starts_with("? "); }

std::string_view how_to_find(std::string_view pointer) {
  const std::string plain = without_policy(pointer);
  for (const Hint& hint : hints)
    if (matches(hint.pattern, plain)) return hint.text;
  return "put your own value in its place; \"seatrial list defaults\" has a sentence on every key";
}

bool report_open_questions(const Node& root, Problems& problems) {
  Walk walk{problems};
  walk.visit(root, "");
  return walk.found();
}

}  // namespace seatrial::scenarios
