// A scenario read back in words: users, what a session does step by step, store, lag, tokens, what
// each policy changes, each phase, the objectives. Short lines for somebody who did not write the
// file and can hold them against what they know of the system.
#pragma once

#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace seatrial::analysis {

struct ReadBackLine {
  std::string label;  // empty: goes on under the label before
  std::string text;
};

std::vector<ReadBackLine> read_back(const scenarios::Scenario&);

// "average session lasts about 25 s: 6 steps, 4.93 s apart".
std::string session_text(const models::WorldConfig&);

// "ryw of cart at most 1,000 per million, in all phases but outage together, in each region".
std::string objective_text(const scenarios::Objective&);

}  // namespace seatrial::analysis
