// A scenario file, loaded and resolved: the question, the policies with their complete worlds, the
// objectives, and where every value came from.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "models/world_config.hpp"
#include "scenarios/prices.hpp"

namespace seatrial::scenarios {

enum class Bound { at_most, at_least };

// One line of /objectives. A metric is one of metric_names() (scenarios/metrics.hpp).
struct Objective {
  std::string name;
  std::string metric;        // "ryw", "read.p99", "availability", ...
  std::string data_class;    // "of"; empty: all
  bool each_region = false;  // "each": "region"; else all regions together
  std::string during;        // one phase; empty: see outside
  std::string outside;       // all phases but this one; both empty: each phase by itself
  Bound bound = Bound::at_most;
  double limit = 0;  // base unit: share 0..1, ns, RU, bytes, count, currency
};

struct Policy {
  std::string name;
  models::WorldConfig world;
};

struct RunConfig {
  std::uint64_t seed = 1;
  std::int64_t replications = 10;
};

enum class Origin { file, policy, command_line, defaulted, assumed };

// One resolved value of one policy's world.
struct ResolvedValue {
  std::string pointer;  // JSON pointer, for example /broker/ttl
  std::string value;    // as it would be written in a file (JSON text)
  Origin origin = Origin::file;
  std::string source;  // of a default: publication or "assumed"
  int line = 0;        // in the file; 0 when not from the file
};

struct Scenario {
  std::string path;
  std::string title;
  std::string question;
  std::string baseline;          // name of a policy
  std::vector<Policy> policies;  // in the order of the file
  std::vector<Objective> objectives;
  Prices prices;
  std::optional<PricesFile> prices_file;  // whose they are; none: the scenario's
  RunConfig run;
  std::map<std::string, std::vector<ResolvedValue>> resolved;  // by policy
  std::vector<std::string> warnings;
  std::string text;  // the file as read
};

}  // namespace seatrial::scenarios
