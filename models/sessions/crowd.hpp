// The users: they arrive as an open process, play their scripts operation by operation through
// the front doors, look at their second device, and leave.
//
//   base arrivals (workload rate) + surge arrivals (what a phase adds on top, thinned by its ramp)
//
// Law: who arrives, where, and what they will do is the same under every policy; when they act
// after the first operation depends on the replies, because think time starts at the reply. New
// sessions stop at the end of the last phase; sessions that arrived are played to their end. The
// second device's operations have the index of the write that they look for, so that they are the
// same operations under every policy, in whatever order they are played.
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
  // Schedules the first arrivals.
  void start();

  std::uint64_t sessions() const { return sessions_; }
  std::uint64_t operations() const { return operations_; }
  std::size_t users_alive() const { return users_.size() - free_slots_.size(); }
  sim::Hash128 workload_digest() const { return scripts_.value(); }

 private:
  struct Arrivals {
    double rate = 0;  // per second, before thinning
    bool is_surge = false;
    std::uint64_t count = 0;
    sim::Stream draws;
  };
  // What a device does next.
  struct Operation {
    std::uint32_t index = 0;  // of the device's session
    OperationKind kind = OperationKind::read;
    DocumentName name;
    DocumentHandle document;
    std::uint64_t paths = 0;
    SessionToken message_token;  // of the message that set it off
  };
  // How it ended.
  struct Ended {
    Outcome outcome = Outcome::ok;
    SessionToken message_token;  // what messages about it are to carry
  };

  void schedule_next(Arrivals& arrivals);
  double share_kept(const Arrivals& arrivals) const;
  void arrive(std::uint64_t index, bool is_surge);
  User& add_user(std::uint64_t id);

  sim::Process play(User* user);
  Operation next_operation(User&, Script&, const ScriptBook::Action&);
  void tell_second_device(User& user, Operation written);
  sim::Process refetch(User* user, Operation read);
  Operation update_after(const User& user, const Operation& read) const;
  DocumentName name_of_document(const User&, const Device&, DataClassId, std::uint64_t rank) const;
  DocumentHandle document(User&, Device&, const DocumentName&);

  // One request (crowd_requests.cpp).
  sim::Task<Ended> operate(User& user, Device& device, Operation operation);
  Request request_for(const Device&, const Operation&) const;
  Pod* choose_pod(RegionId door, const OperationName&, std::optional<PodId> cookie);
  FrontDoor& door_of(const Pod& pod) { return *world_.doors[pod.place().region.value()]; }
  void send(Pod& pod, const Request& request);
  void tell(const Request& request, Hop hop, Instant sent, std::optional<Instant> arrives,
            const Pod* pod = nullptr) const;
  void tell_reply(const Request& request, const Reply& reply, Duration back) const;
  void remember(User&, Device&, const Request&, const Pod*, const Reply&);
  bool is_told_apart(const DocumentName& document) const;
  OperationObserved observed(const User&, const Device&, const Request&, const Reply&) const;

  void release(User* user);
  void forget(User* user);
  void forget_in_brokers(const User& user);

  CrowdSurroundings world_;
  ScriptBook book_;
  sim::StreamKey user_key_;
  sim::StreamKey refetch_key_;
  sim::StreamKey update_key_;
  Arrivals base_;
  Arrivals surge_;
  bool remembers_partitions_;  // of each device, because a token travels
  std::vector<std::vector<DocumentHandle>> shared_documents_;  // by data class and rank
  std::uint64_t sessions_ = 0;
  std::uint64_t operations_ = 0;
  sim::CommutativeDigest scripts_;
  std::vector<std::unique_ptr<User>> users_;
  std::vector<std::uint32_t> free_slots_;  // of users_
  sim::ProcessGroup processes_;
};

}  // namespace seatrial::models
