// How large a scenario may be. Beyond these nobody has meant it, and reading it, checking it or
// building its worlds would take memory or time that nobody has: it is refused before it starts.
// Limits of one field (regions, pods, a phase's length) stand in the table of its fields.
#pragma once

#include <cstddef>
#include <cstdint>

namespace seatrial::scenarios {

// Of the file. The library's largest has 8 KB and 300 values; a calibration with ten thousand
// measured samples fits.
inline constexpr std::size_t most_bytes = 4 * 1024 * 1024;
inline constexpr std::size_t most_values = 100'000;
// The reader recurses; the deepest legal place (a mixture of mixtures in a fault's world) has 20.
inline constexpr int deepest_nesting = 64;
// Names stand in tables and pointers; a question is a paragraph, no book.
inline constexpr std::size_t longest_key = 200;
inline constexpr std::size_t longest_text = 10'000;
inline constexpr std::size_t most_policies = 100;  // a table of a hundred rows decides nothing
// Each policy has a tree and a resolved list of its own; together they fit into 256 MB.
inline constexpr std::size_t most_merged_values = 500'000;
// On the command line, or as kept in a results.json.
inline constexpr std::size_t most_overrides = 1'000;
// More are not read by anybody; the rest is counted.
inline constexpr std::size_t most_problems = 100;

// No timeout, pause, lag or phase is longer (31 days, in ns), and no session lasts longer on
// average: then the sums of a run stay far below the 146 years that simulated time has.
inline constexpr double longest_duration_ns = 31 * 86'400e9;
// Steps of a session, on average: a session of ten thousand steps of a second lasts three hours.
inline constexpr double most_steps = 10'000;

// Of one world before anything happens in it. Every core simulates a world of its own.
inline constexpr double most_world_bytes = 2e9;
// Of all runs together: at half a million operations a second, eight months on one core.
inline constexpr double most_operations = 1e13;
// A summary of every run is kept until the end: some 100 KB each.
inline constexpr double most_runs = 200'000;

}  // namespace seatrial::scenarios
