// The users: they arrive as an open process, play their scripts operation by operation through
// the front doors, look at their second device, and leave.
//
//   base arrivals (workload rate) + surge arrivals (what a phase adds on top, thinned by its ramp)
//
// Law: who arrives, where, and what they will do is the same under every policy; when they act
// after the first operation depends on the replies, because think time starts at the reply. New
// sessions stop at the end of the last phase; sessions that arrived are played to their end.
// Not modelled: users who give up or try again after a failure, logins, crawlers.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "models/broker/broker.hpp"
#include "models/faults/timeline.hpp"
#include "models/observation.hpp"
#include "models/pods/front_door.hpp"
#include "models/sessions/script.hpp"
#include "models/sessions/user.hpp"
#include "models/world_config.hpp"
#include "sim/process_group.hpp"

namespace seatrial::models {

// What users act in.
struct CrowdSurroundings {
  sim::Simulation& simulation;
  Network& network;
  Store& store;
  const WorldConfig& config;
  const Timeline& timeline;
  std::vector<std::unique_ptr<FrontDoor>>& doors;  // by region
  std::vector<Broker*> brokers;                    // by region; null without one
  Observer& observer;
};

class Crowd {
 public:
  Crowd(CrowdSurroundings surroundings, const sim::RandomSource& random);
  ~Crowd();

  // Schedules the first arrivals.
  void start();

  std::uint64_t sessions() const { return sessions_; }
  std::uint64_t operations() const { return operations_; }
  sim::Hash128 workload_digest() const { return scripts_.value(); }

 private:
  struct Arrivals {
    double rate = 0;  // per second, before thinning
    bool is_surge = false;
    std::uint64_t count = 0;
    sim::Stream draws;
  };

  void schedule_next(Arrivals& arrivals);
  double share_kept(const Arrivals& arrivals) const;
  void arrive(std::uint64_t index, bool is_surge);
  User& add_user(std::uint64_t id);

  sim::Process play(User* user);
  sim::Task<Outcome> operate(User& user, Device& device, OperationKind kind, DocumentName name,
                             DocumentHandle document);
  sim::Process refetch(User* user, DocumentName name, DocumentHandle document,
                       std::uint32_t index);
  void tell_second_device(User& user, DocumentName name, DocumentHandle document);

  DocumentName name_of_document(const User&, const Device&, DataClassId, std::uint64_t rank) const;
  DocumentHandle document(User&, Device&, const DocumentName&);
  Pod* choose_pod(const User&, const OperationName&, Device&, RegionId& door);
  void send(Pod& pod, Request request);
  OperationObserved observed(const User&, const Device&, const Request&, const Reply&) const;
  void remember(Device&, PartitionId, const Reply&);

  void release(User* user);
  void forget(User* user);

  CrowdSurroundings world_;
  ScriptBook book_;
  sim::StreamKey user_key_;
  sim::StreamKey refetch_key_;
  Arrivals base_;
  Arrivals surge_;
  bool client_carries_;
  std::vector<std::vector<DocumentHandle>> shared_documents_;  // by data class and rank
  std::uint64_t sessions_ = 0;
  std::uint64_t operations_ = 0;
  sim::CommutativeDigest scripts_;
  std::vector<std::unique_ptr<User>> users_;
  std::vector<std::uint32_t> free_slots_;  // of users_
  sim::ProcessGroup processes_;
};

}  // namespace seatrial::models
