#include "models/store/client.hpp"

#include <algorithm>

namespace seatrial::models {

Client::Client(sim::Simulation& simulation, ReplicaService& service, const StoreConfig& config,
               const sim::RandomSource& random)
    : ClientLibrary{simulation, service.documents()},
      service_{service},
      config_{config},
      choice_key_{random.key(sim::Purpose{"store/replica choice"})},
      processes_{simulation} {}

sim::Task<Progress> Client::read_document(StoreRequest request, Invocation invocation,
                                          Progress progress) {
  if (asks_quorum(level_of_reads(request))) return read_quorum(request, invocation, progress);
  const bool at_primary = request.from_write_region || config_.read_from == ReadFrom::primary;
  if (config_.hedge.present && !at_primary) return read_hedged(request, invocation, progress);
  return read_one(request, invocation, progress);
}

sim::Task<Progress> Client::read_one(StoreRequest request, Invocation invocation,
                                     Progress progress) {
  progress.throttling = ThrottleRetries{};
  const AccountView& account = account_of(request);
  const RegionId home = request.from.region;
  const RegionId write_region = account.write_region(partition_of(request));
  const ReadPlan::Regions regions{account.nearest(home, simulation_.now()), write_region};
  ReadPlan plan{config_, request, regions, choice_key_, progress.sent, simulation_.now()};
  while (simulation_.now() < request.deadline) {
    const std::optional<ReadPlan::Step> step = plan.next(simulation_.now());
    if (!step) {
      end_without_answer(Outcome::token_unsatisfied, simulation_.now(), progress.answer);
      co_return progress;
    }
    if (step->wait >= request.deadline - simulation_.now()) break;
    co_await simulation_.delay(step->wait);
    if (!step->carries_token) request.token = SessionToken{};
    sim::ReplySlot<ReplicaAnswer> slot{simulation_};
    const Instant sent = simulation_.now();
    ReadRequest message = read_of(request, invocation, step->to);
    message.reply_to = slot.address();
    send_read(message, progress);
    const std::optional<ReplicaAnswer> reply = co_await slot.until(give_up_at(request.deadline));
    if (!reply) {
      note_silence(request, step->to.region, sent);
      plan.read_from(account.nearest(home, simulation_.now()));
      continue;
    }
    count_answer(request.from.region, *reply, progress);
    if (reply->status == ReplicaStatus::ok) {
      take_answer(*reply, progress.answer);
      if (!step->carries_token) progress.answer.degraded = Degraded::token_given_up;
      co_return progress;
    }
    if (reply->status == ReplicaStatus::gone) {
      plan.was_gone();
      continue;
    }
    if (reply->status == ReplicaStatus::throttled) {
      const bool again =
          co_await wait_for_throughput(reply->retry_after, request.deadline, &progress);
      if (!again) co_return progress;
      continue;
    }
    plan.was_behind();
  }
  co_await simulation_.until(request.deadline);
  end_without_answer(Outcome::timed_out, simulation_.now(), progress.answer);
  co_return progress;
}

sim::Task<Progress> Client::write_to(StoreRequest request, Version base, Progress progress) {
  progress.throttling = ThrottleRetries{};
  const AccountView& account = account_of(request);
  bool is_refused = false;
  GoneRetries gone{1};
  while (simulation_.now() < request.deadline) {
    const std::uint32_t partition = partition_of(request);  // may be another after a split
    if (is_refused || account.is_in_doubt(partition, simulation_.now())) {
      co_await ask_who_writes(request, progress);
    }
    const RegionId to = account.write_region(partition);
    const Instant sent = simulation_.now();
    sim::ReplySlot<ReplicaAnswer> slot{simulation_};
    send_write(request, to, base, slot.address(), progress);
    const std::optional<ReplicaAnswer> reply = co_await slot.until(give_up_at(request.deadline));
    if (!reply) {
      note_silence(request, to, sent);
      break;
    }
    count_answer(request.from.region, *reply, progress);
    if (reply->status == ReplicaStatus::not_write_region) {
      if (is_refused) co_await simulation_.until(in_time(retry_after_403, request.deadline));
      is_refused = true;
      continue;
    }
    if (reply->status == ReplicaStatus::gone) {
      const Duration wait = gone.next_wait();
      co_await simulation_.until(in_time(wait, request.deadline));
      continue;
    }
    if (reply->status != ReplicaStatus::throttled) {
      take_written(base, *reply, progress.answer);
      if (!reply->is_committed) co_return co_await await_commit(request, progress);
      co_return progress;
    }
    const bool again =
        co_await wait_for_throughput(reply->retry_after, request.deadline, &progress);
    if (!again) co_return progress;
  }
  end_without_answer(Outcome::timed_out, simulation_.now(), progress.answer);
  co_return progress;
}

void Client::take_written(Version base, const ReplicaAnswer& reply, StoreAnswer& answer) const {
  take_answer(reply, answer);
  answer.based_on = base;
  if (reply.status == ReplicaStatus::ok) {
    answer.cross_region_bytes += reply.replication_bytes;
    return;
  }
  answer.outcome = refused_by(reply.status);
}

void Client::take_answer(const ReplicaAnswer& reply, StoreAnswer& answer) {
  take_document(reply, answer);
  if (!reply.applied.is_none()) answer.token = reply.applied;
  if (reply.fell_back) answer.degraded = Degraded::acknowledged_early;
}

Instant Client::in_time(Duration wait, Instant deadline) const {
  return std::min(deadline, simulation_.now() + wait);
}

ReadRequest Client::read_of(const StoreRequest& request, const Invocation& invocation,
                            ReplicaAddress to) const {
  ReadRequest message;
  message.operation = request.name;
  message.to = to;
  message.from = request.from;
  message.document = Documents::slot_of(request.document);
  message.size = request.size;
  message.level = level_of_reads(request);
  if (heeds_token(message.level)) message.barrier = request.token;
  message.invocation = invocation;
  return message;
}

void Client::send_read(ReadRequest message, Progress& progress) {
  message.attempt = progress.sent;
  count_request(message, header_bytes, progress);
  service_.send(message);
}

void Client::send_write(const StoreRequest& request, RegionId to, Version base,
                        sim::ReplyAddress reply_to, Progress& progress) {
  WriteRequest message;
  message.kind = request.kind;
  message.reply_to = reply_to;
  message.operation = request.name;
  message.attempt = progress.sent;
  message.to = ReplicaAddress{to, 0};
  message.from = request.from;
  message.document = Documents::slot_of(request.document);
  message.size = request.size;
  message.payload = payload_of(request);
  message.patch = request.patch_size;
  message.precondition = precondition_of(request);
  message.meant = request.kind == OperationKind::update ? request.paths : 0;
  message.base = base;
  message.seen = request.seen;
  count_request(message, header_bytes + message.payload, progress);
  service_.send(message);
}

}  // namespace seatrial::models
