#include "models/faults/phases_config.hpp"

namespace seatrial::models {
namespace {

void describe_pods_fault(FieldVisitor& v, FaultConfig& config) {
  v.reference({.key = "pods", .sentence = "The region whose pods are killed."}, Reference::region,
              config.region);
  v.count({.key = "kill",
           .sentence = "How many pods die, with the requests in them.",
           .required = "say how many pods die, for example 2",
           .at_least = 1},
          config.kill);
}

void describe_broker_fault(FieldVisitor& v, FaultConfig& config) {
  v.reference({.key = "broker", .sentence = "The region whose broker has the fault."},
              Reference::region, config.region);
  v.one_of({.key = "is",
            .sentence = "\"refused\": connections are refused at once; \"unreachable\": nothing "
                        "answers; \"up\": no fault.",
            .required = "say \"refused\" or \"unreachable\""},
           broker_state_names, config.state);
}

void describe_partition_fault(FieldVisitor& v, FaultConfig& config) {
  v.list(
      {.key = "partition",
       .sentence = "These regions cannot talk to any other region.",
       .at_least = 1,
       .at_most = 64},
      [&] { return config.regions.size(); },
      [&](FieldVisitor& element, std::size_t index) {
        if (index >= config.regions.size()) config.regions.resize(index + 1);
        element.reference({.key = "", .sentence = "A region that is cut off."}, Reference::region,
                          config.regions[index]);
      });
}

void describe_slow_link_fault(FieldVisitor& v, FaultConfig& config) {
  v.text({.key = "slow_link",
          .sentence = "The link that is slow: \"East US > West Europe\" or both ways, \"East US "
                      "<> West Europe\"."},
         config.link);
  v.multiplier({.key = "factor",
                .sentence = "What the link's one-way time is multiplied by.",
                .required = "say how much slower, for example \"x3\"",
                .at_least = 1,
                .at_most = 1e6},
               config.factor);
}

void describe_cut_link_fault(FieldVisitor& v, FaultConfig& config) {
  v.text({.key = "cut_link",
          .sentence = "The link that is down; traffic takes the shortest way that is left."},
         config.link);
}

void describe_outage(FieldVisitor& v, FaultConfig& config) {
  v.one_of({.key = "is",
            .sentence = "\"down\": nothing in it answers, and what it was doing is gone.",
            .required = "say \"down\""},
           outage_names, config.outage);
}

void describe_region_fault(FieldVisitor& v, FaultConfig& config) {
  v.reference({.key = "region",
               .sentence = "The region whose pods, broker and replicas are down. Its users reach "
                           "the nearest other region."},
              Reference::region, config.region);
  describe_outage(v, config);
}

void describe_store_fault(FieldVisitor& v, FaultConfig& config) {
  v.reference({.key = "store",
               .sentence = "The region whose replicas of the store are down; its pods are up."},
              Reference::region, config.region);
  describe_outage(v, config);
}

void describe_replicas_fault(FieldVisitor& v, FaultConfig& config) {
  v.reference({.key = "replicas",
               .sentence = "The region in which replicas of the store crash, some of each "
                           "partition's, drawn at random."},
              Reference::region, config.region);
  v.count({.key = "crash",
           .sentence = "How many of each partition's replicas crash.",
           .required = "say how many replicas crash, for example 1",
           .at_least = 1,
           .at_most = 16},
          config.crash);
  v.duration({.key = "restart_after",
              .sentence = "How long a replica is down; then it catches up.",
              .source = "assumed",
              .at_least = 0},
             config.restart_after);
}

void describe_split(FieldVisitor& v, FaultConfig& config) {
  v.count({.key = "split",
           .sentence = "The physical partition of the store that splits in two, from 0; those that "
                       "come of it have the next numbers. No fault, and for good.",
           .at_least = 0,
           .at_most = 1e6},
          config.split);
}

void describe_switchover(FieldVisitor& v, FaultConfig& config) {
  v.reference({.key = "switchover",
               .sentence = "The region that takes over the writes, as planned: the write region "
                           "stops taking writes, this region gets all that was committed, and then "
                           "writes; nothing is lost. No fault, and for good."},
              Reference::region, config.region);
  v.duration({.key = "at_most",
              .sentence = "How long no writes are taken; if the region has not caught up by then, "
                          "the write region goes on taking them.",
              .source = "assumed",
              .at_least = 1e6},
             config.at_most);
}

void describe_merge(FieldVisitor& v, FaultConfig& config) {
  v.count({.key = "merge",
           .sentence = "A physical partition of the store that becomes one with another; the new "
                       "one has the next number. No fault, and for good.",
           .at_least = 0,
           .at_most = 1e6},
          config.merge);
  v.count({.key = "with",
           .sentence = "The other one.",
           .required = "say with which partition, for example 1",
           .at_least = 0,
           .at_most = 1e6},
          config.with);
}

void describe(FieldVisitor& v, FaultConfig& config) {
  const auto as = [&](void (*kind)(FieldVisitor&, FaultConfig&)) {
    return [&config, kind](FieldVisitor& members) { kind(members, config); };
  };
  v.alternatives({{"pods", as(describe_pods_fault)},
                  {"broker", as(describe_broker_fault)},
                  {"partition", as(describe_partition_fault)},
                  {"slow_link", as(describe_slow_link_fault)},
                  {"cut_link", as(describe_cut_link_fault)},
                  {"region", as(describe_region_fault)},
                  {"store", as(describe_store_fault)},
                  {"replicas", as(describe_replicas_fault)},
                  {"split", as(describe_split)},
                  {"switchover", as(describe_switchover)},
                  {"merge", as(describe_merge)}},
                 config.kind);
  v.duration({.key = "start_within",
              .sentence = "The fault starts somewhere in this time after the phase's start, "
                          "elsewhere in each replication; it lasts to the phase's end.",
              .source = "assumed",
              .at_least = 0},
             config.start_within);
}

void describe(FieldVisitor& v, PhaseConfig& config) {
  v.text({.key = "name",
          .sentence = "The phase's name in objectives and reports.",
          .required = "name the phase, for example \"normal\""},
         config.name);
  v.duration({.key = "for",
              .sentence = "How long the phase lasts.",
              .required = "say how long the phase lasts, for example \"2min\"",
              .at_least = 1e6},
             config.length);
  v.multiplier({.key = "sessions",
                .sentence = "Times the workload's rate of new sessions.",
                .at_least = 0,
                .at_most = 1e4},
               config.sessions);
  v.duration({.key = "ramp",
              .sentence = "How long the load takes to change from the phase before to this one, "
                          "linearly.",
              .at_least = 0},
             config.ramp);
  v.hours_per_month({.key = "stands_for",
                     .sentence = "Time of a month that the phase represents; weighs the phases "
                                 "into a month.",
                     .at_least = 0,
                     .at_most = 744},
                    config.stands_for_hours_per_month);
  v.list(
      {.key = "faults", .sentence = "What breaks in this phase.", .at_most = 100},
      [&] { return config.faults.size(); },
      [&](FieldVisitor& element, std::size_t index) {
        if (index >= config.faults.size()) config.faults.resize(index + 1);
        describe(element, config.faults[index]);
      });
}

}  // namespace

void describe(FieldVisitor& v, std::vector<PhaseConfig>& phases) {
  v.list(
      {.key = "phases",
       .sentence = "The story of a run: phases, one after the other.",
       .required = "give at least one phase, for example [ { \"name\": \"normal\", \"for\": "
                   "\"2min\" } ]",
       .at_least = 1,
       .at_most = 100},
      [&] { return phases.size(); },
      [&](FieldVisitor& element, std::size_t index) {
        if (index >= phases.size()) phases.resize(index + 1);
        describe(element, phases[index]);
      });
}

}  // namespace seatrial::models
