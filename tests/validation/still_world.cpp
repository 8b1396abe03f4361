#include "tests/validation/still_world.hpp"

#include <gtest/gtest.h>

#include "analysis/experiment/simulate.hpp"
#include "scenarios/load.hpp"

namespace seatrial::validation {

namespace {

constexpr const char* text = R"({
  "title": "A still world",
  "question": "Does the closed form come out?",
  "regions": {
    "matrix": "none", "users": { "West": "0%", "East": "100%" },
    "links": { "West <> East": { "one_way": "0ms" } },
    "same_zone_round_trip": "0ms", "cross_zone_round_trip": "0ms"
  },
  "store": {
    "write_region": "West", "consistency": "session", "apply_order": "in_log_order",
    "partitions": 1, "replicas": 1, "write_quorum": 1,
    "replication_lag": "0ms", "in_region_lag": "0ms"
  },
  "broker": {
    "get_service": "0ms", "set_service": "0ms",
    "client": { "timeout": "10min", "timeout_check": "1s" }
  },
  "pods": { "count": 1, "max_in_flight": 1000000, "max_queue": 1000000, "balance": "random" },
  "session_token": { "pod_cache": false },
  "data": { "cart": { "owner": "user", "size": "1 KB" } },
  "workload": {
    "sessions": "10/s",
    "steps": { "step": { "share": "100%", "do": [ { "update": "cart" }, { "read": "cart" } ] } }
  },
  "phases": [ { "name": "whole", "for": "60s" } ],
  "policies": { "only": {} },
  "objectives": { "served": { "metric": "availability", "at_least": "1%" } },
  "run": { "warmup": "2s" }
})";

class OperationList final : public models::Observer {
 public:
  void operation(const models::OperationObserved& seen) override { list.push_back(seen); }
  std::vector<models::OperationObserved> list;
};

}  // namespace

models::WorldConfig still_world(const std::vector<std::string>& overrides) {
  return scenarios::parse_scenario(text, "still_world.json", overrides).policies.front().world;
}

Replication run_replication(const models::WorldConfig& world, std::uint32_t replication,
                            Keep keep) {
  models::RunOptions options;
  options.replication = replication;
  Replication run;
  if (keep == Keep::counts) {
    run.summary = analysis::simulate(world, options);
    return run;
  }
  OperationList operations;
  run.summary = analysis::simulate_watched(world, options, operations);
  run.operations = std::move(operations.list);
  return run;
}

analysis::Counts counts_of(const analysis::RunSummary& summary) {
  analysis::Counts all;
  for (const analysis::Cell& cell : summary.cells) all.merge(cell.counts);
  return all;
}

Sample share_of(const analysis::Tally& tally) {
  return {static_cast<double>(tally.violations), static_cast<double>(tally.opportunities)};
}

std::vector<Estimate> replicate(const models::WorldConfig& world, Keep keep,
                                const Questions& questions, int replications) {
  std::vector<Estimate> estimates;
  for (int i = 0; i < replications * deep_factor(); ++i) {
    const Replication run = run_replication(world, static_cast<std::uint32_t>(i), keep);
    EXPECT_FALSE(run.summary.totals.limit_reached);
    EXPECT_EQ(counts_of(run.summary).failed, 0u);
    const std::vector<Sample> samples = questions(run);
    estimates.resize(samples.size());
    for (std::size_t k = 0; k < samples.size(); ++k) estimates[k].add(samples[k]);
  }
  return estimates;
}

Estimate ryw_share(const models::WorldConfig& world) {
  const Questions share = [](const Replication& run) -> std::vector<Sample> {
    return {share_of(counts_of(run.summary).ryw)};
  };
  return replicate(world, Keep::counts, share).front();
}

Estimate stale_share(const models::WorldConfig& world) {
  const Questions share = [](const Replication& run) -> std::vector<Sample> {
    return {share_of(counts_of(run.summary).stale)};
  };
  return replicate(world, Keep::counts, share).front();
}

double integral(const std::function<double(double)>& of, double end) {
  constexpr int steps = 20'000;
  const double width = end / steps;
  double sum = (of(0) + of(end)) / 2;
  for (int i = 1; i < steps; ++i) sum += of(i * width);
  return sum * width;
}

}  // namespace seatrial::validation
