// What a policy costs by the prices of the scenario, in the scenario's currency.
//
//   standing, by the hour   RU/s provisioned in each region, pods, brokers
//   by use                  request units, bytes between regions
//
// Use is counted by the clock, from a phase's start to its end, whoever it is for and whether or
// not somebody still waited for the answer. A month is what the phases stand for (`stands_for`):
// each phase's use an hour and the standing costs, times the hours a month of that phase.
// Law: the amounts of a run are integers of millionths of the currency, each rounded once for a
// phase and region.
// Not modelled: discounts, free tiers, storage, network out of the cloud, autoscale.
#pragma once

#include <vector>

#include "analysis/run_summary.hpp"
#include "analysis/statistics/metric.hpp"
#include "scenarios/scenario.hpp"

namespace seatrial::analysis {

// What one policy's runs are priced by.
struct Bill {
  const scenarios::Prices& prices;
  const models::WorldConfig& world;  // of the policy
};

// In millionths: of one hour in one region, and of what one run has used in a phase and region.
std::int64_t standing_hour(const Bill&, models::RegionId);
std::int64_t used(const scenarios::Prices&, const Use&);

// Undefined without prices, or when a phase does not say what it stands for.
Interval cost_a_month(const Bill&, const std::vector<RunSummary>&);

// Of a million operations in these phases and this region; undefined without prices. A selection of
// a data class has no cost of its own.
Measurement cost_per_million(const Bill&, const std::vector<RunSummary>&, const Selection&,
                             Confidence);
// Policy minus baseline, paired by replication.
Interval cost_difference(const Bill& policy, const std::vector<RunSummary>& runs,
                         const Bill& baseline, const std::vector<RunSummary>& baseline_runs,
                         const Selection&, Confidence);

}  // namespace seatrial::analysis
