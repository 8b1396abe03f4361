// The identifiers and quantities of the simulated world.
#pragma once

#include <cstdint>

#include "sim/id.hpp"
#include "sim/time.hpp"

namespace seatrial::models {

using sim::Duration;
using sim::Instant;

using RegionId = sim::Id<struct RegionTag>;        // index into WorldConfig::regions.users
using PodId = sim::Id<struct PodTag>;              // over all regions
using PartitionId = sim::Id<struct PartitionTag>;  // physical partition of the store
using DataClassId = sim::Id<struct DataClassTag>;  // index into WorldConfig::data
using StepId = sim::Id<struct StepTag>;            // index into WorkloadConfig::steps
using PhaseId = sim::Id<struct PhaseTag>;          // index into WorldConfig::phases

// Stable names, equal under every policy: what is drawn for a user or session is named by these.
using UserId = sim::Id<struct UserTag, std::uint64_t>;
using SessionId = sim::Id<struct SessionTag, std::uint64_t>;

// The session of a user's second device has the number of the first one's, with this bit.
inline constexpr std::uint64_t second_device_bit = std::uint64_t{1} << 61;
constexpr UserId user_of(SessionId session) { return UserId{session.value() & ~second_device_bit}; }

using Bytes = std::int64_t;

// Request units in thousandths, so that sums are exact.
struct RequestUnits {
  std::int64_t thousandths = 0;
  constexpr auto operator<=>(const RequestUnits&) const = default;
  constexpr RequestUnits& operator+=(RequestUnits other) {
    thousandths += other.thousandths;
    return *this;
  }
};

// A document's stable name: the data class and the user, session or rank it belongs to.
struct DocumentName {
  DataClassId data_class;
  std::uint64_t owner = 0;
  constexpr auto operator<=>(const DocumentName&) const = default;
};

}  // namespace seatrial::models
