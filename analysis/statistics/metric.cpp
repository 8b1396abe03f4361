#include "analysis/statistics/metric.hpp"

#include <algorithm>

#include "analysis/statistics/percentile.hpp"

namespace seatrial::analysis {
namespace {

using models::OperationKind;

double as_number(std::uint64_t value) { return static_cast<double>(value); }

template <Tally Counts::*tally>
double violations(const Counts& counts) {
  return as_number((counts.*tally).violations);
}
template <Tally Counts::*tally>
double opportunities(const Counts& counts) {
  return as_number((counts.*tally).opportunities);
}
template <Tally Counts::*tally>
double squares(const Counts& counts) {
  return as_number((counts.*tally).squares);
}
template <std::uint64_t Counts::*member>
double number(const Counts& counts) {
  return as_number(counts.*member);
}
double bytes(const Counts& counts) { return static_cast<double>(counts.bytes); }
double request_units(const Counts& counts) {
  return static_cast<double>(counts.ru_thousandths) / 1000;
}

double faults(const Counts& counts) { return as_number(counts.recovery.faults); }
double writes_lost(const Counts& counts) { return as_number(counts.recovery.writes_lost); }
template <Spell RecoveryCounts::*spell>
double nanoseconds(const Counts& counts) {
  return static_cast<double>((counts.recovery.*spell).sum_ns);
}
template <Spell RecoveryCounts::*spell>
double spells(const Counts& counts) {
  return as_number((counts.recovery.*spell).count);
}

template <Tally Counts::*tally>
constexpr Metric share(std::string_view name, std::optional<OperationKind> kind,
                       std::string_view of) {
  return {name, MetricForm::share, Unit::share,          kind,
          of,   violations<tally>, opportunities<tally>, 0,
          true, squares<tally>};
}
constexpr Metric latency(std::string_view name, OperationKind kind, double percentile) {
  return {name,
          percentile == 0 ? MetricForm::mean_latency : MetricForm::percentile,
          Unit::nanoseconds,
          kind,
          kind == OperationKind::read ? "good reads" : "good updates",
          nullptr,
          nullptr,
          percentile};
}
constexpr Metric per_operation(std::string_view name, Unit unit,
                               double (*numerator)(const Counts&)) {
  return {name,      MetricForm::ratio,          unit, std::nullopt, "operations",
          numerator, number<&Counts::operations>};
}

template <class Integer, Integer Looks::*member>
double seen(const Counts& counts) {
  return static_cast<double>(counts.looks.*member);
}
double seconds_between(const Counts& counts) {
  return static_cast<double>(counts.looks.between_ns) / 1e9;
}
constexpr auto region_looks = seen<std::uint64_t, &Looks::regions>;
constexpr auto store_looks = seen<std::uint64_t, &Looks::store>;

template <Spell RecoveryCounts::*spell>
constexpr Metric per_fault(std::string_view name) {
  return {name,     MetricForm::ratio,  Unit::nanoseconds, std::nullopt,
          "faults", nanoseconds<spell>, spells<spell>};
}

constexpr auto read = OperationKind::read;
constexpr auto update = OperationKind::update;

constexpr std::array catalogue{
    share<&Counts::ryw>("ryw", read, "reads that had an own write to see"),
    share<&Counts::mr>("mr", read, "reads of a document that the session had read"),
    share<&Counts::ryw_user>("ryw_user", read, "reads that had a write of the user to see"),
    share<&Counts::mw>("mw", update, "good updates of a document that the session had written"),
    share<&Counts::wfr>("wfr", update, "good updates of a document that the session had read"),
    share<&Counts::stale>("stale", read, "good reads"),
    share<&Counts::lost_update>("lost_updates", update, "good updates"),
    share<&Counts::conflict>("conflicts", update, "good updates"),
    Metric{"availability", MetricForm::missing_share, Unit::share, std::nullopt, "operations",
           number<&Counts::failed>, number<&Counts::operations>, 0, false,
           number<&Counts::operation_squares>},
    Metric{"degraded", MetricForm::share, Unit::share, std::nullopt, "operations",
           number<&Counts::degraded>, number<&Counts::operations>, 0, true,
           number<&Counts::operation_squares>},
    latency("read.mean", read, 0),
    latency("read.p50", read, 0.5),
    latency("read.p90", read, 0.9),
    latency("read.p99", read, 0.99),
    latency("read.p99.9", read, 0.999),
    latency("update.mean", update, 0),
    latency("update.p50", update, 0.5),
    latency("update.p90", update, 0.9),
    latency("update.p99", update, 0.99),
    latency("update.p99.9", update, 0.999),
    per_operation("ru_per_operation", Unit::request_units, request_units),
    per_operation("cross_region_calls", Unit::count, number<&Counts::cross_region_calls>),
    per_operation("broker_calls", Unit::count, number<&Counts::broker_calls>),
    per_operation("cross_region_bytes", Unit::bytes, bytes),
    Metric{"cost_per_million", MetricForm::money, Unit::money, std::nullopt, "operations"},
    Metric{"throttled", MetricForm::share, Unit::share, std::nullopt, "operations",
           number<&Counts::throttled>, number<&Counts::operations>, 0, true,
           number<&Counts::operation_squares>},
    Metric{"writes_lost", MetricForm::ratio, Unit::count, std::nullopt, "faults", writes_lost,
           faults},
    per_fault<&RecoveryCounts::rpo>("rpo"),
    per_fault<&RecoveryCounts::rto_writes>("rto_writes"),
    per_fault<&RecoveryCounts::rto_reads>("rto_reads"),
    per_fault<&RecoveryCounts::rto_lag>("rto_lag"),
    Metric{"replication_lag.mean", MetricForm::ratio, Unit::nanoseconds, std::nullopt,
           "looks at a region", seen<std::int64_t, &Looks::lag_ns>, region_looks},
    Metric{"replication_lag.p99", MetricForm::lag_percentile, Unit::nanoseconds, std::nullopt,
           "looks at a region", nullptr, nullptr, 0.99},
    Metric{"replication_bytes", MetricForm::ratio, Unit::bytes, std::nullopt, "seconds",
           seen<std::int64_t, &Looks::replication_bytes>, seconds_between},
    Metric{"writes_at_risk", MetricForm::ratio, Unit::count, std::nullopt, "looks at the store",
           seen<std::uint64_t, &Looks::at_risk>, store_looks},
    Metric{"backup_age", MetricForm::ratio, Unit::nanoseconds, std::nullopt, "looks at the store",
           seen<std::int64_t, &Looks::backup_age_ns>, seen<std::uint64_t, &Looks::backups>},
};

Counts counts_of(const Metric& metric, const SliceOfReplication& slice) {
  return metric.kind ? slice.by_kind[static_cast<std::size_t>(*metric.kind)].counts : slice.all();
}

RatioSample sample_of(const Metric& metric, const SliceOfReplication& slice) {
  if (metric.form == MetricForm::mean_latency) {
    const sim::Histogram& latency = slice.by_kind[static_cast<std::size_t>(*metric.kind)].latency;
    return {static_cast<double>(latency.sum()), as_number(latency.count())};
  }
  const Counts counts = counts_of(metric, slice);
  return {metric.numerator(counts), metric.denominator(counts)};
}

std::vector<RatioSample> ratio_samples(const Metric& metric, const Slice& slice) {
  std::vector<RatioSample> samples;
  samples.reserve(slice.replications.size());
  for (const SliceOfReplication& one : slice.replications)
    samples.push_back(sample_of(metric, one));
  return samples;
}

bool is_percentile(const Metric& metric) {
  return metric.form == MetricForm::percentile || metric.form == MetricForm::lag_percentile;
}

const sim::Histogram& pooled(const Metric& metric, const Slice& slice) {
  if (metric.form == MetricForm::lag_percentile) return slice.pooled_lag;
  return slice.pooled_latency[static_cast<std::size_t>(*metric.kind)];
}

const sim::Histogram& sampled(const Metric& metric, const SliceOfReplication& slice) {
  if (metric.form == MetricForm::lag_percentile) return slice.lag;
  return slice.by_kind[static_cast<std::size_t>(*metric.kind)].latency;
}

PercentileSample latencies(const Metric& metric, const Slice& slice, Confidence confidence) {
  std::vector<const sim::Histogram*> each;
  for (const SliceOfReplication& one : slice.replications) each.push_back(&sampled(metric, one));
  return percentile_sample(each, pooled(metric, slice), metric.percentile, confidence);
}

Interval one_minus(const Interval& missing) {
  Interval present = missing;
  present.estimate = 1 - missing.estimate;
  present.low = 1 - missing.high;
  present.high = 1 - missing.low;
  return present;
}

}  // namespace

std::span<const Metric> metrics() { return catalogue; }

const Metric* find_metric(std::string_view name) {
  const auto found = std::find_if(catalogue.begin(), catalogue.end(),
                                  [&](const Metric& metric) { return metric.name == name; });
  return found == catalogue.end() ? nullptr : &*found;
}

double burst_of(const Metric& metric, const Slice& whole) {
  if (metric.squares == nullptr) return 1;
  double opportunities = 0, squares = 0;
  for (const SliceOfReplication& one : whole.replications) {
    const Counts counts = counts_of(metric, one);
    opportunities += metric.denominator(counts);
    squares += metric.squares(counts);
  }
  return opportunities > 0 ? std::max(1.0, squares / opportunities) : 1;
}

Measurement measure(const Metric& metric, const Slice& slice, double burst, Confidence confidence) {
  Measurement result;
  if (metric.form == MetricForm::money) return result;
  if (is_percentile(metric)) {
    result.interval = percentile_interval(latencies(metric, slice, confidence), confidence);
    result.denominator = as_number(pooled(metric, slice).count());
    return result;
  }
  const std::vector<RatioSample> samples = ratio_samples(metric, slice);
  for (const RatioSample& sample : samples) {
    result.numerator += sample.numerator;
    result.denominator += sample.denominator;
  }
  switch (metric.form) {
    case MetricForm::share:
      result.interval = share_interval(samples, burst, confidence);
      break;
    case MetricForm::missing_share:
      result.interval = one_minus(share_interval(samples, burst, confidence));
      break;
    default:
      result.interval = ratio_interval(samples, confidence);
      result.interval.low = std::max(0.0, result.interval.low);
  }
  return result;
}

std::optional<double> worst_replication(const Metric& metric, const Slice& slice) {
  std::optional<double> worst;
  if (metric.form == MetricForm::money || is_percentile(metric)) return worst;
  for (const RatioSample& sample : ratio_samples(metric, slice)) {
    if (sample.denominator <= 0) continue;
    const double share = sample.numerator / sample.denominator;
    const double value = metric.form == MetricForm::missing_share ? 1 - share : share;
    if (!worst || (value > *worst) == metric.lower_is_better) worst = value;
  }
  return worst;
}

Interval measure_difference(const Metric& metric, const Slice& policy, const Slice& baseline,
                            Confidence confidence) {
  if (metric.form == MetricForm::money) return {};
  if (is_percentile(metric))
    return percentile_difference(latencies(metric, policy, confidence),
                                 latencies(metric, baseline, confidence), confidence);
  Interval difference =
      ratio_difference(ratio_samples(metric, policy), ratio_samples(metric, baseline), confidence);
  if (metric.form == MetricForm::missing_share) {
    std::swap(difference.low, difference.high);
    difference.estimate = -difference.estimate;
    difference.low = -difference.low;
    difference.high = -difference.high;
  }
  return difference;
}

}  // namespace seatrial::analysis
