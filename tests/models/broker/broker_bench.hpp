// A broker and one pod's client of it, for tests: the way between them takes no time unless the
// configuration says so.
#pragma once

#include <deque>
#include <utility>

#include "models/broker/broker_client.hpp"
#include "sim/process_group.hpp"
#include "tests/models/world_fixture.hpp"

namespace seatrial::models {

inline const BrokerKey some_key = BrokerKey::of(SessionId{1}, PartitionId{0});
inline SessionToken token_of(std::uint64_t lsn) { return {1, lsn}; }

class BrokerBench {
 public:
  struct Asked {
    BrokerAnswer answer;
    Instant ended;
  };

  explicit BrokerBench(WorldConfig world, Duration check_phase = {}, RegionId broker_region = {})
      : config{std::move(world)},
        random{1, 0},
        network{config.regions, random},
        broker{simulation, network, config.broker, Place{broker_region, 0}, random, seen},
        client{simulation, network, config.broker, broker, Place{}, check_phase},
        processes{simulation} {}

  // A reference that stays good; it is filled when the simulation has run.
  Asked& get_at(Instant when, BrokerKey key = some_key) { return ask(when, key, {}); }
  Asked& set_at(Instant when, SessionToken token, BrokerKey key = some_key) {
    return ask(when, key, token);
  }
  void set_state_at(Instant when, BrokerState state) {
    simulation.schedule(when, [this, state] { broker.set_state(state); });
  }

  WorldConfig config;
  sim::Simulation simulation;
  sim::RandomSource random;
  Network network;
  Observations seen;
  Broker broker;
  BrokerClient client;
  sim::ProcessGroup processes;

 private:
  Asked& ask(Instant when, BrokerKey key, SessionToken token) {
    Asked& into = asked_.emplace_back();
    const OperationName name{SessionId{1}, static_cast<std::uint32_t>(asked_.size())};
    processes.start(play(this, when, key, token, name, &into));
    return into;
  }
  static sim::Process play(BrokerBench* bench, Instant when, BrokerKey key, SessionToken token,
                           OperationName name, Asked* into) {
    co_await bench->simulation.until(when);
    const DocumentName document;
    if (token.is_none()) {
      const BrokerAnswer got = co_await bench->client.get(key, name, document);
      into->answer = got;
    } else {
      const BrokerAnswer stored = co_await bench->client.set(key, token, name, document);
      into->answer = stored;
    }
    into->ended = bench->simulation.now();
  }

  std::deque<Asked> asked_;
};

}  // namespace seatrial::models
