#include "models/store/multi_write/multi_write_client.hpp"

#include <algorithm>

namespace seatrial::models {

namespace {

bool is_patch(const StoreRequest& request) {
  return request.kind == OperationKind::update && patches(request.update);
}

void take_answer(const SetAnswer& reply, StoreAnswer& answer) {
  take_document(reply, answer);
  answer.is_in_conflict = reply.is_in_conflict;
  answer.token = reply.applied;
  answer.covered = reply.covered;
}

}  // namespace

MultiWriteClient::MultiWriteClient(const StoreSurroundings& around, MultiWriteService& service)
    : ClientLibrary{around.simulation, service.documents()},
      service_{service},
      config_{around.config.store},
      choice_key_{around.random.key(sim::Purpose{"store/replica choice"})} {}

sim::Task<Progress> MultiWriteClient::read_document(StoreRequest request, Invocation invocation,
                                                    Progress progress) {
  progress.throttling = ThrottleRetries{};
  const RegionId first =
      request.from_write_region ? service_.write_regions().hub() : request.from.region;
  const ReplicaOrder order{config_, choice_key_, request.name,
                           static_cast<std::uint8_t>(progress.sent)};
  RegionWalk walk{in_turn(request, service_.write_regions().to_read(first)), order, config_,
                  progress.sent, simulation_.now()};
  bool some_answered = false;
  while (simulation_.now() < request.deadline) {
    const std::optional<RegionWalk::Step> step = walk.next(simulation_.now());
    if (!step && !some_answered) break;
    if (!step && config_.on_token_unsatisfied != OnTokenUnsatisfied::error) {
      co_return co_await read_without_token(request, invocation, progress);
    }
    if (!step) {
      end_without_answer(Outcome::token_unsatisfied, simulation_.now(), progress.answer);
      co_return progress;
    }
    if (step->wait >= request.deadline - simulation_.now()) break;
    co_await simulation_.delay(step->wait);
    sim::ReplySlot<SetAnswer> slot{simulation_};
    const Instant sent = simulation_.now();
    SetRead message = read_message(request, invocation, step->to, progress);
    message.reply_to = slot.address();
    service_.send(message);
    const std::optional<SetAnswer> reply = co_await slot.until(give_up_at(request.deadline));
    if (!reply) {
      note_silence(request, walk.was_silent(), sent);
      continue;
    }
    some_answered = true;
    count_answer(request.from.region, *reply, progress);
    if (reply->status == ReplicaStatus::ok) {
      take_answer(*reply, progress.answer);
      co_return progress;
    }
    if (reply->status == ReplicaStatus::throttled) {
      const bool again =
          co_await wait_for_throughput(reply->retry_after, request.deadline, &progress);
      if (!again) co_return progress;
      walk.ask_again();
      continue;
    }
  }
  co_await simulation_.until(request.deadline);
  end_without_answer(Outcome::timed_out, simulation_.now(), progress.answer);
  co_return progress;
}

// What is left: a replica of the own region, or the hub's primary, whatever they hold.
sim::Task<Progress> MultiWriteClient::read_without_token(StoreRequest request,
                                                         Invocation invocation, Progress progress) {
  request.token = SessionToken{};
  ReplicaOrder order{config_, choice_key_, request.name, static_cast<std::uint8_t>(progress.sent)};
  const bool at_hub = config_.on_token_unsatisfied == OnTokenUnsatisfied::write_region;
  const ReplicaAddress to = at_hub ? ReplicaAddress{service_.write_regions().hub(), 0}
                                   : ReplicaAddress{request.from.region, order.next()};
  sim::ReplySlot<SetAnswer> slot{simulation_};
  SetRead message = read_message(request, invocation, to, progress);
  message.reply_to = slot.address();
  service_.send(message);
  const std::optional<SetAnswer> reply = co_await slot.until(give_up_at(request.deadline));
  if (reply) count_answer(request.from.region, *reply, progress);
  if (!reply || reply->status != ReplicaStatus::ok) {
    end_without_answer(Outcome::token_unsatisfied, simulation_.now(), progress.answer);
    co_return progress;
  }
  take_answer(*reply, progress.answer);
  progress.answer.degraded = Degraded::token_given_up;
  co_return progress;
}

sim::Task<Progress> MultiWriteClient::write_to(StoreRequest request, Version base,
                                               Progress progress) {
  progress.throttling = ThrottleRetries{};
  RegionWalk walk{in_turn(request, service_.write_regions().to_write(request.from.region)),
                  std::nullopt, config_, progress.sent, simulation_.now()};
  while (simulation_.now() < request.deadline) {
    const std::optional<RegionWalk::Step> step = walk.next(simulation_.now());
    if (!step) {
      end_without_answer(Outcome::token_unsatisfied, simulation_.now(), progress.answer);
      co_return progress;
    }
    if (step->wait >= request.deadline - simulation_.now()) break;
    co_await simulation_.delay(step->wait);
    sim::ReplySlot<SetAnswer> slot{simulation_};
    const Instant sent = simulation_.now();
    SetWrite message = write_message(request, base, step->to, progress);
    message.reply_to = slot.address();
    service_.send(message);
    const std::optional<SetAnswer> reply = co_await slot.until(give_up_at(request.deadline));
    if (!reply) {
      note_silence(request, step->to.region, sent);
      end_without_answer(Outcome::timed_out, simulation_.now(), progress.answer);
      co_return progress;
    }
    count_answer(request.from.region, *reply, progress);
    if (reply->status == ReplicaStatus::throttled) {
      const bool again =
          co_await wait_for_throughput(reply->retry_after, request.deadline, &progress);
      if (!again) co_return progress;
      walk.ask_again();
      continue;
    }
    if (reply->status != ReplicaStatus::behind) {
      take_written(base, *reply, progress.answer);
      co_return progress;
    }
  }
  co_await simulation_.until(request.deadline);
  end_without_answer(Outcome::timed_out, simulation_.now(), progress.answer);
  co_return progress;
}

void MultiWriteClient::take_written(Version base, const SetAnswer& reply,
                                    StoreAnswer& answer) const {
  take_answer(reply, answer);
  answer.based_on = base;
  if (reply.status == ReplicaStatus::ok) {
    answer.cross_region_bytes += reply.replication_bytes;
    return;
  }
  answer.outcome = refused_by(reply.status);
}

std::vector<RegionId> MultiWriteClient::in_turn(const StoreRequest& request,
                                                const std::vector<RegionId>& regions) const {
  std::vector<RegionId> ordered = regions;
  if (request.client >= avoided_until_.size()) return ordered;
  const std::vector<Instant>& until = avoided_until_[request.client];
  if (until.empty()) return ordered;
  const auto avoided_until = [&](RegionId region) {
    return std::max(until[region.value()], simulation_.now());
  };
  std::stable_sort(ordered.begin(), ordered.end(), [&](RegionId one, RegionId other) {
    return avoided_until(one) < avoided_until(other);
  });
  return ordered;
}

void MultiWriteClient::note_silence(const StoreRequest& request, RegionId region, Instant sent) {
  if (simulation_.now() - sent < request_timeout) return;
  if (request.client >= avoided_until_.size()) avoided_until_.resize(request.client + 1);
  std::vector<Instant>& until = avoided_until_[request.client];
  until.resize(service_.regions());
  until[region.value()] = simulation_.now() + AccountView::avoided_for;
}

SessionToken MultiWriteClient::barrier_of(const StoreRequest& request) const {
  const Consistency level = level_of(request.level, config_.consistency);
  return heeds_token(level) ? request.token : SessionToken{};
}

SetRead MultiWriteClient::read_message(const StoreRequest& request, const Invocation& invocation,
                                       ReplicaAddress to, Progress& progress) const {
  SetRead message;
  message.operation = request.name;
  message.attempt = progress.sent;
  message.to = to;
  message.from = request.from;
  message.document = Documents::slot_of(request.document);
  message.size = request.size;
  message.barrier = barrier_of(request);
  message.invocation = invocation;
  count_request(message, header_bytes, progress);
  return message;
}

SetWrite MultiWriteClient::write_message(const StoreRequest& request, Version base,
                                         ReplicaAddress to, Progress& progress) const {
  SetWrite message;
  message.kind = request.kind;
  message.operation = request.name;
  message.attempt = progress.sent;
  message.to = to;
  message.from = request.from;
  message.document = Documents::slot_of(request.document);
  message.size = request.size;
  message.payload = payload_of(request);
  message.barrier = barrier_of(request);
  message.precondition = precondition_of(request);
  message.paths = is_patch(request) ? request.paths : all_paths;
  message.meant = request.kind == OperationKind::update ? request.paths : 0;
  message.base = base;
  message.seen = request.seen;
  count_request(message, header_bytes + message.payload, progress);
  return message;
}

}  // namespace seatrial::models
