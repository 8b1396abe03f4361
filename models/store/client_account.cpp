// What a client knows of the account, and how it learns: see account_view.hpp.
#include <algorithm>

#include "models/store/client.hpp"

namespace seatrial::models {

namespace {
// Names no request of the operation that sets off the reading has.
constexpr AttemptNumber first_of_account = 25 << 8;
}  // namespace

std::uint32_t Client::partition_of(const StoreRequest& request) const {
  return service_.documents().at(Documents::slot_of(request.document)).partition;
}

AccountView& Client::account_of(const StoreRequest& request) {
  if (request.client >= accounts_.size()) accounts_.resize(request.client + 1);
  std::unique_ptr<AccountView>& account = accounts_[request.client];
  if (!account) {
    account = std::make_unique<AccountView>(service_.network(), service_.first_write_region());
  }
  return *account;
}

void Client::note_silence(const StoreRequest& request, RegionId region, Instant sent) {
  if (simulation_.now() - sent < silence) return;
  account_of(request).did_not_answer(region, simulation_.now());
}

sim::Task<> Client::ask_who_writes(StoreRequest request, Progress& progress) {
  AccountView& account = account_of(request);
  const Invocation nothing;
  std::uint8_t replica = 0;
  for (std::uint32_t i = 0; i < service_.network().regions(); ++i) {
    const RegionId to = account.nearest(request.from.region, simulation_.now());
    sim::ReplySlot<ReplicaAnswer> slot{simulation_};
    ReadRequest message = read_of(request, nothing, ReplicaAddress{to, replica});
    message.asks_who_writes = true;
    message.reply_to = slot.address();
    send_read(message, progress);
    const Instant give_up = std::min(request.deadline, simulation_.now() + silence);
    const std::optional<ReplicaAnswer> reply = co_await slot.until(give_up);
    if (reply) count_answer(request.from.region, *reply, progress);
    if (reply && reply->status == ReplicaStatus::gone) {
      replica = static_cast<std::uint8_t>((replica + 1) % service_.replicas());
      continue;
    }
    if (reply) {
      account.has_asked(simulation_.now());
      account.learn(partition_of(request), reply->write_region);
      co_return;
    }
    if (simulation_.now() >= request.deadline) co_return;
    account.did_not_answer(to, simulation_.now());
  }
}

// In the background, now and then, where the write region may change.
void Client::keep_account_fresh(const StoreRequest& request) {
  if (!config_.failover.present) return;
  AccountView& account = account_of(request);
  if (!account.is_old(simulation_.now())) return;
  account.has_asked(simulation_.now());
  processes_.start(read_account(request));
}

sim::Process Client::read_account(StoreRequest request) {
  const DocumentUse use{service_.documents(), Documents::slot_of(request.document)};
  Progress progress;
  progress.sent = first_of_account;
  co_await ask_who_writes(request, progress);
  service_.tell_background(request, progress.answer);
}

}  // namespace seatrial::models
