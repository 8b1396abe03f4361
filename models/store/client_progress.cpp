#include "models/store/client_progress.hpp"

#include <algorithm>

namespace seatrial::models {

Bytes payload_of(const StoreRequest& request) {
  if (request.kind == OperationKind::delete_) return 0;
  const bool by_patch = request.kind == OperationKind::update && patches(request.update);
  return by_patch ? request.patch_size : request.size;
}

Precondition precondition_of(const StoreRequest& request) {
  if (request.kind != OperationKind::update) return Precondition::none;
  switch (request.update) {
    case UpdateBy::replace:
      return Precondition::report_overwrite;
    case UpdateBy::replace_if_match:
      return Precondition::must_match;
    case UpdateBy::patch_if_unchanged:
      return Precondition::paths_unchanged;
    case UpdateBy::patch:
      break;
  }
  return Precondition::none;
}

std::optional<Version> condition_in_hand(const StoreRequest& request) {
  if (request.update != UpdateBy::patch_if_unchanged) return std::nullopt;
  return request.seen;
}

Outcome refused_by(ReplicaStatus status) {
  if (status == ReplicaStatus::conflict) return Outcome::conflict;
  if (status == ReplicaStatus::not_found) return Outcome::not_found;
  return Outcome::precondition_failed;
}

StoreAnswer nobody_waits(Instant now) {
  StoreAnswer answer;
  answer.outcome = Outcome::reset;
  answer.answered = now;
  return answer;
}

void count_request(const ReplicaRequest& request, Bytes size, Progress& progress) {
  StoreAnswer& answer = progress.answer;
  ++progress.sent;
  answer.attempts = static_cast<std::uint8_t>(std::min<int>(progress.sent, 255));
  if (request.to.region == request.from.region) return;
  ++answer.cross_region_calls;
  answer.cross_region_bytes += size;
}

void end_without_answer(Outcome outcome, Instant now, StoreAnswer& answer) {
  StoreAnswer ended;
  ended.outcome = outcome;
  ended.answered = now;
  ended.attempts = answer.attempts;
  ended.throttled = answer.throttled;
  ended.cross_region_calls = answer.cross_region_calls;
  ended.ru = answer.ru;
  ended.cross_region_bytes = answer.cross_region_bytes;
  answer = ended;
}

sim::Task<bool> wait_for_throughput(sim::Simulation& simulation, Duration retry_after,
                                    Instant deadline, Progress* progress) {
  const std::optional<Duration> wait = progress->throttling.next_wait(retry_after);
  if (!wait) {
    end_without_answer(Outcome::throttled, simulation.now(), progress->answer);
    co_return false;
  }
  if (*wait >= deadline - simulation.now()) {
    co_await simulation.until(deadline);
    end_without_answer(Outcome::timed_out, simulation.now(), progress->answer);
    co_return false;
  }
  co_await simulation.delay(*wait);
  co_return true;
}

}  // namespace seatrial::models
