#include "analysis/freshness.hpp"

#include <algorithm>

namespace seatrial::analysis {

void Freshness::add(const models::FreshnessObserved& seen,
                    const std::vector<models::Duration>& offsets) {
  ++probes;
  fresh.resize(offsets.size());
  for (std::size_t i = 0; i < offsets.size(); ++i) fresh[i] += seen.fresh_after <= offsets[i];
  is_exact = is_exact && seen.is_exact;
  const models::Duration never = models::Instant::never() - models::Instant{};
  if (seen.fresh_after < never) fresh_after.record(seen.fresh_after.ns());
}

void Freshness::merge(const Freshness& other) {
  probes += other.probes;
  fresh.resize(std::max(fresh.size(), other.fresh.size()));
  for (std::size_t i = 0; i < other.fresh.size(); ++i) fresh[i] += other.fresh[i];
  fresh_after.merge(other.fresh_after);
  is_exact = is_exact && other.is_exact;
}

}  // namespace seatrial::analysis
