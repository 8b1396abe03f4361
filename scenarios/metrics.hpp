// What an objective can be about: the catalogue of metrics.
#pragma once

#include <span>
#include <string_view>

#include "scenarios/quantities.hpp"

namespace seatrial::scenarios {

enum class MetricDimension { share, duration, request_units, count, bytes, money };

struct Metric {
  std::string_view name;
  std::string_view sentence;
  MetricDimension dimension = MetricDimension::share;
  std::string_view unit = {};  // of the value in results: "", "ns", "RU", ...
  bool higher_is_better = false;
  std::string_view denominator = {};  // of a share or mean: the operations that are counted
};

std::span<const Metric> metric_catalogue();
const Metric* find_metric(std::string_view name);

// How a limit of the metric is written.
Dimension limit_dimension(const Metric&);

}  // namespace seatrial::scenarios
