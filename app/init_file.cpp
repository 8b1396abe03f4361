#include "app/init_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "models/store/consistency.hpp"
#include "scenarios/characters.hpp"
#include "scenarios/json_tree.hpp"

namespace seatrial::app {
namespace {

using scenarios::quoted;

constexpr std::string_view open = "\"?\"";

// A value as JSON, and the comment behind it.
struct Value {
  std::string json{open};
  std::string comment;
};

class Writer {
 public:
  void line(std::string_view text, std::string_view comment = {}) {
    if (comment.empty()) {
      text_ += fmt::format("{}\n", text);
    } else {
      text_ += fmt::format("{:<50}  // {}\n", text, comment);
    }
  }
  void value(std::string_view indent, std::string_view key, const Value& value, bool last = false) {
    line(fmt::format("{}{}: {}{}", indent, quoted(key), value.json, last ? "" : ","),
         value.comment);
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

// "?" stands before a name that the matrix does not have, so that it cannot be overlooked.
std::string region_key(const AccountLocation& location) {
  return location.in_matrix ? location.name : "? " + location.name;
}

std::string from(const std::string& file, std::string_view what) {
  return in_comment(file) + ": " + std::string{what};
}

std::vector<AccountLocation> locations_of(const std::optional<AccountFacts>& account) {
  if (account) return account->locations;
  return {{"the write region", false}, {"a read region", false}};
}

void write_regions(Writer& out, const std::optional<AccountFacts>& account) {
  const std::vector<AccountLocation> locations = locations_of(account);
  out.line("  // Where your users are, and how far it is from there to there.");
  out.line("  \"regions\": {");
  out.line("    \"matrix\": \"azure-2026-07\",", "published median round trips");
  out.line("    \"users\": {", "nearest to each region; sums to 100%");
  for (std::size_t i = 0; i < locations.size(); ++i) {
    const bool last = i + 1 == locations.size();
    Value value;
    if (locations.size() == 1) value.json = "\"100%\"";
    if (account)
      value.comment =
          from(account->file,
               fmt::format("locations{}", locations[i].in_matrix ? "" : "; not in the matrix"));
    out.value("      ", region_key(locations[i]), value, last);
  }
  out.line("    }");
  out.line("  },");
  out.line("");
}

Value consistency_of(const std::optional<AccountFacts>& account) {
  static constexpr std::array<std::string_view, 5> portal_names{
      "Strong", "BoundedStaleness", "Session", "ConsistentPrefix", "Eventual"};
  if (!account) return {std::string{open}, "session, say, or eventual; validate names all"};
  const std::string& said = account->consistency;
  for (std::size_t i = 0; i < portal_names.size(); ++i) {
    if (said != portal_names[i]) continue;
    const std::string name{models::consistency_names[i]};
    return {quoted(name), from(account->file, "consistencyPolicy")};
  }
  if (said.empty()) return {std::string{open}, from(account->file, "no consistencyPolicy")};
  return {std::string{open},
          from(account->file, in_comment(said) + ", not modelled; take what your reads ask for")};
}

constexpr std::size_t most_write_regions = 7;

// Where the account writes in several regions: in all that it has.
std::optional<Value> write_regions_of(const std::optional<AccountFacts>& account) {
  if (!account || !account->writes_everywhere) return std::nullopt;
  const std::vector<AccountLocation>& locations = account->locations;
  if (locations.size() < 2 || locations.size() > most_write_regions) return std::nullopt;
  std::string list;
  for (const AccountLocation& location : locations)
    list += (list.empty() ? "" : ", ") + quoted(region_key(location));
  return Value{"[ " + list + " ]", from(account->file, "enableMultipleWriteLocations")};
}

void write_store(Writer& out, const std::optional<AccountFacts>& account) {
  const AccountLocation first = locations_of(account).front();
  const Value writes{quoted(region_key(first)),
                     account ? from(account->file, "failoverPriority 0") : "it takes the writes"};
  const std::optional<Value> write_regions = write_regions_of(account);
  out.line(write_regions
               ? "  // The store. Reads go to the replicas of the user's region, writes, too."
               : "  // The store. Reads go to the replicas of the user's region, writes to "
                 "one region.");
  out.line("  \"store\": {");
  out.value("    ", "kind", {"\"cosmos\"", ""});
  out.value("    ", "write_region", writes);
  if (write_regions) out.value("    ", "write_regions", *write_regions);
  out.value("    ", "consistency", consistency_of(account));
  out.value("    ", "partitions", {std::string{open}, "physical ones, a number"});
  out.value("    ", "sdk", {std::string{open}, "client library: dotnet-2026, older or java"});
  out.line("    // How much later than the wire a write arrives in another region: measure yours.");
  out.value("    ", "replication_lag", {}, true);
  out.line("  },");
  out.line("");
}

void write_broker(Writer& out) {
  out.line("  // Redis. It exists, and costs, only where a policy carries session tokens in it.");
  out.line("  \"broker\": {");
  out.value("    ", "placement", {"\"per_region\"", "or the name of the one region that has it"});
  out.line("    \"client\": {");
  out.value("      ", "timeout", {std::string{open}, "how long a pod waits for an answer"});
  out.value("      ", "timeout_check", {std::string{open}, "how often it looks for time-outs"});
  out.line("      \"breaker\": { \"open_after\": 20, \"retry_after\": \"5s\" }",
           "leave it out if yours has none");
  out.line("    },");
  out.value("    ", "on_unavailable",
            {"\"read_without_token\"", "or read_from_write_region, or fail"}, true);
  out.line("  },");
  out.line("");
}

std::string about(const DeploymentFacts& facts, std::string_view what) {
  return from(facts.file, fmt::format("{} of {}", what, in_comment(facts.name)));
}

bool can_be_count(const std::optional<std::int64_t>& replicas) {
  return replicas && *replicas >= 1 && *replicas <= 10'000;
}

Value count_of(const std::vector<DeploymentFacts>& deployments) {
  if (deployments.empty()) return {std::string{open}, "pods in each region, a number"};
  const DeploymentFacts& first = deployments.front();
  const bool same = std::all_of(deployments.begin(), deployments.end(), [&](const auto& other) {
    return other.replicas == first.replicas;
  });
  if (!same) {
    std::string all;
    for (const DeploymentFacts& facts : deployments)
      all += (all.empty() ? "" : ", ") +
             (facts.replicas ? std::to_string(*facts.replicas) : std::string{"?"});
    return {std::string{open}, "one number for each region; the files have " + all};
  }
  if (!can_be_count(first.replicas)) return {std::string{open}, about(first, "no usable replicas")};
  return {std::to_string(*first.replicas), about(first, "replicas")};
}

Value cpu_of(const std::vector<DeploymentFacts>& deployments) {
  if (deployments.empty() || !deployments.front().cores)
    return {std::string{open}, "cores of one pod, a whole number"};
  const DeploymentFacts& first = deployments.front();
  const double whole = std::ceil(*first.cores);
  if (whole > 1'024) return {std::string{open}, about(first, "no usable cpu")};
  std::string comment = about(first, first.cores_are_limit ? "cpu limit" : "cpu request");
  if (whole != *first.cores) comment += fmt::format(", {:g} rounded up", *first.cores);
  return {fmt::format("{:.0f}", whole), comment};
}

void write_autoscaler(Writer& out, const std::vector<DeploymentFacts>& deployments) {
  for (const DeploymentFacts& facts : deployments) {
    if (!facts.autoscaler) continue;
    const Autoscaler& scaler = *facts.autoscaler;
    std::string target;
    if (scaler.target_percent)
      target = fmt::format(" at {} % of the requested cpu", *scaler.target_percent);
    out.line(fmt::format("    // {}: an autoscaler, {} to {}{}.", in_comment(facts.file),
                         scaler.least, scaler.most, target));
    out.line("    // Not modelled: the number of pods stays. Take that of the phases in question.");
  }
}

void write_pods(Writer& out, const std::vector<DeploymentFacts>& deployments) {
  out.line("  // The stateless service, alike in each region.");
  out.line("  \"pods\": {");
  write_autoscaler(out, deployments);
  out.value("    ", "count", count_of(deployments));
  out.value("    ", "cpu", cpu_of(deployments));
  out.value("    ", "max_in_flight", {std::string{open}, "requests of a pod at a time, a number"});
  out.value("    ", "cpu_per_operation", {std::string{open}, "time of a core for one request"});
  out.value("    ", "balance", {"\"least_outstanding\"", "or round_robin, random"}, true);
  out.line("  },");
  out.line("");
}

// What no tool knows of a system: documents, users, phases, aims.
constexpr std::string_view before_phases =
    R"(  // The classes of documents, by name. Rename "cart"; add what else your users read.
  "data": {
    "cart": {
      "owner": "?",                                 // of each user, of each session, or shared
      "size": "?",                                  // it decides request units and bytes
      "update": "patch"                             // or replace, replace_if_match (ETag)
    }
  },

  // The session tokens: nothing but the SDK's own cache in each pod. Policies change it below.
  "session_token": { "carry": [] },

  // What users do, the same under every policy.
  "workload": {
    "sessions": "?",                                // new sessions, all regions together
    "steps_per_session": "?",                       // page views or actions of one session
    "pause": "?",                                   // of a person, between two steps
    "steps": {                                      // each step is one of these; shares sum to 100%
      "look": { "share": "?", "do": [ { "read": "cart" } ] },
      // The pause is the gap between a write and the read that follows by itself: a page that
      // loads again, a redirect. It decides how many of these reads are wrong.
      "add item": { "share": "?",
                    "do": [ { "update": "cart" }, { "pause": "?" }, { "read": "cart" } ] }
    },
    "second_device": {                              // the phone beside the laptop; or leave it out
      "share": "?",                                 // of the users
      "refetch_after": "?"                          // how soon it reads what the first one updated
    }
  },

  // The story, one phase after the other. Objectives can be about one of them. A region is lost by
  // "faults": [ { "region": NAME, "is": "down" } ]; "writes_lost" and "rto_writes" are its metrics.
  "phases": [
    { "name": "normal", "for": "5min" },
    { "name": "surge", "for": "5min", "sessions": "?", "ramp": "30s" },
)";

constexpr std::string_view after_phases = R"(  ],

  // Two more things that may stand here. Money a month, by your own contract, of what the phases
  // stand for ("stands_for"); and how soon a commit is seen.
  // "prices": { "currency": "EUR", "million_request_units": 0.25, "pod_hour": 0.05 },
  // "probes": { "freshness": { "after_commit": [ "0ms", "10ms", "100ms", "1s" ] } },

  // What is compared: each policy is a patch on what stands above. {} changes nothing.
  "baseline": "as is",
  "policies": {
    "as is":          {},
    // Other designs of the store, each its own question ("seatrial list reference" has them all):
    // "synchronous":  { "store": { "replication": "synchronous" } },
    // "near first": { "store": { "replication": { "kind": "bounded_wait", "at_most": "150ms" } } },
    // "failover":     { "store": { "failover": { "after": "30s" } } },
    // "by replacing": { "data": { "cart": { "update": "replace_if_match" } } },
    "sticky cookie":  { "pods": { "affinity": "cookie" } },
    "client cookie":  { "session_token": { "carry": [ "client" ] } },
    "redis":          { "session_token": { "carry": [ "broker" ], "key": "document" } },
    "cookie + redis": { "session_token": { "carry": [ "client", "broker" ], "key": "document" } },
    "strong":         { "store": { "consistency": "strong" } }
  },

  // What good enough means. "seatrial list metrics" has them all.
  "objectives": {
    "own cart":         { "metric": "ryw", "of": "cart", "outside": "broker lost", "at_most": "?" },
    "own cart, outage": { "metric": "ryw", "of": "cart", "during": "broker lost", "at_most": "?" },
    "other device":     { "metric": "ryw_user", "of": "cart", "outside": "broker lost",
                          "at_most": "?" },
    "cart read":        { "metric": "read.p99", "of": "cart", "each": "region", "at_most": "?" },
    "served":           { "metric": "availability", "at_least": "?" }
  },

  // More replications make narrower intervals; "seatrial validate" says how many are enough. The
  // warm-up is not measured: a few sessions' length.
  "run": { "seed": 1, "replications": 10, "warmup": "2min" }
}
)";

void write_outage(Writer& out, const std::optional<AccountFacts>& account) {
  const std::vector<AccountLocation> locations = locations_of(account);
  const std::string where = region_key(locations.size() > 1 ? locations[1] : locations.front());
  out.line("    { \"name\": \"broker lost\", \"for\": \"2min\",");
  out.line(fmt::format("      \"faults\": [ {{ \"broker\": {}, \"is\": \"unreachable\" }} ] }}",
                       quoted(where)),
           "or refused");
}

std::vector<std::string> notes_on(const std::optional<AccountFacts>& account,
                                  const std::vector<DeploymentFacts>& deployments) {
  std::vector<std::string> notes;
  if (account) {
    for (const AccountLocation& location : account->locations)
      if (!location.in_matrix)
        notes.push_back(
            fmt::format("{}: the matrix has no region {}", account->file, quoted(location.name)));
    if (account->writes_everywhere && account->locations.size() > most_write_regions)
      notes.push_back(
          fmt::format("{}: the account writes in more than {} regions "
                      "(enableMultipleWriteLocations), which is not modelled; one was "
                      "taken",
                      account->file, most_write_regions));
    if (consistency_of(account).json == open)
      notes.push_back(fmt::format("{}: no consistency level was taken: {}", account->file,
                                  quoted(account->consistency)));
  }
  for (const DeploymentFacts& facts : deployments)
    if (facts.autoscaler)
      notes.push_back(facts.file + ": the autoscaler is not modelled; its limits are in a comment");
  return notes;
}

}  // namespace

std::string in_comment(const std::string& name) {
  constexpr std::size_t longest = 60;
  return scenarios::shortened(scenarios::printable(name), longest);
}

StartingFile starting_file(const std::optional<AccountFacts>& account,
                           const std::vector<DeploymentFacts>& deployments) {
  Writer out;
  out.line(
      "// A scenario for seatrial: who does what on which system, and which designs of it are");
  out.line(
      "// compared. Answer every \"?\": \"seatrial validate FILE\" names those that are left, and");
  out.line(
      "// where the answer is found. What is not here has a default: \"seatrial list defaults\".");
  out.line("{");
  out.line("  \"title\": \"? what it is about, in one line\",");
  out.line("  \"question\": \"? what the comparison is to answer\",");
  out.line("");
  write_regions(out, account);
  write_store(out, account);
  write_broker(out);
  write_pods(out, deployments);
  std::string text = out.take() + std::string{before_phases};
  Writer outage;
  write_outage(outage, account);
  text += outage.take() + std::string{after_phases};
  return {std::move(text), notes_on(account, deployments)};
}

}  // namespace seatrial::app
