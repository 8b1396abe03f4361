#include "models/store/quorum/quorum_config.hpp"

namespace seatrial::models {
namespace {

constexpr std::string_view dynamo =
    "DeCandia et al., Dynamo, SOSP 2007, section 6: the common (N, R, W) is (3, 2, 2)";

void describe(FieldVisitor& v, QuorumLegs& legs) {
  v.duration_distribution(
      {.key = "write",
       .sentence = "A write's way to a replica, until the replica answers reads with it.",
       .required = "measure it (coordinator's send to replica's apply), or take a published fit; "
                   "\"0s\" is possible"},
      legs.write);
  v.duration_distribution({.key = "write_ack",
                           .sentence = "The replica's acknowledgement on its way back.",
                           .required = "say how long it takes; \"0s\" is possible"},
                          legs.write_ack);
  v.duration_distribution({.key = "read",
                           .sentence = "A read's way to a replica.",
                           .required = "say how long it takes; \"0s\" is possible"},
                          legs.read);
  v.duration_distribution({.key = "read_reply",
                           .sentence = "The replica's answer on its way back.",
                           .required = "say how long it takes; \"0s\" is possible"},
                          legs.read_reply);
}

void describe(FieldVisitor& v, HintedHandoffConfig& config) {
  v.duration({.key = "after",
              .sentence = "What a replica has not acknowledged so long after it was sent is sent "
                          "again; to one that is down, when it is back.",
              .source = "Cassandra: write_request_timeout, conf/cassandra.yaml",
              .at_least = 1e6},
             config.after);
  v.duration({.key = "at_most",
              .sentence = "How long after the write it is still sent again; then it is given up.",
              .source = "Cassandra: max_hint_window, conf/cassandra.yaml",
              .at_least = 1e6},
             config.at_most);
}

void describe(FieldVisitor& v, AntiEntropyConfig& config) {
  v.duration({.key = "every",
              .sentence = "How often each replica compares with the next one, the last with the "
                          "first, and both take what they lack.",
              .required = "say how often replicas compare, for example \"10min\"",
              .at_least = 1e6},
             config.every);
}

void describe_repairs(FieldVisitor& v, QuorumConfig& config) {
  v.share({.key = "lost_writes",
           .sentence = "Share of the messages to replicas with a version (of writes, hints "
                       "and repairs) that are lost; drawn for each replica by itself.",
           .source = "assumed",
           .at_least = 0,
           .at_most = 0.9},
          config.lost_writes);
  v.share({.key = "read_repair",
           .sentence = "Share of reads after which replicas that answered with an older version "
                       "are sent the newest one that came; the read does not wait for it.",
           .source = "Dynamo repairs after each read; by default nothing is repaired",
           .at_least = 0,
           .at_most = 1},
          config.read_repair);
  v.optional_object({.key = "hinted_handoff",
                     .sentence = "The coordinator keeps what a replica has not acknowledged, and "
                                 "sends it again; left out, a write is sent once."},
                    config.hinted_handoff.present,
                    [&](FieldVisitor& members) { describe(members, config.hinted_handoff); });
  v.optional_object({.key = "anti_entropy",
                     .sentence = "Replicas compare what they have, in the background; left out, "
                                 "they do not."},
                    config.anti_entropy.present,
                    [&](FieldVisitor& members) { describe(members, config.anti_entropy); });
}

}  // namespace

void describe(FieldVisitor& v, QuorumConfig& config) {
  constexpr auto most = static_cast<double>(QuorumConfig::most_replicas);
  v.count({.key = "replicas",
           .sentence = "N: replicas of every document; a write is sent to all of them.",
           .source = dynamo,
           .at_least = 1,
           .at_most = most},
          config.replicas);
  v.count({.key = "write_quorum",
           .sentence = "W: acknowledgements that commit a write.",
           .source = dynamo,
           .at_least = 1,
           .at_most = most},
          config.write_quorum);
  v.count({.key = "read_quorum",
           .sentence = "R: answers that a read waits for; the newest version among them wins.",
           .source = dynamo,
           .at_least = 1,
           .at_most = most},
          config.read_quorum);
  config.read_fanout = config.asked_by_read();
  v.count({.key = "read_fanout",
           .sentence = "Replicas that a read is sent to, chosen at random; left out: all of them.",
           .source = "Dynamo and PBS send to all; some databases ask only as many as they need",
           .at_least = 1,
           .at_most = most},
          config.read_fanout);
  v.object({.key = "legs",
            .sentence = "How long each message takes one way, work at the replica included: drawn "
                        "anew for every replica and operation, so messages overtake each other.",
            .required = "say how long messages take, for example { \"write\": { \"exponential\": { "
                        "\"mean\": \"5ms\" } }, \"write_ack\": \"0.5ms\", \"read\": \"0.5ms\", "
                        "\"read_reply\": \"0.5ms\" }"},
           [&](FieldVisitor& members) { describe(members, config.legs); });
  describe_repairs(v, config);
}

}  // namespace seatrial::models
