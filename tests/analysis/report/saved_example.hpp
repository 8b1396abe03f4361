// A small results.json to change in tests: the baseline "as is" misses "own cart" in West Europe,
// "token" meets it. As JSON text.
#pragma once

#include <string>

namespace seatrial::analysis::saved {

std::string results();

// `wrong`: share of wrong reads in West Europe; 0: none, and the objective is met.
std::string policy(const std::string& name, double wrong, const std::string& carry);

std::string interval(double estimate, double low, double high);

}  // namespace seatrial::analysis::saved
