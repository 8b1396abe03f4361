#include "models/pods/pods_config.hpp"

#include "models/strategies/registry.hpp"

namespace seatrial::models {

void describe(FieldVisitor& v, PodsConfig& config) {
  v.count({.key = "count",
           .sentence = "Pods in each region.",
           .source = "assumed",
           .at_least = 1,
           .at_most = 10'000},
          config.count);
  v.count({.key = "cpu",
           .sentence = "Cores of one pod.",
           .source = "assumed",
           .at_least = 1,
           .at_most = 1'024},
          config.cpu);
  v.count({.key = "max_in_flight",
           .sentence = "Requests that a pod works on at a time; more wait in its queue.",
           .source = "assumed",
           .at_least = 1,
           .at_most = 1'000'000},
          config.max_in_flight);
  v.count({.key = "max_queue",
           .sentence = "Requests that may wait in a pod; more are refused.",
           .source = "assumed",
           .at_least = 0,
           .at_most = 1'000'000'000},
          config.max_queue);
  v.duration_distribution({.key = "cpu_per_operation",
                           .sentence = "Time of a core that one operation takes.",
                           .source = "assumed"},
                          config.cpu_per_operation);
  v.duration({.key = "restart_after",
              .sentence = "A killed pod is ready again after this long, with an empty cache.",
              .source = "kubernetes/community sig-scalability: pod start-up p99 <= 5 s, images "
                        "present",
              .at_least = 0},
             config.restart_after);
  v.strategy({.key = "balance", .sentence = "How a region's requests are spread over its pods."},
             balancing_axis(), config.balance);
  v.one_of({.key = "affinity",
            .sentence = "Whether a cookie leads a session back to the pod that served it before."},
           affinity_names, config.affinity);
}

void describe(FieldVisitor& v, SessionTokenConfig& config) {
  constexpr static std::array<std::string_view, 2> publish_names{"synchronous", "asynchronous"};
  v.strategies({.key = "carry",
                .sentence = "How a session's token travels beyond the pod's cache; of several the "
                            "newest token wins. Empty: not at all."},
               token_transport_axis(), config.carry);
  v.one_of({.key = "key",
            .sentence = "What the broker's entries are named by: the session, or the document "
                        "(then other sessions and devices find them, too)."},
           token_key_names, config.key);
  int publish = config.asynchronous ? 1 : 0;
  v.one_of({.key = "publish",
            .sentence = "Whether a write's reply waits until the broker has its token."},
           std::span{publish_names}, publish);
  config.asynchronous = publish == 1;
  v.duration_distribution(
      {.key = "publish_after",
       .sentence = "How much later than the reply an asynchronous publication starts.",
       .source = "assumed"},
      config.publish_after);
  v.flag({.key = "reads_publish",
          .sentence = "Whether a read that met a newer token publishes it, too."},
         config.reads_publish);
  v.flag({.key = "pod_cache",
          .sentence = "Whether each pod has the SDK's own cache of tokens, which every response "
                      "advances."},
         config.pod_cache);
}

}  // namespace seatrial::models
