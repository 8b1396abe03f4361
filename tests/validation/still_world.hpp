// A world in which nothing takes time and nothing is late unless a test says so: closed forms
// know of one cause at a time. All users are in East, a read region; writes go to West; no link,
// hop, lag or service takes time; one partition with one replica in each region; no pod remembers
// a token. A test lays its own values over it, as the command line would.
//
//   const WorldConfig world = still_world({"/store/apply_order=independent"});
//   const auto shares = replicate(world, [](const Replication& run) -> std::vector<Sample> {...});
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "analysis/run_summary.hpp"
#include "models/world.hpp"
#include "tests/validation/estimate.hpp"

namespace seatrial::validation {

models::WorldConfig still_world(const std::vector<std::string>& overrides);

struct Replication {
  analysis::RunSummary summary;
  std::vector<models::OperationObserved> operations;  // all, in the order of completion
};

enum class Keep { counts, operations };
Replication run_replication(const models::WorldConfig&, std::uint32_t replication, Keep);

// All cells together.
analysis::Counts counts_of(const analysis::RunSummary&);
Sample share_of(const analysis::Tally&);

// What a run says, one sample a question; estimated over replications.
using Questions = std::function<std::vector<Sample>(const Replication&)>;
std::vector<Estimate> replicate(const models::WorldConfig&, Keep, const Questions&,
                                int replications = 32);

// The share of good reads that broke read-your-writes, and that were stale.
Estimate ryw_share(const models::WorldConfig&);
Estimate stale_share(const models::WorldConfig&);

// Of functions that fall off within `end`: the trapezoidal rule, with 20,000 steps.
double integral(const std::function<double(double)>& of, double end);

}  // namespace seatrial::validation
