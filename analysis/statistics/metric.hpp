// The metrics that objectives and reports speak of, and how each is computed from a slice.
//
// A violation has as its denominator the operations that could have violated (for ryw: reads with
// an own write to see). What one session has of them counts as one trial: `burst` below.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "analysis/statistics/interval.hpp"
#include "analysis/statistics/slice.hpp"

namespace seatrial::analysis {

// Money is no matter of a slice: analysis/experiment/money.hpp.
enum class MetricForm : std::uint8_t {
  share,
  missing_share,
  ratio,
  mean_latency,
  percentile,
  lag_percentile,
  money
};

enum class Unit : std::uint8_t { share, nanoseconds, request_units, count, bytes, money };
inline constexpr std::array<std::string_view, 6> unit_names{"share", "ns",    "RU",
                                                            "count", "bytes", "money"};

struct Metric {
  std::string_view name;
  MetricForm form;
  Unit unit;
  std::optional<models::OperationKind> kind;  // none: reads and updates together
  std::string_view of;                        // what the denominator counts
  // share, missing_share (one minus it), ratio:
  double (*numerator)(const Counts&) = nullptr;
  double (*denominator)(const Counts&) = nullptr;
  double percentile = 0;
  bool lower_is_better = true;
  double (*squares)(const Counts&) = nullptr;  // shares: of a session's part of the denominator
};

std::span<const Metric> metrics();
const Metric* find_metric(std::string_view name);

struct Measurement {
  Interval interval;
  double numerator = 0;    // of a percentile: unused
  double denominator = 0;  // of a percentile: the number of latencies
};

// How many opportunities go wrong together when one session's luck is bad: E[n^2] / E[n] over
// sessions with n opportunities each, the design effect of Kish for clusters that are wholly alike.
// The mean E[n] would be too few, as a session with many weighs more; sessions without any do not
// matter. For ryw_user by user. At least 1. `whole` is the slice over all phases and regions.
double burst_of(const Metric&, const Slice& whole);

Measurement measure(const Metric&, const Slice&, double burst, Confidence);

// The worst value that a share or mean has in one replication; nothing where none had anything to
// measure.
std::optional<double> worst_replication(const Metric&, const Slice&);

// Policy minus baseline, paired by replication.
Interval measure_difference(const Metric&, const Slice& policy, const Slice& baseline, Confidence);

}  // namespace seatrial::analysis
