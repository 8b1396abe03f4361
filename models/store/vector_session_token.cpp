#include "models/store/vector_session_token.hpp"

#include <algorithm>

namespace seatrial::models {

namespace {

const RegionProgress* find(const VectorSessionToken& token, std::uint32_t region) {
  const auto found =
      std::lower_bound(token.regions.begin(), token.regions.end(), region,
                       [](const RegionProgress& p, std::uint32_t r) { return p.region < r; });
  return found != token.regions.end() && found->region == region ? &*found : nullptr;
}

bool same_regions(const VectorSessionToken& a, const VectorSessionToken& b) {
  return std::equal(
      a.regions.begin(), a.regions.end(), b.regions.begin(), b.regions.end(),
      [](const RegionProgress& p, const RegionProgress& q) { return p.region == q.region; });
}

bool fit_together(const VectorSessionToken& a, const VectorSessionToken& b) {
  return a.version != b.version || same_regions(a, b);
}

}  // namespace

std::optional<bool> may_answer(const VectorSessionToken& request, const VectorSessionToken& replica,
                               TokenRule rule) {
  if (replica.version < request.version) return false;
  const bool counts_globally = rule == TokenRule::older || replica.version == request.version;
  if (counts_globally && replica.global_lsn < request.global_lsn) return false;
  if (!fit_together(request, replica)) return std::nullopt;
  return std::all_of(replica.regions.begin(), replica.regions.end(), [&](const RegionProgress& p) {
    const RegionProgress* const asked = find(request, p.region);
    return asked == nullptr || p.lsn >= asked->lsn;
  });
}

std::optional<VectorSessionToken> merge(const VectorSessionToken& a, const VectorSessionToken& b,
                                        TokenRule rule) {
  if (!fit_together(a, b)) return std::nullopt;
  const VectorSessionToken& lower = a.version < b.version ? a : b;
  VectorSessionToken merged = a.version < b.version ? b : a;
  for (RegionProgress& progress : merged.regions) {
    const RegionProgress* const other = find(lower, progress.region);
    if (other != nullptr) progress.lsn = std::max(progress.lsn, other->lsn);
  }
  if (rule == TokenRule::older || a.version == b.version) {
    merged.global_lsn = std::max(a.global_lsn, b.global_lsn);
  }
  return merged;
}

}  // namespace seatrial::models
