// A read that broke a guarantee: which one, why, and all that the observer needs to find it again.
//
// Why is decided from what the read itself carried and what it had to see (`floor`), the first
// that fits:
//
//   token given up?                    ──> token given up: no replica had applied it
//   degraded?                          ──> degraded: the broker was not there
//   level takes no tokens?             ──> level takes no token
//   no token sent?                     ──> no token
//   token older than the floor?        ──> by its source: pod, client, broker or message token
//                                          too old
//   else                                   other: the token asked for enough
//
// Law: every violation has exactly one cause, so causes sum to the violations.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "models/observation.hpp"

namespace seatrial::analysis {

// Of those that judge reads.
enum class Guarantee : std::uint8_t { ryw, mr, ryw_user };
inline constexpr std::array<std::string_view, 3> guarantee_names{"ryw", "mr", "ryw_user"};

enum class Cause : std::uint8_t {
  no_token,
  pod_token_too_old,
  client_token_too_old,
  broker_token_too_old,
  degraded,
  level_takes_no_token,
  other,
  message_token_too_old,
  token_given_up
};
inline constexpr std::array<std::string_view, 9> cause_names{"no token",
                                                             "pod token too old",
                                                             "client token too old",
                                                             "broker token too old",
                                                             "degraded",
                                                             "level takes no token",
                                                             "other",
                                                             "message token too old",
                                                             "token given up"};

// Violations of one guarantee, by cause; and those of all guarantees.
using CauseCounts = std::array<std::uint64_t, cause_names.size()>;
using CausesByGuarantee = std::array<CauseCounts, guarantee_names.size()>;

// Only reads at session consistency heed a token: the others need none, or ignore it.
Cause cause_of(const models::OperationObserved& read, const models::Version& floor,
               bool heeds_token);

struct Violation {
  Guarantee guarantee = Guarantee::ryw;
  Cause cause = Cause::other;
  models::Version floor;           // had to be seen
  models::Duration age;            // invocation minus the floor's acknowledgement
  models::OperationObserved read;  // as observed
};

// How many of each guarantee and cause are kept as examples: of one run the first ones in time, of
// a policy over its replications.
inline constexpr std::size_t examples_of_each = 3;

// One of an experiment. The number counts from 1 and names it in every report.
struct NumberedViolation {
  std::size_t number = 1;
  std::size_t policy = 0;  // of the scenario
  std::uint32_t replication = 0;
  Violation violation;
};

}  // namespace seatrial::analysis
