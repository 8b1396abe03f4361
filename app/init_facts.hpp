// What the outputs of two tools say about a system: `az cosmosdb show -o json` and
// `kubectl get deploy,hpa -o json`. Whatever is not in them stays empty.
//
// Law: a file of another kind is a UsageError or ScenarioError that says what was expected; names
// are taken as they stand and must be escaped by whoever writes them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace seatrial::app {

struct AccountLocation {
  std::string name;        // as the matrix has it, else as the file does
  bool in_matrix = false;  // of published round trips
};

struct AccountFacts {
  std::string file;  // its name, without the folder
  std::string name;
  std::vector<AccountLocation> locations;  // the write region first, then by failover priority
  std::string consistency;                 // as the file says it: "Session", "BoundedStaleness"
  bool writes_everywhere = false;
};

struct Autoscaler {
  std::int64_t least = 1;
  std::int64_t most = 0;
  std::optional<std::int64_t> target_percent;  // of the requested cpu
};

struct DeploymentFacts {
  std::string file;
  std::string name;
  std::string space;  // namespace
  std::optional<std::int64_t> replicas;
  std::optional<double> cores;   // of the container that has most
  bool cores_are_limit = false;  // else what it requests
  std::optional<Autoscaler> autoscaler;
};

AccountFacts read_account(const std::string& path);

// The deployment of that name, or the only one, in each of the files.
std::vector<DeploymentFacts> read_deployments(const std::vector<std::string>& paths,
                                              const std::string& name);

// "westeurope" and "West Europe" are "West Europe"; nothing for one that the matrix does not have.
std::optional<std::string> region_named(const std::string& name);

// "500m" is half a core.
std::optional<double> cores_of(const std::string& quantity);

}  // namespace seatrial::app
