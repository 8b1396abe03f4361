// "Did you mean ...?": the known name that a wrong one was probably meant to be.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace seatrial::scenarios {

// Insertions, deletions, replacements and swaps of neighbours (Damerau and Levenshtein, optimal
// string alignment).
std::size_t edit_distance(std::string_view a, std::string_view b);

// `; did you mean "West Europe"?`, or nothing when no name is near. Case does not count.
std::string did_you_mean(std::string_view wrong, std::span<const std::string> known);

// The same, or else what there is: `; there is "East US" or "West Europe"`.
std::string near_or_listed(std::string_view wrong, std::span<const std::string> known);

// `"a", "b" or "c"`; of more than twelve eight, and the command that shows them all, if there is
// one.
std::string listed(std::span<const std::string> names, std::string_view command = {});

}  // namespace seatrial::scenarios
