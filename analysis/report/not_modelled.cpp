// One row of the tables "Not modelled" in docs/models.md and docs/models/*.md each, in their order:
// a test holds the two equal.
#include "analysis/report/not_modelled.hpp"

namespace seatrial::analysis {

std::vector<data::Omission> not_modelled() {
  return {
      // docs/models.md
      {"what copying costs when a partition splits or is merged",
       "more requests sent back for a while"},
      {"merge procedures, and the hub that confirms writes, where several regions take writes",
       "fewer updates lost; further regions hear of a write a little later"},
      {"autoscaling of pods, rolling deployments",
       "more wrong reads where a policy relies on what a pod remembers"},
      {"garbage collection, TLS and DNS, gateway mode, queries", "higher latencies"},
      {"a broker's memory limit, replicas and failover",
       "more wrong reads where a policy relies on a broker"},
      {"users who give up or try again", "more load after an outage"},
      // docs/models/network.md
      {"routes over regions that the scenario does not name", "milder outages after a cut"},
      {"congestion of links without stated bandwidth, and cross traffic",
       "higher tails under load"},
      {"slow minutes: a message's excess is independent of the one before",
       "more bursts of slow requests"},
      {"differences of shape between links (all have the median shape; Singapore to Sydney had a "
       "p99.9 of 2.4 times its P50)",
       "some links slower, some faster"},
      {"legs slower than one in 200,000: the source ends there", "higher extreme tails"},
      {"retransmission: a lost message stays lost until its sender times out", "loss hurts less"},
      {"TLS, connection set-up, name look-ups", "slower first requests"},
      {"loss, faults and jitter inside of a region (constants unless stated)",
       "higher tails inside of a region"},
      {"how long a queue of entries takes to drain after a cut of a link without a stated "
       "bandwidth",
       "slower recovery and more wrong reads after a cut"},
      {"on a detour, queues of the second link follow the order of sending, not of arrival there",
       "either way"},
      // docs/models/store.md
      {"queues and CPU of replicas", "higher latencies and more failures under load"},
      {"two write regions at once (one that is cut off and does not know that it was given up)",
       "more writes lost"},
      {"batching of replication, but on an event bus", "more lag and more wrong reads under load"},
      {"failures of an event bus itself", "more lag"},
      {"a catch-up: bandwidth of a limited link that it takes from others; documents of users who "
       "have left, in a snapshot; pacing anew after a cut; halves of a partition that split "
       "meanwhile (each is sent the whole log)",
       "either way, in how long a catch-up takes"},
      {"connections that drain before a planned switchover", "fewer refused writes"},
      {"zones between primary and secondaries", "a little more lag inside of the write region"},
      {"several preferred regions; hedged writes and hedged reads of quorums",
       "lower tails of reads that are sent back with 404/1002"},
      {"address caches of the client library", "slower first requests"},
      {"autoscale, burst capacity, the RU/s that replication takes in read regions",
       "either way, in refusals under a surge"},
      {"bounded staleness: writes that are slowed down before the bound is reached",
       "fewer refused writes during an outage"},
      {"the barrier of a bounded read whose two replicas differ",
       "slower bounded reads just after a write"},
      {"queries, transactions, PATCHes that commute on the same path",
       "either way, in RU and lost updates"},
      // docs/models/broker.md
      {"loss of a broker's entries in a restart", "more wrong reads after an outage"},
      {"connections to the broker: set-up, multiplexing, backlog, pipelining",
       "slower first requests, faster bursts"},
      {"that a lost connection is noticed before the timeout", "milder outages of the broker"},
      // docs/models/pods.md
      {"memory and connection pools of pods, and their warm-up",
       "higher tails, above all after a start"},
      {"readiness checks that lag behind: a front door knows at once which pods are ready",
       "more failures after a kill"},
      {"retries on another pod, by the front door or by the device", "fewer failures after a kill"},
      {"capacity of the front door", "slower answers in overload"},
      // docs/models/sessions.md
      {"users who come back later", "fewer wrong reads where a token is still remembered"},
      {"users who move to another region", "more wrong reads where tokens stay in a region"},
      {"arrivals that come in bursts beyond Poisson", "longer queues"},
      {"a second device that does more than follow the first one's writes", "more lost updates"},
      // docs/models/faults.md
      {"faults of zones, front doors; links of a region that is down",
       "more failures: here the doors never fail"},
      {"slow pods, slow brokers (grey failures)", "higher latencies and more time-outs"},
      {"faults that end before their phase", "no effect: state a phase for each"},
  };
}

}  // namespace seatrial::analysis
