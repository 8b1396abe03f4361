#include "models/store/client_library.hpp"

#include <algorithm>

namespace seatrial::models {

namespace {

// Of a document that is no longer open.
StoreAnswer nobody_waits(Instant now) {
  StoreAnswer answer;
  answer.outcome = Outcome::reset;
  answer.answered = now;
  return answer;
}

// What its condition says without a read before it: what the user saw.
std::optional<Version> condition_in_hand(const StoreRequest& request) {
  if (request.update != UpdateBy::patch_if_unchanged) return std::nullopt;
  return request.seen;
}

}  // namespace

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

Outcome refused_by(ReplicaStatus status) {
  if (status == ReplicaStatus::conflict) return Outcome::conflict;
  if (status == ReplicaStatus::not_found) return Outcome::not_found;
  return Outcome::precondition_failed;
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

sim::Task<StoreAnswer> ClientLibrary::read(StoreRequest request, Invocation invocation) {
  if (!documents_.is_open(request.document)) co_return nobody_waits(simulation_.now());
  const DocumentUse use{documents_, Documents::slot_of(request.document)};
  begin(request);
  const Progress none;
  const Progress done = co_await read_document(request, invocation, none);
  co_return done.answer;
}

sim::Task<StoreAnswer> ClientLibrary::update(StoreRequest request, Invocation invocation) {
  if (!documents_.is_open(request.document)) co_return nobody_waits(simulation_.now());
  const DocumentUse use{documents_, Documents::slot_of(request.document)};
  begin(request);
  if (request.kind == OperationKind::update && reads_first(request.update)) {
    const Progress written = co_await read_and_write(request, invocation);
    co_return written.answer;
  }
  const Version seen = request.seen.value_or(Version{});
  const Progress none;
  const Progress done = co_await write_to(request, seen, none);
  co_return done.answer;
}

sim::Task<Progress> ClientLibrary::read_and_write(StoreRequest request, Invocation invocation) {
  Progress progress;
  std::optional<Version> base = condition_in_hand(request);
  for (int retries = 0;; ++retries) {
    if (!base) {
      progress = co_await read_document(request, invocation, progress);
      if (progress.answer.outcome != Outcome::ok) co_return progress;
      if (!progress.answer.found) {
        progress.answer.outcome = Outcome::not_found;
        co_return progress;
      }
      base = progress.answer.version;
      // Whoever tries again after a 412 has seen why.
      if (retries > 0) request.seen = base;
    }
    const Progress after = co_await write_to(request, *base, progress);
    if (after.answer.outcome != Outcome::precondition_failed) co_return after;
    if (retries == retries_after_412) co_return after;
    request.token = merge(request.token, after.answer.token);
    progress = after;
    base.reset();
  }
}

sim::Task<bool> ClientLibrary::wait_for_throughput(Duration retry_after, Instant deadline,
                                                   Progress* progress) {
  const std::optional<Duration> wait = progress->throttling.next_wait(retry_after);
  if (!wait) {
    end_without_answer(Outcome::throttled, simulation_.now(), progress->answer);
    co_return false;
  }
  if (*wait >= deadline - simulation_.now()) {
    co_await simulation_.until(deadline);
    end_without_answer(Outcome::timed_out, simulation_.now(), progress->answer);
    co_return false;
  }
  co_await simulation_.delay(*wait);
  co_return true;
}

}  // namespace seatrial::models
