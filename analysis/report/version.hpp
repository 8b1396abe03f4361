// The program's version as results and reports state it; a test holds it equal to the build's.
#pragma once

#include <string_view>

namespace seatrial::analysis {

inline constexpr std::string_view program_version = "0.1.0";
inline constexpr std::string_view results_format = "seatrial-results/1";

}  // namespace seatrial::analysis
