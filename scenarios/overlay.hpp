// What is laid over the file's tree: values of the command line, and a policy's patch. Both keep
// the places of what they bring, so that an error cites them.
//
// A patch is a JSON merge patch (RFC 7396), except that a choice is replaced whole when the patch
// names one: a distribution, an object with "kind", a value with its source. null restores the
// default.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/json_tree.hpp"
#include "scenarios/scenario.hpp"

namespace seatrial::scenarios {

// "/pointer=value" of the command line. The value is JSON, or else a string: 60ms is "60ms".
struct Override {
  std::string pointer;
  std::string value;
};

// Throws ScenarioError for a text that is none.
std::vector<Override> parse_overrides(const std::vector<std::string>& texts);

// Sets the value in the tree; objects on the way are made.
void apply(const Override&, int index, Node& root, Problems&);

// What a policy may change, and what of a data class.
inline constexpr std::array<std::string_view, 5> policy_keys{"store", "broker", "pods", "data",
                                                             "session_token"};
inline constexpr std::array<std::string_view, 3> policy_data_keys{"update", "consistency",
                                                                  "replication"};
bool policy_may_change_data(std::string_view key);

// Reports what a policy must not change.
void check_patch(const Node& patch, const Node& base, const std::string& policy, Problems&);

// The base under a policy's patch. What comes from the patch is marked so.
Node merged(const Node& base, const Node& patch);

// Pointers of what the base has and the patch takes away with null, in the patch's order.
std::vector<std::string> removed(const Node& base, const Node& patch);

// A value of which the command line, or else the policy, has written any part is theirs.
Origin origin_of(const Node& value);

}  // namespace seatrial::scenarios
