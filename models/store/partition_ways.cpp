// A partition's ways to other regions that keep more of an entry than the log does: a limited link,
// an event bus, a backend (replication/outbound.hpp). They outlive who leads them.
#include "models/store/partition.hpp"

namespace seatrial::models {

void Partition::use(std::vector<std::shared_ptr<Outbound>> outbounds) {
  for (std::uint32_t i = 0; i < outbounds.size(); ++i) {
    has_outbounds_ = has_outbounds_ || outbounds[i];
    regions_[i].use(std::move(outbounds[i]));
  }
}

std::vector<std::shared_ptr<Outbound>> Partition::copies_of_outbounds() const {
  std::vector<std::shared_ptr<Outbound>> copies;
  std::shared_ptr<BusFeed> feed;
  for (const RegionReplicas& region : regions_) {
    copies.push_back(region.outbound() ? region.outbound()->copy(feed) : nullptr);
  }
  return copies;
}

// The region that wrote gets the log as the one that writes now got it.
void Partition::hand_over_ways(RegionId to) {
  if (!has_outbounds_) return;
  for (RegionReplicas& region : regions_) {
    const std::shared_ptr<Outbound> way = region.outbound();
    if (!way || !way->ends_at_a_takeover()) continue;
    ended_ways_.push_back(way);
    region.use(way->afterwards());
  }
  if (to == write_region_) return;
  RegionReplicas& before = replicas(write_region_);
  const std::shared_ptr<Outbound> way = replicas(to).outbound();
  if (!way && before.outbound()) before.outbound()->forget(UINT64_MAX);
  before.use(way ? way->to(write_region_) : nullptr);
}

void Partition::stop_ways(Instant now) {
  for (const RegionReplicas& region : regions_) {
    if (region.outbound()) region.outbound()->stop(now);
  }
}

void Partition::lead_ways(Instant now) {
  for (const RegionReplicas& region : regions_) {
    if (region.outbound()) region.outbound()->lead(write_region_, log_, now);
  }
}

void Partition::send(std::uint64_t lsn, bool to_awaited, Instant now) {
  const LogEntry& entry = log_.at(lsn);
  for (std::uint32_t i = 0; i < regions_.size(); ++i) {
    Outbound* const outbound = regions_[i].outbound().get();
    if (outbound == nullptr || (entry.waits && votes_[i] != Vote::none) != to_awaited) continue;
    outbound->send(lsn, entry, now);
  }
}

}  // namespace seatrial::models
