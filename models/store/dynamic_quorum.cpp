#include "models/store/dynamic_quorum.hpp"

namespace seatrial::models {

DynamicQuorum::DynamicQuorum(std::uint32_t regions, RegionId write_region,
                             std::optional<Duration> drop_after)
    : drop_after_{drop_after}, write_region_{write_region} {
  if (drop_after_ && regions > 2) regions_.resize(regions);
}

bool DynamicQuorum::may_drop_one_more(RegionSet down) const {
  std::size_t out = 0;
  for (std::uint32_t i = 0; i < regions_.size(); ++i) {
    const bool is_down = (down & set_of(RegionId{i})) != 0;
    out += is_down || regions_[i].state != State::member ? 1 : 0;
  }
  const std::size_t majority = regions_.size() / 2 + 1;
  return out + majority < regions_.size();
}

void DynamicQuorum::lead(RegionId region) {
  write_region_ = region;
  excused_ &= ~set_of(region);
  if (!regions_.empty()) regions_[region.value()] = Region{};
}

void DynamicQuorum::look(RegionId id, Known known, std::uint64_t committed, RegionSet down,
                         Duration notice, Instant now) {
  if (regions_.empty() || id == write_region_) return;
  Region& region = regions_[id.value()];
  const bool lacks = known.oldest_lacking != Instant::never();
  const Duration age = lacks ? now - known.oldest_lacking : Duration{};
  if (region.state == State::member) {
    if (age < *drop_after_ || !lacks || !may_drop_one_more(down)) return;
    region.state = State::dropped;
    region.serves_from = Instant::never();
    excused_ |= set_of(id);
    ++drops_;
    return;
  }
  if (region.state == State::dropped) {
    if (lacks && age >= *drop_after_ / 2) return;
    region.state = State::joining;
    region.joins_at = committed;
    excused_ &= ~set_of(id);
  }
  if (known.acknowledged < region.joins_at) return;
  region.state = State::member;
  region.serves_from = now + notice;
}

}  // namespace seatrial::models
