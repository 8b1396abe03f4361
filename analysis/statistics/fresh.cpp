#include "analysis/statistics/fresh.hpp"

#include "analysis/statistics/percentile.hpp"

namespace seatrial::analysis {

namespace {

// Of every replication, also of one without a probe there.
std::vector<Freshness> of_region(const std::vector<RunSummary>& runs, std::uint32_t region) {
  std::vector<Freshness> all;
  for (const RunSummary& run : runs)
    all.push_back(region < run.freshness.size() ? run.freshness[region] : Freshness{});
  return all;
}

Interval exact_visibility(const std::vector<Freshness>& each, const Freshness& pooled,
                          double level) {
  const double ever = static_cast<double>(pooled.fresh_after.count());
  const double p = level * static_cast<double>(pooled.probes) / ever;
  if (!(p <= 1)) return {};
  std::vector<const sim::Histogram*> replications;
  for (const Freshness& one : each) replications.push_back(&one.fresh_after);
  return percentile_interval(percentile_sample(replications, pooled.fresh_after, p, {}), {});
}

Interval visibility_at_offsets(const std::vector<FreshnessPoint>& curve, double level) {
  Interval found;
  const auto first = [&](auto reaches, double otherwise) {
    for (const FreshnessPoint& point : curve)
      if (reaches(point.share)) return static_cast<double>(point.after.ns());
    return otherwise;
  };
  const double never = found.high;
  found.estimate = first([&](const Interval& share) { return share.estimate >= level; }, never);
  found.low = first([&](const Interval& share) { return share.high >= level; }, found.low);
  found.high = first([&](const Interval& share) { return share.low >= level; }, never);
  found.defined = found.estimate < never;
  return found;
}

}  // namespace

std::vector<RegionFreshness> freshness_of(const models::FreshnessConfig& config,
                                          const std::vector<RunSummary>& runs) {
  std::vector<RegionFreshness> all;
  if (!config.present || runs.empty()) return all;
  for (std::uint32_t region = 0; region < runs.front().shape.regions; ++region) {
    const std::vector<Freshness> each = of_region(runs, region);
    Freshness pooled;
    for (const Freshness& one : each) pooled.merge(one);
    if (pooled.probes == 0) continue;
    RegionFreshness found;
    found.region = region;
    found.probes = pooled.probes;
    found.is_exact = pooled.is_exact;
    for (std::size_t i = 0; i < config.after_commit.size(); ++i) {
      std::vector<RatioSample> shares;
      for (const Freshness& one : each) {
        const double fresh = i < one.fresh.size() ? static_cast<double>(one.fresh[i]) : 0;
        shares.push_back({fresh, static_cast<double>(one.probes)});
      }
      found.curve.push_back({config.after_commit[i], share_interval(shares, 1, {})});
    }
    found.t_visibility = pooled.is_exact ? exact_visibility(each, pooled, config.level)
                                         : visibility_at_offsets(found.curve, config.level);
    all.push_back(std::move(found));
  }
  return all;
}

}  // namespace seatrial::analysis
