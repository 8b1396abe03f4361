// The client library where several regions take writes.
//
//   read   ──> replicas of the pod's region, one by one, until one has applied the token
//          ──> none has (404/1002): wait by the SDK's schedule, ask all again, up to 5 s
//          ──> the same in the next nearest region, and so on, each region once
//          ──> on_token_unsatisfied
//          a region that does not answer is left for the next one, and avoided for 5 min
//   update ──> the primary of the nearest region that takes writes; 404/1002 as above, over the
//              write regions; a replace reads first; 412: read and try again
//
// Laws: as in client.hpp: it ends at the request's deadline, and a write that may have happened is
// not repeated.
// Source: ClientRetryPolicy of the public client libraries, shouldRetryOnSessionNotAvailable: each
// read (for a write: write) endpoint once, in the order of the preferred regions.
// Not modelled: as in client.hpp; a degraded read goes to the hub.
#pragma once

#include "models/store/account_view.hpp"
#include "models/store/client_library.hpp"
#include "models/store/multi_write/multi_write_service.hpp"
#include "models/store/multi_write/region_walk.hpp"
#include "sim/task.hpp"

namespace seatrial::models {

class MultiWriteClient : public ClientLibrary {
 public:
  MultiWriteClient(const StoreSurroundings& around, MultiWriteService& service);

 private:
  // In the order in which this client asks them: those that it avoids come last.
  std::vector<RegionId> in_turn(const StoreRequest& request,
                                const std::vector<RegionId>& regions) const;
  void note_silence(const StoreRequest& request, RegionId region, Instant sent);

  sim::Task<Progress> read_document(StoreRequest request, Invocation invocation,
                                    Progress progress) override;
  sim::Task<Progress> read_without_token(StoreRequest request, Invocation invocation,
                                         Progress progress);
  sim::Task<Progress> write_to(StoreRequest request, Version base, Progress progress) override;

  SetRead read_message(const StoreRequest& request, const Invocation& invocation, ReplicaAddress to,
                       Progress& progress) const;
  SetWrite write_message(const StoreRequest& request, Version base, ReplicaAddress to,
                         Progress& progress) const;
  SessionToken barrier_of(const StoreRequest& request) const;
  void take_written(Version base, const SetAnswer& reply, StoreAnswer& answer) const;

  MultiWriteService& service_;
  StoreConfig config_;
  sim::StreamKey choice_key_;
  std::vector<std::vector<Instant>> avoided_until_;  // by client and region; empty: none
};

}  // namespace seatrial::models
