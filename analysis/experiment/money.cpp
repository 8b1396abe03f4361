#include "analysis/experiment/money.hpp"

#include <algorithm>

#include "scenarios/checks.hpp"
#include "sim/wide.hpp"

namespace seatrial::analysis {
namespace {

constexpr double millionths = 1e6;
constexpr std::int64_t hour_ns = 3'600'000'000'000;

// a x b / c to the nearest, for amounts and counts that are not negative.
std::int64_t scaled(std::int64_t a, std::int64_t b, std::int64_t c) {
  const auto product = static_cast<sim::Unsigned128>(a) * static_cast<sim::Unsigned128>(b);
  const auto divisor = static_cast<sim::Unsigned128>(c);
  return static_cast<std::int64_t>((product + divisor / 2) / divisor);
}

std::int64_t brokers_in(const models::WorldConfig& world, models::RegionId region) {
  if (!scenarios::carries(world.session_token, "broker")) return 0;
  const std::string& placement = world.broker.placement;
  return placement == "per_region" || placement == world.regions.users[region.value()].region;
}

bool is_in(const Selection& selection, std::uint32_t phase, std::uint32_t region) {
  const auto& phases = selection.phases;
  const bool in_phase =
      phases.empty() || std::find(phases.begin(), phases.end(), phase) != phases.end();
  return in_phase && selection.region.value_or(region) == region;
}

// Money over millions of operations, of each run.
std::vector<RatioSample> samples_of(const Bill& bill, const std::vector<RunSummary>& runs,
                                    const Selection& selection) {
  std::vector<RatioSample> samples;
  for (const RunSummary& run : runs) {
    std::int64_t amount = 0;
    std::uint64_t operations = 0;
    for (std::uint32_t phase = 0; phase < run.shape.phases; ++phase)
      for (std::uint32_t region = 0; region < run.shape.regions; ++region) {
        if (!is_in(selection, phase, region)) continue;
        const Use& use = run.use(models::PhaseId{phase}, models::RegionId{region});
        amount += used(bill.prices, use);
        amount += scaled(standing_hour(bill, models::RegionId{region}),
                         bill.world.phases[phase].length.ns(), hour_ns);
        operations += use.operations;
      }
    samples.push_back(
        {static_cast<double>(amount) / millionths, static_cast<double>(operations) / millionths});
  }
  return samples;
}

double month_of(const Bill& bill, const RunSummary& run) {
  double month = 0;
  for (std::uint32_t phase = 0; phase < run.shape.phases; ++phase) {
    const models::PhaseConfig& config = bill.world.phases[phase];
    const double hours = config.stands_for_hours_per_month;
    const double times = hours * 3600 / config.length.s();
    for (std::uint32_t region = 0; region < run.shape.regions; ++region) {
      const models::RegionId here{region};
      const Use& use = run.use(models::PhaseId{phase}, here);
      month += static_cast<double>(used(bill.prices, use)) * times;
      month += static_cast<double>(standing_hour(bill, here)) * hours;
    }
  }
  return month / millionths;
}

}  // namespace

std::int64_t standing_hour(const Bill& bill, models::RegionId region) {
  const scenarios::Prices& prices = bill.prices;
  return scaled(prices.provisioned_hour, bill.world.store.request_units_per_second, 100) +
         prices.pod_hour * bill.world.pods.count +
         prices.broker_node_hour * brokers_in(bill.world, region);
}

std::int64_t used(const scenarios::Prices& prices, const Use& use) {
  constexpr std::int64_t billion = 1'000'000'000;
  return scaled(prices.million_request_units, use.ru_thousandths, billion) +
         scaled(prices.gigabyte_between_regions, use.bytes, billion);
}

Interval cost_a_month(const Bill& bill, const std::vector<RunSummary>& runs) {
  const auto& phases = bill.world.phases;
  const bool says_all = std::all_of(phases.begin(), phases.end(), [](const auto& phase) {
    return phase.stands_for_hours_per_month > 0;
  });
  if (!bill.prices.present || !says_all) return {};
  std::vector<RatioSample> months;
  for (const RunSummary& run : runs) months.push_back({month_of(bill, run), 1});
  Interval interval = ratio_interval(months, {});
  interval.low = std::max(interval.low, 0.0);
  return interval;
}

Measurement cost_per_million(const Bill& bill, const std::vector<RunSummary>& runs,
                             const Selection& selection, Confidence confidence) {
  Measurement measured;
  if (!bill.prices.present) return measured;
  const std::vector<RatioSample> samples = samples_of(bill, runs, selection);
  for (const RatioSample& sample : samples) {
    measured.numerator += sample.numerator;
    measured.denominator += sample.denominator * millionths;
  }
  measured.interval = ratio_interval(samples, confidence);
  measured.interval.low = std::max(measured.interval.low, 0.0);
  return measured;
}

Interval cost_difference(const Bill& policy, const std::vector<RunSummary>& runs,
                         const Bill& baseline, const std::vector<RunSummary>& baseline_runs,
                         const Selection& selection, Confidence confidence) {
  if (!policy.prices.present) return {};
  return ratio_difference(samples_of(policy, runs, selection),
                          samples_of(baseline, baseline_runs, selection), confidence);
}

}  // namespace seatrial::analysis
