// Pods of one region with a store, for tests: requests are put before a pod at given instants.
#pragma once

#include <deque>
#include <memory>
#include <utility>

#include "models/pods/pod.hpp"
#include "tests/models/world_fixture.hpp"

namespace seatrial::models {

class PodBench {
 public:
  struct Asked {
    std::optional<Reply> reply;
    Instant ended;
  };

  explicit PodBench(WorldConfig world)
      : config{std::move(world)},
        random{1, 0},
        network{config.regions, random},
        store{simulation, network, config, random, seen},
        broker{simulation, network, config.broker, Place{}, random, seen},
        document{store.open({DataClassId{0}, 1})},
        processes{simulation} {
    const PodSurroundings surroundings{simulation,
                                       network,
                                       store,
                                       config,
                                       seen,
                                       random.key(sim::Purpose{"test/cpu"}),
                                       random.key(sim::Purpose{"test/publish"})};
    for (std::uint32_t i = 0; i != static_cast<std::uint32_t>(config.pods.count); ++i) {
      pods.push_back(std::make_unique<Pod>(surroundings, PodId{i}, Place{}, &broker, Duration{}));
    }
  }

  // A reference that stays good; it is filled when the simulation has run.
  Asked& ask_at(Instant when, OperationKind kind = OperationKind::read) {
    Asked& into = asked_.emplace_back();
    const OperationName name{SessionId{1}, static_cast<std::uint32_t>(asked_.size())};
    processes.start(play(this, when, kind, name, &into));
    return into;
  }
  void kill_at(Instant when) {
    simulation.schedule(when, [this] { pods[0]->kill(); });
  }
  void restart_at(Instant when) {
    simulation.schedule(when, [this] { pods[0]->restart(); });
  }

  WorldConfig config;
  sim::Simulation simulation;
  sim::RandomSource random;
  Network network;
  Observations seen;
  Store store;
  Broker broker;
  std::vector<std::unique_ptr<Pod>> pods;
  DocumentHandle document;
  Duration patience = Duration::seconds(60);
  sim::ProcessGroup processes;

 private:
  static sim::Process play(PodBench* bench, Instant when, OperationKind kind, OperationName name,
                           Asked* into) {
    co_await bench->simulation.until(when);
    sim::ReplySlot<Reply> slot{bench->simulation};
    Request request;
    request.name = name;
    request.kind = kind;
    request.document_name = DocumentName{DataClassId{0}, 1};
    request.document = bench->document;
    request.deadline = when + bench->patience;
    request.truth = bench->store.observe(bench->document);
    request.reply_to = slot.address();
    Pod* const pod = bench->pods[0].get();
    bench->simulation.schedule(Duration{}, [pod, request] { pod->arrive(request); });
    const Instant never = Instant::never();
    const std::optional<Reply> reply = co_await slot.until(never);
    into->reply = reply;
    into->ended = bench->simulation.now();
  }

  std::deque<Asked> asked_;
};

}  // namespace seatrial::models
