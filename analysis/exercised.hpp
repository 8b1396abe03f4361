// What a run has made use of, so that a report can say which feature or fault it never put to the
// test. Measured operations, and gauges from the first phase on.
//
// A broker entry's time to live has had a chance to run out where `since_write` holds an older
// opportunity than it.
#pragma once

#include <array>
#include <cstdint>

#include "models/observation.hpp"

namespace seatrial::analysis {

struct Exercised {
  std::array<std::uint64_t, models::token_source_names.size()> token_sources{};  // of reads
  std::array<std::uint64_t, models::degraded_names.size()> degraded{};           // by reason
  std::array<std::uint64_t, models::outcome_names.size()> outcomes{};
  std::uint64_t reads_sent_back = 0;        // sent back with 404/1002 (or unanswered) at least once
  std::uint64_t reads_ended_elsewhere = 0;  // of these, of users elsewhere: the last resort
  std::uint64_t degraded_without_a_call = 0;  // the breaker was open: nothing was sent
  std::uint64_t second_device_reads = 0;
  std::uint64_t updates_over_unseen = 0;  // a replace that overwrote what it had not seen
  std::uint64_t late_answers = 0;         // came when nobody waited any more
  std::uint64_t takeovers = 0;            // of the writes of a partition, by another region
  // Samples, of all regions, at which ...
  std::uint64_t pods_missing = 0;  // ... a pod was not ready
  std::uint64_t no_pod_ready = 0;  // ... none was: users went on to another region
  std::uint64_t breaker_open = 0;
  std::uint64_t broker_refused = 0;
  std::uint64_t broker_unreachable = 0;

  void merge(const Exercised&);
  bool operator==(const Exercised&) const = default;
};

}  // namespace seatrial::analysis
