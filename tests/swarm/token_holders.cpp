#include "tests/swarm/token_holders.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tests/swarm/world_facts.hpp"

namespace seatrial::swarm {

using models::Hop;
using models::OperationKind;
using models::Said;

TokenHolders::TokenHolders(const models::WorldConfig& world)
    : pods_live_{!some_fault_is(world, models::FaultKind::kill_pods) &&
                 !some_fault_is(world, models::FaultKind::region)},
      broker_keeps_{world.broker.write == models::BrokerWrite::merge_max &&
                    world.broker.ttl >= models::Duration::seconds(600)},
      merges_{some_fault_is(world, models::FaultKind::merge)},
      by_document_{world.session_token.key == models::TokenKey::document},
      messages_bring_tokens_{
          std::any_of(world.session_token.carry.begin(), world.session_token.carry.end(),
                      [](const auto& kind) { return kind->name() == "message"; })} {}

void TokenHolders::operation(const models::OperationObserved& seen) {
  operations_[{seen.session.value(), seen.index}] = seen;
}

void TokenHolders::message(const models::MessageTraced& seen) {
  if (seen.token.is_none()) return;
  const bool is_second = (seen.operation.session.value() & models::second_device_bit) != 0;
  if (seen.hop == Hop::device_to_door && !(is_second && messages_bring_tokens_)) {
    shown_.push_back({Kind::device, seen.operation, seen.region, seen.token});
  }
  const bool is_got =
      seen.hop == Hop::broker_to_pod && seen.said == Said::ok && seen.kind == OperationKind::read;
  if (is_got && broker_keeps_) {
    shown_.push_back({Kind::broker, seen.operation, seen.region, seen.token});
  }
}

void TokenHolders::moment(const models::MomentTraced& seen) {
  if (seen.what != models::Moment::pod_token || !pods_live_ || seen.token.is_none()) return;
  shown_.push_back({Kind::pod, seen.operation, {}, seen.token});
}

TokenHolders::Holder TokenHolders::holder_of(const Shown& shown,
                                             const models::OperationObserved& operation) const {
  const std::uint64_t partition = operation.partition.value();
  // Owners have their high bits for what they are.
  const std::uint64_t of_class = std::uint64_t{operation.document.data_class.value()} << 32;
  const std::uint64_t document = merges_ ? operation.document.owner ^ of_class : 0;
  switch (shown.kind) {
    case Kind::pod:
      return {shown.kind, operation.pod.value(), partition, document};
    case Kind::device:
      return {shown.kind, operation.session.value(), partition, document};
    case Kind::broker:
      break;
  }
  if (!by_document_) {
    return {shown.kind, shown.region.value(), operation.session.value(), partition};
  }
  const std::uint64_t data_class = operation.document.data_class.value();
  return {shown.kind, shown.region.value(), operation.document.owner, data_class};
}

void TokenHolders::finish(const models::RunTotals&) {
  std::map<Holder, models::SessionToken> held;
  for (const Shown& shown : shown_) {
    const auto operation =
        operations_.find({shown.operation.session.value(), shown.operation.index});
    if (operation == operations_.end()) continue;  // a limit ended the run
    models::SessionToken& before = held[holder_of(shown, operation->second)];
    ++compared;
    expect(before <= shown.token, "tokens never go backwards", [&] {
      constexpr std::array names{"pod", "device", "broker"};
      return fmt::format("a {} showed {}/{} to {} after {}/{}",
                         names[static_cast<std::size_t>(shown.kind)], shown.token.epoch,
                         shown.token.lsn, name_of(shown.operation), before.epoch, before.lsn);
    });
    before = shown.token;
  }
}

}  // namespace seatrial::swarm
