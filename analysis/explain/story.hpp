// A pair in words: one sentence of how the read went wrong, one of what made the other right, and
// the facts behind both.
#pragma once

#include <string>
#include <vector>

#include "analysis/explain/scene.hpp"

namespace seatrial::analysis {

// "The phone's update went through pod 3 and became LSN 812; 60 ms later the phone's read went to
// pod 7, whose token (LSN 809) was older; replica 2 of West Europe had applied LSN 811; the write
// arrived there 33 ms later."
std::string sentence_of_wrong(const Scene&);

// "Under "client cookie" the phone carried LSN 812, and replica 2 answered only once it had that."
std::string sentence_of_other(const Scene&);

std::vector<std::string> evidence_of(const Scene& wrong, const Scene& other);

}  // namespace seatrial::analysis
