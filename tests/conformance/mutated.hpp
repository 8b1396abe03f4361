// Scenarios with one or two random mistakes: a key renamed, removed or added, a value replaced by
// one of another type, unit or size, or by one from elsewhere in the file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace seatrial::scenarios {

// The files that mistakes are made in: the library, and one with every key in every form.
std::vector<std::string> sound_scenarios();

// The same for the same seed.
std::string mutated(const std::string& sound, std::uint64_t seed);

}  // namespace seatrial::scenarios
