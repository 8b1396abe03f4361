// What the client libraries for one write region (client.hpp) and for several (multi_write/) do
// alike: an update reads first where it must, and again after a 412; what a write carries and asks
// of the document that it meets; what is counted while they ask; how an answer ends.
//
// Sources: request timeout CosmosClientOptions.RequestTimeout, default 6 s. Assumed: five retries
// after 412.
#pragma once

#include <algorithm>

#include "models/store/replica_service.hpp"
#include "models/store/throttling.hpp"
#include "sim/task.hpp"

namespace seatrial::models {

struct Progress {
  StoreAnswer answer;
  AttemptNumber sent = 0;      // requests so far
  ThrottleRetries throttling;  // of the request that is under way
};

// What a write carries of the document.
Bytes payload_of(const StoreRequest& request);
// By how its data class is updated.
Precondition precondition_of(const StoreRequest& request);
Outcome refused_by(ReplicaStatus status);

void count_request(const ReplicaRequest& request, Bytes size, Progress& progress);

// Keeps only what was counted.
void end_without_answer(Outcome outcome, Instant now, StoreAnswer& answer);

template <class Answer>
void count_answer(RegionId asked_from, const Answer& reply, Progress& progress) {
  progress.answer.ru += reply.ru;
  if (reply.status == ReplicaStatus::throttled) ++progress.answer.throttled;
  if (reply.from.region != asked_from) progress.answer.cross_region_bytes += reply.size;
}

// What every good answer says, and a refusal of a write, too.
template <class Answer>
void take_document(const Answer& reply, StoreAnswer& answer) {
  answer.outcome = Outcome::ok;
  answer.version = reply.version;
  answer.lost_update = reply.lost_update;
  answer.found = reply.found;
  answer.served_by = reply.from.region;
  answer.replica = reply.from.replica;
  answer.answered = reply.answered;
  answer.truth = reply.truth;
}

class ClientLibrary {
 public:
  static constexpr Duration request_timeout = Duration::seconds(6);
  static constexpr int retries_after_412 = 5;

  ClientLibrary(sim::Simulation& simulation, Documents& documents)
      : simulation_{simulation}, documents_{documents} {}
  virtual ~ClientLibrary() = default;

  sim::Task<StoreAnswer> read(StoreRequest request, Invocation invocation);
  sim::Task<StoreAnswer> update(StoreRequest request, Invocation invocation);

 protected:
  // After a 429: waits until the request may be sent again; false: the answer says why it will not
  // be. The progress is the caller's.
  sim::Task<bool> wait_for_throughput(Duration retry_after, Instant deadline, Progress* progress);
  Instant give_up_at(Instant deadline) const {
    return std::min(deadline, simulation_.now() + request_timeout);
  }

  sim::Simulation& simulation_;

 private:
  virtual void begin(const StoreRequest&) {}
  virtual sim::Task<Progress> read_document(StoreRequest request, Invocation invocation,
                                            Progress progress) = 0;
  virtual sim::Task<Progress> write_to(StoreRequest request, Version base, Progress progress) = 0;
  sim::Task<Progress> read_and_write(StoreRequest request, Invocation invocation);

  Documents& documents_;
};

}  // namespace seatrial::models
