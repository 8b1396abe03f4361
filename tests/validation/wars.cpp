#include "tests/validation/wars.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/experiment/simulate.hpp"

namespace seatrial::validation {

namespace {

double uniform(std::mt19937_64& random) {
  return (static_cast<double>(random() >> 11) + 0.5) * 0x1p-53;
}

// A share of Pareto draws, the rest exponential.
Draw fit(double share, double least, double shape, double rate) {
  return [=](std::mt19937_64& random) {
    const bool is_pareto = uniform(random) < share;
    const double u = uniform(random);
    return is_pareto ? least / std::pow(u, 1 / shape) : -std::log(u) / rate;
  };
}

class Watcher final : public models::Observer {
 public:
  explicit Watcher(WarsSample& sample) : sample_{sample} {}

  void operation(const models::OperationObserved& seen) override {
    const double took = static_cast<double>((seen.completed - seen.invoked).ns()) / 1e6;
    if (seen.outcome != models::Outcome::ok) return;
    if (seen.kind == models::OperationKind::update) return sample_.write_latency.push_back(took);
    sample_.read_latency.push_back(took);
    ++sample_.own_reads;
    sample_.fresh_own_reads += seen.truth.versions_behind == 0;
  }
  void freshness(const models::FreshnessObserved& seen) override {
    if (!seen.measured) return;
    sample_.fresh_after.push_back(static_cast<double>(seen.fresh_after.ns()) / 1e6);
  }

 private:
  WarsSample& sample_;
};

void sort(WarsSample& sample) {
  for (auto* values : {&sample.read_latency, &sample.write_latency, &sample.fresh_after})
    std::sort(values->begin(), values->end());
}

}  // namespace

double WarsSample::fresh_at(double t) const {
  const auto fresh = std::upper_bound(fresh_after.begin(), fresh_after.end(), t);
  return static_cast<double>(fresh - fresh_after.begin()) / static_cast<double>(fresh_after.size());
}

Draw exponential(double rate) {
  return [=](std::mt19937_64& random) { return -std::log(uniform(random)) / rate; };
}

WarsLegs lnkd_ssd() {
  const Draw all = fit(0.9122, 0.235, 10, 1.66);
  return {all, all};
}

WarsLegs lnkd_disk() { return {fit(0.38, 1.05, 1.51, 0.183), lnkd_ssd().others}; }

WarsSample monte_carlo(const WarsLegs& legs, int n, int r, int w, std::uint64_t trials,
                       std::uint64_t seed) {
  std::mt19937_64 random{seed};
  WarsSample sample;
  const auto replicas = static_cast<std::size_t>(n);
  std::vector<double> arrives(replicas), acknowledged(replicas);
  std::vector<std::pair<double, double>> answers(replicas);  // answered, lateness of the write
  for (std::uint64_t trial = 0; trial < trials; ++trial) {
    for (std::size_t i = 0; i < replicas; ++i) {
      arrives[i] = legs.write(random);
      acknowledged[i] = arrives[i] + legs.others(random);
    }
    std::sort(acknowledged.begin(), acknowledged.end());
    const double commit = acknowledged[static_cast<std::size_t>(w - 1)];
    for (std::size_t i = 0; i < replicas; ++i) {
      const double asked = legs.others(random);
      answers[i] = {asked + legs.others(random), arrives[i] - commit - asked};
    }
    std::sort(answers.begin(), answers.end());
    double fresh_after = answers[0].second;
    for (std::size_t i = 1; i < static_cast<std::size_t>(r); ++i)
      fresh_after = std::min(fresh_after, answers[i].second);
    sample.write_latency.push_back(commit);
    sample.read_latency.push_back(answers[static_cast<std::size_t>(r - 1)].first);
    sample.fresh_after.push_back(std::max(fresh_after, 0.0));
  }
  sort(sample);
  return sample;
}

EngineRun engine(models::WorldConfig world, std::uint64_t trials) {
  constexpr std::uint32_t replications = 8;
  world.workload.sessions_per_second = 20'000;
  world.phases.front().length = models::Duration::nanoseconds(
      static_cast<std::int64_t>(static_cast<double>(trials) / replications / 20'000 * 1e9));
  EngineRun run;
  for (std::uint32_t i = 0; i < replications; ++i) {
    models::RunOptions options;
    options.replication = i;
    Watcher watcher{run.sample};
    run.runs.push_back(analysis::simulate_watched(world, options, watcher));
  }
  sort(run.sample);
  return run;
}

QuantileEstimate quantile(const std::vector<double>& sorted, double p, double sigmas) {
  const auto n = static_cast<double>(sorted.size());
  const auto at = [&](double rank) {
    return sorted[static_cast<std::size_t>(std::clamp(std::ceil(rank) - 1, 0.0, n - 1))];
  };
  const double deviation = std::sqrt(n * p * (1 - p));
  QuantileEstimate estimate;
  estimate.value = at(n * p);
  estimate.low = at(n * p - sigmas * deviation);
  estimate.high = at(n * p + sigmas * deviation);
  estimate.standard_error = (at(n * p + deviation) - at(n * p - deviation)) / 2;
  return estimate;
}

}  // namespace seatrial::validation
