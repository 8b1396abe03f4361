// How a policy fared over the course of its runs: what happened in each region in each window of
// simulated time, the warm-up included, over all replications.
//
// Law: an operation counts in the window of its invocation, measured or not; a late answer's cost
// in that of its instant. Sessions are played out after the last phase, in no window. Everything
// is an integer and adds up in any order.
#pragma once

#include <cstdint>
#include <tuple>
#include <vector>

#include "models/observation.hpp"
#include "models/windows.hpp"
#include "sim/statistics/histogram.hpp"

namespace seatrial::analysis {

// Reads that had something to see, and those that missed it.
struct Missed {
  std::uint64_t reads = 0;
  std::uint64_t wrong = 0;
  void merge(const Missed& other) {
    reads += other.reads;
    wrong += other.wrong;
  }
  bool operator==(const Missed&) const = default;
};

// The greatest of what looks have seen, and where; of equal ones the first place, so that it is the
// same in any order.
struct Peak {
  std::int64_t value = 0;
  std::uint32_t partition = 0;
  std::uint32_t region = 0;
  void merge(const Peak& other) {
    if (other.value < value) return;
    const bool is_first = other.value > value || value == 0 ||
                          std::tie(other.partition, other.region) < std::tie(partition, region);
    if (is_first) *this = other;
  }
  bool operator==(const Peak&) const = default;
};

// Sums over `samples`; what it says of a window is their mean, of peaks the greatest.
struct GaugeSums {
  std::uint64_t samples = 0;
  std::uint64_t pods = 0;
  std::uint64_t pods_ready = 0;
  std::uint64_t breakers_open = 0;
  std::uint64_t broker_down = 0;  // samples at which it refused or was unreachable
  Peak greatest_lag_ns;           // the region is unused
  std::int64_t lag_ns = 0;        // of partitions' means
  std::uint64_t entries_lacking = 0;
  std::int64_t catch_up_left = 0;  // bytes
  Peak most_lacking;               // entries, of one partition; the region is unused
  std::int64_t waiting = 0;        // bytes, on limited links to the region
  Peak most_waiting;               // and of which region most come; the partition is unused
  void add(const models::GaugesObserved&);
  void merge(const GaugeSums&);
  bool operator==(const GaugeSums&) const = default;
};

struct Window {
  std::uint64_t operations = 0;
  std::uint64_t failed = 0;
  std::uint64_t degraded = 0;
  Missed ryw;
  Missed ryw_user;
  std::int64_t ru_thousandths = 0;
  std::uint64_t broker_calls = 0;
  std::uint64_t cross_region_calls = 0;
  std::uint64_t store_requests = 0;
  std::uint64_t to_write_region = 0;  // good reads of users elsewhere, answered by it
  sim::WindowHistogram read_latency;  // ns, of good operations
  sim::WindowHistogram update_latency;
  GaugeSums gauges;
  void merge(const Window&);
  bool operator==(const Window&) const = default;
};

// The store as a whole: what was sent in a window, and what looks have seen.
struct StoreWindow {
  std::uint64_t samples = 0;
  std::int64_t request_bytes = 0;  // sent between regions since the look before
  std::int64_t replication_bytes = 0;
  std::int64_t backup_bytes = 0;
  // Asked of paced catch-ups at their start; what was cut short is taken back where it was.
  std::int64_t catch_up_bytes = 0;
  std::uint64_t bus_waiting = 0;
  std::uint64_t at_risk = 0;  // acknowledged writes in memory alone
  std::uint64_t most_at_risk = 0;
  std::uint64_t backups = 0;  // looks at a store that has them
  std::int64_t backup_age_ns = 0;
  std::int64_t greatest_backup_age_ns = 0;
  Peak busiest;                        // thousandths of RU within one second
  std::int64_t limit_thousandths = 0;  // of a partition in a region, each second; 0: none
  void merge(const StoreWindow&);
  bool operator==(const StoreWindow&) const = default;
};

struct Timeline {
  models::Windows windows;
  std::uint32_t regions = 0;
  std::uint64_t runs = 0;          // that are summed up here
  std::vector<Window> cells;       // by region, then window
  std::vector<StoreWindow> store;  // by window

  Timeline() = default;
  Timeline(const models::Windows&, std::uint32_t regions);  // of one run

  Window& at(models::RegionId region, std::size_t window) {
    return cells[region.value() * std::size_t{windows.count} + window];
  }
  const Window& at(models::RegionId region, std::size_t window) const {
    return cells[region.value() * std::size_t{windows.count} + window];
  }
  // One without cells takes the other's.
  void merge(const Timeline&);
  bool operator==(const Timeline&) const = default;
};

}  // namespace seatrial::analysis
