#include "models/store/replication/bus_config.hpp"

namespace seatrial::models {

namespace {

constexpr std::string_view kafka = "Kafka: ProducerConfig.java";

void describe_producer(FieldVisitor& v, BusPlan& plan) {
  v.count(
      {.key = "bus_partitions",
       .sentence = "Partitions of the bus for each partition of the store; documents are spread "
                   "over them, and each keeps its order.",
       .source = "assumed",
       .at_least = 1,
       .at_most = 1024},
      plan.partitions);
  v.bytes({.key = "batch",
           .sentence = "A batch is sent when it has this size.",
           .source = kafka,
           .at_least = 1},
          plan.batch);
  v.duration({.key = "linger",
              .sentence = "A batch is sent at the latest so long after its first event.",
              .source = kafka,
              .at_least = 0,
              .at_most = 3600e9},
             plan.linger);
  v.duration_distribution({.key = "publish",
                           .sentence = "Time from the producer until the bus has a batch.",
                           .source = "assumed"},
                          plan.publish);
  v.share({.key = "lost",
           .sentence = "Share of the sends that do not arrive; they are sent again.",
           .source = "assumed",
           .at_least = 0,
           .at_most = 0.9},
          plan.lost);
  v.share({.key = "unacknowledged",
           .sentence = "Share of the sends that arrive and whose acknowledgement does not: sent "
                       "again, a duplicate.",
           .source = "assumed",
           .at_least = 0,
           .at_most = 0.9},
          plan.unacknowledged);
  v.duration({.key = "retry_after",
              .sentence = "How long a producer waits before it sends a batch again.",
              .source = "assumed",
              .at_least = 1e6},
             plan.retry_after);
}

}  // namespace

void describe(FieldVisitor& v, BusPlan& plan) {
  describe_producer(v, plan);
  v.duration(
      {.key = "poll_delay",
       .sentence = "How long a consumer waits after a read that found nothing; \"0s\": it is "
                   "told at once.",
       .source = "Cosmos DB change feed processor: ChangeFeedProcessorOptions.cs",
       .at_least = 0},
      plan.poll_delay);
  v.share({.key = "redelivered",
           .sentence = "Share of the reads whose consumer fails before it has noted that it is "
                       "done: the events come again.",
           .source = "assumed",
           .at_least = 0,
           .at_most = 0.9},
          plan.redelivered);
  v.text({.key = "upgrade_in",
          .sentence = "A phase in which producers write events in a version that consumers "
                      "understand only at its end; until then such events wait. Empty: none."},
         plan.upgrade_phase);
}

}  // namespace seatrial::models
