#include "tests/swarm/bytes_between_regions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "models/store/message_names.hpp"
#include "models/store/quorum/quorum_config.hpp"
#include "tests/swarm/world_facts.hpp"

namespace seatrial::swarm {

using models::Bytes;
using models::FaultKind;
using models::header_bytes;

namespace {

// Other regions that must have said so before a commit, or, of so many, the fewest.
std::int64_t reports_for_a_commit(const models::ReplicationPlan& plan) {
  if (plan.at_most || plan.adaptive || plan.drop_after) return 0;
  std::int64_t must = 0;
  std::int64_t asked = 0;
  for (const models::Vote vote : plan.votes) {
    must += vote == models::Vote::must;
    asked += vote != models::Vote::none;
  }
  return std::max(must, std::min<std::int64_t>(plan.needed, asked));
}

// A new write region, or a new partition, asks for reports of what it takes over.
bool some_are_asked_again(const models::WorldConfig& world) {
  using enum FaultKind;
  const auto is_in_world = [&](FaultKind kind) { return some_fault_is(world, kind); };
  constexpr std::array kinds{region, store, replicas, split, merge, switchover};
  return std::any_of(kinds.begin(), kinds.end(), is_in_world);
}

}  // namespace

BytesBetweenRegions::BytesBetweenRegions(const models::WorldConfig& world) {
  pods_die_ = some_fault_is(world, FaultKind::kill_pods) || some_fault_is(world, FaultKind::region);
  if (models::quorum_of(world.store) != nullptr || world.regions.users.empty()) return;
  others_ = static_cast<std::int64_t>(world.regions.users.size()) - 1;
  for (const models::DataClassConfig& data : world.data) {
    largest_entry_ = std::max({largest_entry_, data.size, data.patch_size});
  }
  largest_entry_ += header_bytes;
  if (world.store.write_regions.size() > 1) return;
  answers_early_ = world.store.consistency == models::Consistency::strong;
  read_plans(world);
}

void BytesBetweenRegions::read_plans(const models::WorldConfig& world) {
  const std::vector<models::ReplicationPlan> plans = plans_of(world);
  regions_report_ = answers_early_ || std::any_of(plans.begin(), plans.end(),
                                                  [](const auto& plan) { return plan.waits(); });
  reports_once_ = !some_are_asked_again(world);
  if (!reports_once_) return;
  reports_needed_ = reports_for_a_commit(plans.front());
  for (const models::ReplicationPlan& plan : plans) {
    reports_needed_ = std::min(reports_needed_, reports_for_a_commit(plan));
  }
}

void BytesBetweenRegions::operation(const models::OperationObserved& seen) { paid_ += seen.bytes; }

void BytesBetweenRegions::late(const models::LateCost& cost) { paid_ += cost.bytes; }

void BytesBetweenRegions::commit(const models::CommitObserved&) { ++committed_; }

void BytesBetweenRegions::appended(const models::EntryAppended&) { ++appended_; }

void BytesBetweenRegions::takeover(const models::TakeoverObserved&) { ++takeovers_; }

void BytesBetweenRegions::replication(const models::ReplicationObserved& seen) { sent_ = seen; }

void BytesBetweenRegions::check_entries() {
  const Bytes sent = sent_.replication_bytes;
  const std::int64_t entries = committed_ * others_;
  expect(entries * header_bytes <= sent && sent <= entries * largest_entry_,
         "what is committed goes to each other region once", [&] {
           return fmt::format("{} bytes of {} entries, each at most {}", sent, entries,
                              largest_entry_);
         });
}

Bytes BytesBetweenRegions::most_paid_early() const {
  const bool may_cut_off = answers_early_ && takeovers_ > 0;
  return may_cut_off ? (appended_ - committed_) * others_ * largest_entry_ : 0;
}

std::optional<std::int64_t> BytesBetweenRegions::most_unpaid(
    const models::RunTotals& totals) const {
  if (!regions_report_) return 0;
  if (!reports_once_) return std::nullopt;
  return appended_ * others_ + static_cast<std::int64_t>(totals.lost_messages);
}

void BytesBetweenRegions::finish(const models::RunTotals& totals) {
  check_entries();
  const Bytes given = sent_.request_bytes + totals.unsent_bytes + sent_.replication_bytes;
  const Bytes unpaid = given - paid_;
  const auto text = [&] {
    return fmt::format("{} sent, {} without a route, {} of {} entries; {} paid, {} too little",
                       sent_.request_bytes, totals.unsent_bytes, sent_.replication_bytes,
                       committed_, paid_, unpaid);
  };
  const Bytes early = most_paid_early();
  expect(unpaid >= -early, "nothing is paid for that was not sent", text);
  if (pods_die_) return;
  const std::optional<std::int64_t> most = most_unpaid(totals);
  expect(!most || unpaid <= *most * header_bytes, "what goes between regions is paid for", text);
  if (early > 0) return;
  expect(unpaid % header_bytes == 0, "what is nobody's has the size of headers", text);
  expect(unpaid >= committed_ * reports_needed_ * header_bytes, "regions report what they have",
         text);
}

}  // namespace seatrial::swarm
