#include <fmt/format.h>

#include <ostream>

#include "app/arguments.hpp"
#include "app/defaults.hpp"
#include "models/faults/phases_config.hpp"
#include "models/network/azure_matrix.hpp"
#include "models/strategies/registry.hpp"
#include "scenarios/metrics.hpp"
#include "scenarios/reference.hpp"

namespace seatrial::app {
namespace {

void line(std::ostream& out, std::string_view name, std::string_view sentence) {
  out << fmt::format("  {:<24} {}\n", name, sentence);
}

void list_strategies(std::ostream& out) {
  for (const models::StrategyAxis* axis :
       {&models::balancing_axis(), &models::token_transport_axis(), &models::degradation_axis(),
        &models::replication_axis(), &models::data_replication_axis(),
        &models::link_replication_axis()}) {
    out << axis->name << '\n';
    for (const auto& kind : axis->kinds) line(out, kind->name(), kind->sentence());
  }
}

void list_faults(std::ostream& out) {
  static constexpr std::array<std::string_view, models::fault_kind_names.size()> examples{
      R"({ "pods": "West Europe", "kill": 2 })",
      R"({ "broker": "West Europe", "is": "unreachable" })",
      R"({ "partition": ["West Europe"] })",
      R"({ "slow_link": "East US <> West Europe", "factor": "x3" })",
      R"({ "cut_link": "East US <> West Europe" })",
      R"({ "region": "East US", "is": "down" })",
      R"({ "store": "East US", "is": "down" })",
      R"({ "replicas": "East US", "crash": 1 })",
      R"({ "split": 0 })",
      R"({ "switchover": "West Europe" })",
      R"({ "merge": 0, "with": 1 })"};
  for (std::size_t i = 0; i < examples.size(); ++i)
    line(out, models::fault_kind_names[i], examples[i]);
}

void list_metrics(std::ostream& out) {
  for (const scenarios::Metric& metric : scenarios::metric_catalogue()) {
    line(out, metric.name, metric.sentence);
    if (!metric.denominator.empty()) line(out, "", fmt::format("of: {}", metric.denominator));
  }
}

void list_regions(std::ostream& out) {
  out << "of the matrix \"" << models::azure_matrix_name << "\"\n";
  for (const std::string_view region : models::matrix_regions()) out << "  " << region << '\n';
}

void list_distributions(std::ostream& out) {
  line(out, "constant", R"("60ms")");
  line(out, "uniform", R"({ "uniform": { "from": "10ms", "to": "20ms" } })");
  line(out, "exponential", R"({ "exponential": { "mean": "3ms" } })");
  line(out, "normal", R"({ "normal": { "mean": "20ms", "standard_deviation": "2ms" } })");
  line(out, "lognormal", R"({ "lognormal": { "median": "3s", "p99": "30s" } })");
  line(out, "pareto", R"({ "pareto": { "at_least": "1ms", "shape": 2.5 } })");
  line(out, "geometric", R"({ "geometric": { "mean": 6 } }, counts only)");
  line(out, "mixture",
       R"({ "mixture": [ { "share": "90%", "of": "1ms" }, { "share": "10%", "of": "9ms" } ] })");
  line(out, "percentiles", R"({ "percentiles": { "p0": "1ms", "p50": "3ms", "p99": "9ms" } })");
  line(out, "samples", R"({ "samples": [ "1ms", "3ms", "2ms" ] })");
}

}  // namespace

int list(const std::string& what, Environment& environment) {
  std::ostream& out = environment.out;
  if (what == "strategies") list_strategies(out);
  if (what == "faults") list_faults(out);
  if (what == "metrics") list_metrics(out);
  if (what == "regions") list_regions(out);
  if (what == "distributions") list_distributions(out);
  if (what == "defaults") list_defaults(out);
  if (what == "reference") out << scenarios::scenario_reference();
  if (!what.empty()) return exit_code::good;
  line(out, "strategies", "kinds of balancing, token transport, degradation and replication");
  line(out, "faults", "what may go wrong in a phase");
  line(out, "metrics", "what an objective may be about");
  line(out, "regions", "of the published matrix of round trips");
  line(out, "distributions", "how to write one");
  line(out, "defaults", "every key, its default and where that comes from");
  line(out, "reference", "docs/scenario.md: the whole scenario file, to read");
  return exit_code::good;
}

}  // namespace seatrial::app
