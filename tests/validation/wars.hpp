// The WARS model twice: as the engine plays a scenario, and as a plain Monte Carlo that knows
// nothing of the engine.
//
// A write is sent to all N replicas at 0 and is at replica i at W[i]; its acknowledgement is back
// at W[i] + A[i]; it commits at the `write_quorum`-th of these. A read that begins t after the
// commit is at replica i after R[i] and answered after R[i] + S[i]; it takes the first
// `read_quorum` answers and is fresh when one of them was asked no earlier than the write arrived.
// Source: Bailis et al., "Probabilistically Bounded Staleness for Practical Partial Quorums",
// VLDB 2012, sections 3 to 5.
#pragma once

#include <cstdint>
#include <functional>
#include <random>
#include <vector>

#include "analysis/run_summary.hpp"
#include "models/world_config.hpp"

namespace seatrial::validation {

// One value a trial, in milliseconds; sorted.
struct WarsSample {
  std::vector<double> read_latency;
  std::vector<double> write_latency;
  std::vector<double> fresh_after;    // the commit
  std::uint64_t fresh_own_reads = 0;  // real reads at once after the commit
  std::uint64_t own_reads = 0;

  // The share of reads that are fresh t after the commit.
  double fresh_at(double t) const;
};

using Draw = std::function<double(std::mt19937_64&)>;
struct WarsLegs {
  Draw write, others;
};
Draw exponential(double rate);
// The published fits.
WarsLegs lnkd_ssd();
WarsLegs lnkd_disk();

WarsSample monte_carlo(const WarsLegs&, int n, int r, int w, std::uint64_t trials,
                       std::uint64_t seed);

// The scenario's policy, played with about so many sessions, each one write and one read of a
// document of its own, over eight replications.
struct EngineRun {
  WarsSample sample;
  std::vector<analysis::RunSummary> runs;
};
EngineRun engine(models::WorldConfig world, std::uint64_t trials);

// The value at rank p, and what the binomial order statistics say of it: `sigmas` standard
// deviations of the rank to both sides.
struct QuantileEstimate {
  double value = 0, low = 0, high = 0, standard_error = 0;
};
QuantileEstimate quantile(const std::vector<double>& sorted, double p, double sigmas = 4);

}  // namespace seatrial::validation
