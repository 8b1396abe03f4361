#include <fmt/format.h>

#include <cmath>
#include <map>

#include "analysis/report/causes.hpp"
#include "analysis/report/not_exercised.hpp"
#include "analysis/report/page_data.hpp"
#include "analysis/report/sentences.hpp"
#include "analysis/report/setting.hpp"
#include "analysis/report/takes.hpp"
#include "analysis/report/text.hpp"
#include "scenarios/checks.hpp"

namespace seatrial::analysis {
namespace {

data::Number finite(double value) {
  return std::isfinite(value) ? data::Number{value} : data::Number{};
}

// In the unit in which it is drawn; the text in the one that people read.
data::Interval drawn(const Interval& interval, Shown shown, double unit = 1) {
  data::Interval drawn;
  if (interval.defined) {
    drawn.estimate = finite(interval.estimate * unit);
    drawn.low = finite(interval.low * unit);
    drawn.high = finite(interval.high * unit);
    drawn.zero_bound = interval.zero_bound;
  }
  drawn.text = interval.zero_bound ? short_text(interval, shown) : long_text(interval, shown);
  return drawn;
}

Interval measured(const char* name, const Slice& slice, const Slice& everything) {
  const Metric& metric = *find_metric(name);
  return measure(metric, slice, burst_of(metric, everything), {}).interval;
}

template <class Numerator, class Denominator>
std::vector<RatioSample> samples_of(const Slice& slice, Numerator numerator,
                                    Denominator denominator) {
  std::vector<RatioSample> samples;
  for (const SliceOfReplication& one : slice.replications) {
    const Counts counts = one.all();
    samples.push_back(
        {static_cast<double>(numerator(counts)), static_cast<double>(denominator(counts))});
  }
  return samples;
}

template <class Numerator>
data::Interval per_operation(const Slice& slice, Numerator numerator) {
  const auto operations = [](const Counts& counts) { return counts.operations; };
  return drawn(ratio_interval(samples_of(slice, numerator, operations), {}), Shown::plain);
}

data::ExtraCalls extra_calls(const Slice& slice) {
  data::ExtraCalls extra;
  extra.cross_region_per_operation =
      per_operation(slice, [](const Counts& counts) { return counts.cross_region_calls; });
  extra.store_requests_per_operation =
      per_operation(slice, [](const Counts& counts) { return counts.store_requests; });
  extra.broker_calls_per_operation =
      per_operation(slice, [](const Counts& counts) { return counts.broker_calls; });
  extra.bytes_per_operation =
      per_operation(slice, [](const Counts& counts) { return counts.bytes; });
  const auto sent = [](const Counts& counts) { return counts.to_write_region.violations; };
  const auto all = [](const Counts& counts) { return counts.to_write_region.opportunities; };
  extra.write_region_share =
      drawn(share_interval(samples_of(slice, sent, all), 1, {}), Shown::percent);
  return extra;
}

std::vector<data::RegionRow> region_rows(const models::WorldConfig& world,
                                         const std::vector<RunSummary>& runs,
                                         const Slice& everything) {
  std::vector<data::RegionRow> rows;
  for (std::uint32_t region = 0; region < world.regions.users.size(); ++region) {
    const Slice slice = slice_of(runs, {{}, region, {}});
    const std::string& name = world.regions.users[region].region;
    data::RegionRow row{name, scenarios::takes_writes(world.store, name), {}, {}};
    const Interval wrong = measured("ryw_user", slice, everything);
    if (wrong.defined) row.wrong_per_million = finite(wrong.estimate * 1e6);
    const auto say = [&](const char* metric, Shown shown) {
      row.cells.push_back(long_text(measured(metric, slice, everything), shown));
    };
    std::uint64_t operations = 0;
    for (const SliceOfReplication& one : slice.replications) operations += one.all().operations;
    row.cells.push_back(count_text(static_cast<double>(operations)));
    say("ryw", Shown::per_million);
    say("ryw_user", Shown::per_million);
    say("read.p99", Shown::milliseconds);
    say("update.p99", Shown::milliseconds);
    say("availability", Shown::percent);
    say("ru_per_operation", Shown::request_units);
    say("cross_region_calls", Shown::plain);
    rows.push_back(std::move(row));
  }
  return rows;
}

data::Curve drawn(const Curve& curve) {
  data::Curve points;
  for (const CurvePoint& point : curve) points.emplace_back(point.percentile, point.ns / 1e6);
  return points;
}

std::vector<data::Curves> curves_data(const models::WorldConfig& world,
                                      const PolicyResult& policy) {
  std::vector<data::Curves> all;
  for (std::size_t i = 0; i < policy.curves.size(); ++i) {
    const Curves& curves = policy.curves[i];
    all.push_back({i == 0 ? "" : world.regions.users[i - 1].region, drawn(curves.read),
                   drawn(curves.update), drawn(curves.staleness)});
  }
  return all;
}

// Of all that had a write of their user to see, on any device.
std::vector<data::AgeBucket> since_write_data(const ByAge& ages) {
  std::map<std::int64_t, std::uint64_t> violations;  // by the bucket's lowest value
  ages.violations.for_each_bucket(
      [&](std::int64_t low, std::int64_t, std::uint64_t count) { violations[low] = count; });
  std::vector<data::AgeBucket> buckets;
  ages.opportunities.for_each_bucket([&](std::int64_t low, std::int64_t high, std::uint64_t count) {
    const auto found = violations.find(low);
    buckets.push_back({static_cast<double>(low) / 1e6, static_cast<double>(high + 1) / 1e6, count,
                       found == violations.end() ? 0 : found->second});
  });
  return buckets;
}

}  // namespace

data::Texts region_heads() {
  return {"operations",
          "own write missed, per million",
          "user's write missed, per million",
          "read p99",
          "update p99",
          "availability",
          "RU an operation",
          "calls to other regions an operation"};
}

data::Policy policy_data(const scenarios::Scenario& scenario, const Experiment& experiment,
                         const Comparison& comparison, std::size_t index) {
  const PolicyResult& result = comparison.policies[index];
  const models::WorldConfig& world = scenario.policies[index].world;
  const std::vector<RunSummary>& runs = experiment.runs[index];
  const Slice everything = slice_of(runs, {});
  data::Policy policy;
  policy.name = result.name;
  const std::string changes = changes_text(scenario, result.name);
  policy.changes = changes.empty() ? "nothing changed" : changes;
  policy.met = result.passed;
  policy.missed = result.failed;
  policy.inconclusive = result.inconclusive;
  policy.wrong_per_million =
      drawn(measured("ryw_user", everything, everything), Shown::per_million, 1e6);
  policy.read_p99_ms = drawn(result.read_p99.measurement.interval, Shown::milliseconds, 1e-6);
  policy.read_p99_region = result.read_p99.region;
  policy.update_p99_ms = drawn(result.update_p99.measurement.interval, Shown::milliseconds, 1e-6);
  policy.update_p99_region = result.update_p99.region;
  policy.availability = drawn(measured("availability", everything, everything), Shown::percent);
  policy.ru_per_operation = drawn(result.ru_per_operation.interval, Shown::request_units);
  policy.differences = difference_texts(scenario, experiment, comparison, index);
  policy.curves = curves_data(world, result);
  policy.since_write = since_write_data(result.since_write.ryw_user);
  const AgeHistogram& ages = result.since_write.ryw_user.violations;
  if (ages.count() > 0)
    policy.nearly_all_within = duration_text(static_cast<double>(ages.quantile(0.95)));
  policy.causes = cause_counts(world, result.wrong_reads);
  policy.regions = region_rows(world, runs, everything);
  policy.extra = extra_calls(everything);
  policy.blast = blast_data(world, result);
  if (index < experiment.timelines.size()) {
    policy.timeline = timeline_data(world, experiment.timelines[index]);
    policy.store = store_timeline_data(world, experiment.timelines[index]);
  }
  policy.not_exercised = not_exercised(world, result);
  policy.takes = what_it_takes(scenario, index);
  return policy;
}

}  // namespace seatrial::analysis
