// One wrong read as a space-time diagram, and the same read under another policy: what
// `seatrial explain` prints and report.html draws. Structs only; names of lanes are the scenario's
// and may hold any text.
//
//   phone      pod 3      pod 7      replica 2     primary       lanes: who acts
//     │── update ─>│          │           │            │         messages, with their tokens
//     │          ...          │           ● LSN 812    │         marks: what was so at an instant
//
// Times count from the diagram's zero: when the write was invoked (mr: the earlier read).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/violation.hpp"

namespace seatrial::analysis {

enum class LaneKind : std::uint8_t { device, pod, broker, replica };
inline constexpr std::array<std::string_view, 4> lane_kind_names{"device", "pod", "broker",
                                                                 "replica"};

struct Lane {
  LaneKind kind = LaneKind::device;
  std::string label;  // "phone", "pod 7", "redis", "replica 2"
  std::string place;  // "West Europe"
};

// missing: the write or token that should have been there. saving: what made the read right.
enum class Role : std::uint8_t { plain, missing, saving, wrong, right };
inline constexpr std::array<std::string_view, 5> role_names{"plain", "missing", "saving", "wrong",
                                                            "right"};

struct Message {
  std::size_t from = 0, to = 0;  // lanes
  models::Duration sent;
  std::optional<models::Duration> arrives;  // nothing: lost
  std::string label;                        // "read, at least LSN 812"
  std::string token;                        // "LSN 812"; empty: carries none
  Role role = Role::plain;                  // plain, missing or saving
  std::size_t order = 0;                    // of messages and marks of one instant
};

struct Mark {
  std::size_t lane = 0;
  models::Duration at;
  std::string label;  // "LSN 812 applied"
  Role role = Role::plain;
  std::size_t order = 0;
};

struct Diagram {
  std::string policy;
  std::string verdict;  // "WRONG: the cart as it was before the write"
  bool wrong = false;
  std::vector<Lane> lanes;
  std::vector<Message> messages;  // by the instant at which they were sent
  std::vector<Mark> marks;        // by instant
};

struct SameReadTwice {
  std::uint64_t number = 0;  // of the violation in results.json
  Guarantee guarantee = Guarantee::ryw;
  Cause cause = Cause::other;
  std::string sentence;               // what happened, and what made the other read right
  std::vector<std::string> evidence;  // one fact each
  Diagram left;                       // the wrong read
  Diagram right;                      // the same read under the other policy
};

// The JSON array that report.html draws (SameReadTwice[] of analysis/report/page/src/data.ts).
std::string pairs_json(const std::vector<SameReadTwice>&);

}  // namespace seatrial::analysis
