#include "models/world_config.hpp"

namespace seatrial::models {

// The warm-up is not here: it stands under /run, which the scenario describes.
void describe(FieldVisitor& v, WorldConfig& config) {
  v.object({.key = "regions",
            .sentence = "Where users and services are, and how long messages take between them.",
            .required = "name the regions, for example { \"matrix\": \"azure-2026-07\", \"users\": "
                        "{ \"East US\": \"60%\", \"West Europe\": \"40%\" } }"},
           [&](FieldVisitor& members) { describe(members, config.regions); });
  v.object({.key = "store",
            .sentence = "The replicated store and its client library.",
            .required = "describe the store, for example { \"write_region\": \"East US\", "
                        "\"consistency\": \"session\", \"replication_lag\": \"assumed\" }"},
           [&](FieldVisitor& members) { describe(members, config.store); });
  v.optional_object({.key = "broker",
                     .sentence = "The token broker; it exists only under policies that carry "
                                 "tokens in it."},
                    config.broker.present,
                    [&](FieldVisitor& members) { describe(members, config.broker); });
  v.object({.key = "pods", .sentence = "The stateless service: its pods in each region."},
           [&](FieldVisitor& members) { describe(members, config.pods); });
  describe(v, config.data);
  v.object(
      {.key = "session_token", .sentence = "How a session's token finds the pod that needs it."},
      [&](FieldVisitor& members) { describe(members, config.session_token); });
  v.object({.key = "workload",
            .sentence = "What users do; the same under every policy.",
            .required = "say what users do: { \"sessions\": \"20/s\", \"steps\": { ... } }"},
           [&](FieldVisitor& members) { describe(members, config.workload); });
  describe(v, config.phases);
  v.object({.key = "probes", .sentence = "What is looked at beside the workload."},
           [&](FieldVisitor& members) { describe(members, config.probes); });
}

}  // namespace seatrial::models
