// The client library in a pod: which replica it asks, when it asks again, what it gives up on.
//
//   read   (a quorum: client_quorum.cpp; hedged: client_hedge.cpp)
//          ──> replicas of the pod's region, one by one, until one has applied the token
//          ──> none has (404/1002): wait by the SDK's schedule, ask all again, up to 5 s or,
//              where another region is preferred, a few times
//          ──> the primary of the write region, once
//          ──> token_unsatisfied, or again without the token (on_token_unsatisfied)
//   write  ──> the primary of the write region; a replace and a conditional PATCH read first;
//              412: read and try again
//          ──> strong, several regions: asks until it is committed (client_strong.cpp)
//   410    ──> the replica has crashed: the next one; a write after 0, 1, 2, 4, ... s again
//   429    ──> wait as long as the server says and send again: throttling.hpp
//
// Which region that is, each client knows by itself (account_view.hpp). A region that has not
// answered is avoided, and before the next write another is asked who writes. A region that does
// not write says so (403/3): the client asks, and sends the write again, at once and then every
// second.
//
// Laws: a coroutine ends at the request's deadline at the latest. A write is sent once, and again
// only when it was turned away: the library does not repeat what may have happened.
// Sources: order of replicas and last resort from the session-consistency reader of the public
// client libraries; no repetition
// of writes: "Handle connection errors" in the Azure Cosmos DB training and azure-sdk-for-java
// pull request 34227; one second after 403/3: ClientRetryPolicy of azure-cosmos-dotnet-v3. Assumed:
// a region that is silent for a second does not answer.
// Not modelled: connection set-up, address caches.
#pragma once

#include "models/store/account_view.hpp"
#include "models/store/client_library.hpp"
#include "models/store/read_plan.hpp"
#include "sim/process_group.hpp"
#include "sim/task.hpp"

namespace seatrial::models {

class Client : public ClientLibrary {
 public:
  static constexpr Duration retry_after_403 = Duration::seconds(1);
  static constexpr Duration silence = Duration::seconds(1);

  Client(sim::Simulation& simulation, ReplicaService& service, const StoreConfig& config,
         const sim::RandomSource& random);

  // For the observer: how often a further region was asked beside the first.
  std::uint64_t hedges() const { return hedges_; }

 private:
  void begin(const StoreRequest& request) override { keep_account_fresh(request); }
  sim::Task<Progress> read_document(StoreRequest request, Invocation invocation,
                                    Progress progress) override;
  sim::Task<Progress> read_one(StoreRequest request, Invocation invocation, Progress progress);
  sim::Task<Progress> read_hedged(StoreRequest request, Invocation invocation, Progress progress);
  sim::Task<Progress> read_quorum(StoreRequest request, Invocation invocation, Progress progress);
  sim::Task<Progress> write_to(StoreRequest request, Version base, Progress progress) override;
  // Goes on to the next region when one does not answer. The progress is its caller's.
  sim::Task<> ask_who_writes(StoreRequest request, Progress& progress);
  sim::Process read_account(StoreRequest request);
  sim::Task<Progress> await_commit(StoreRequest request, Progress progress);

  static void take_answer(const ReplicaAnswer& reply, StoreAnswer& answer);
  void take_written(Version base, const ReplicaAnswer& reply, StoreAnswer& answer) const;
  Consistency level_of_reads(const StoreRequest& request) const {
    return level_of(request.level, config_.consistency);
  }
  ReadRequest read_of(const StoreRequest& request, const Invocation& invocation,
                      ReplicaAddress to) const;
  void send_read(ReadRequest message, Progress& progress);
  void send_write(const StoreRequest& request, RegionId to, Version base,
                  sim::ReplyAddress reply_to, Progress& progress);
  Instant in_time(Duration wait, Instant deadline) const;
  AccountView& account_of(const StoreRequest& request);
  std::uint32_t partition_of(const StoreRequest& request) const;
  void keep_account_fresh(const StoreRequest& request);
  // Nobody answered a request that was sent to the region then.
  void note_silence(const StoreRequest& request, RegionId region, Instant sent);

  ReplicaService& service_;
  StoreConfig config_;
  sim::StreamKey choice_key_;
  std::uint64_t hedges_ = 0;
  std::vector<std::unique_ptr<AccountView>> accounts_;  // by client
  sim::ProcessGroup processes_;                         // last: they use all of the above
};

}  // namespace seatrial::models
