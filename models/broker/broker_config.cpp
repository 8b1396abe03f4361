#include "models/broker/broker_config.hpp"

#include "models/strategies/registry.hpp"

namespace seatrial::models {
namespace {

constexpr std::array<std::string_view, 1> broker_kinds{"redis"};

void describe(FieldVisitor& v, BreakerConfig& config) {
  v.count({.key = "open_after",
           .sentence = "Consecutive failures after which a pod stops asking the broker.",
           .source = "assumed",
           .at_least = 1,
           .at_most = 1'000'000'000},
          config.open_after);
  v.duration({.key = "retry_after",
              .sentence = "After this long one request probes whether the broker is back.",
              .source = "assumed",
              .at_least = 1e6},
             config.retry_after);
}

void describe(FieldVisitor& v, BrokerClientConfig& config) {
  v.duration({.key = "timeout",
              .sentence = "How long a pod waits for the broker's answer.",
              .required = "take it from the Redis client's options (StackExchange.Redis: "
                          "AsyncTimeout, 5s if nobody set it), for example \"50ms\"",
              .at_least = 1e3},
             config.timeout);
  v.duration({.key = "timeout_check",
              .sentence = "How often the client looks for timeouts: one fires up to this much "
                          "late.",
              .required = "take it from the Redis client's options (StackExchange.Redis: "
                          "HeartbeatInterval, 1s if nobody set it), for example \"1s\"",
              .at_least = 1e3},
             config.timeout_check);
  v.optional_object({.key = "breaker",
                     .sentence = "A circuit breaker in each pod; left out, every request waits "
                                 "for its own timeout."},
                    config.breaker.present,
                    [&](FieldVisitor& members) { describe(members, config.breaker); });
}

}  // namespace

void describe(FieldVisitor& v, BrokerConfig& config) {
  int kind = 0;
  v.one_of({.key = "kind", .sentence = "The broker's protocol."}, std::span{broker_kinds}, kind);
  v.text({.key = "placement",
          .sentence = "\"per_region\": one broker in each region, not replicated between them; or "
                      "the name of the one region that has it."},
         config.placement);
  v.duration({.key = "ttl",
              .sentence = "How long the broker keeps a token after it was last written.",
              .source = "assumed",
              .at_least = 1e6},
             config.ttl);
  v.one_of({.key = "write",
            .sentence = "Whether the broker keeps the newer of two tokens (a Lua script), or the "
                        "one that was written last (a plain SET)."},
           broker_write_names, config.write);
  v.duration_distribution(
      {.key = "get_service",
       .sentence = "Time of the broker's one thread for a GET.",
       .source = "redis/redis-doc benchmarks: 508,388 pipelined GET/s of one thread"},
      config.get_service);
  v.duration_distribution({.key = "set_service",
                           .sentence = "Time of the broker's one thread for a write of a token.",
                           .source = "redis/redis-doc benchmarks: 74,239 SET/s without pipelining"},
                          config.set_service);
  v.object({.key = "client",
            .sentence = "The client library in each pod.",
            .required = "say how long the Redis client waits, for example { \"timeout\": "
                        "\"50ms\", \"timeout_check\": \"1s\" }"},
           [&](FieldVisitor& members) { describe(members, config.client); });
  v.strategy(
      {.key = "on_unavailable", .sentence = "What a pod does when the broker does not answer."},
      degradation_axis(), config.on_unavailable);
}

}  // namespace seatrial::models
