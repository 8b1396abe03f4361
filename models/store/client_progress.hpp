// What both client libraries (client.hpp, multi_write/) do alike: what a write carries and asks of
// the document that it meets, what is counted while they ask, and how an answer ends.
#pragma once

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
// What its condition says without a read before it: what the user saw.
std::optional<Version> condition_in_hand(const StoreRequest& request);
Outcome refused_by(ReplicaStatus status);

// Of a document that is no longer open.
StoreAnswer nobody_waits(Instant now);

void count_request(const ReplicaRequest& request, Bytes size, Progress& progress);

// Keeps only what was counted.
void end_without_answer(Outcome outcome, Instant now, StoreAnswer& answer);

// After a 429: waits until the request may be sent again; false: the answer says why it will not
// be. The progress is the caller's.
sim::Task<bool> wait_for_throughput(sim::Simulation& simulation, Duration retry_after,
                                    Instant deadline, Progress* progress);

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

}  // namespace seatrial::models
