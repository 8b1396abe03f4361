// Makes a scenario that fails smaller for as long as it still fails: takes away members and
// elements, whole regions and steps, halves counts and times, puts constants for distributions.
// What is left is short enough to read.
//
//   const std::string smallest = shrunk(text, [](const std::string& t) { return breaks(t); });
//
// Laws: what it returns fails, too, and no single step of these makes it smaller and still fail,
// unless the tries are used up. The same input gives the same output.
// Source of the idea: Zeller and Hildebrandt, Simplifying and Isolating Failure-Inducing Input,
// IEEE TSE 28(2), 2002.
#pragma once

#include <functional>
#include <string>

namespace seatrial::swarm {

// `fails` says of a text whether it still fails; of one that is no scenario: no.
std::string shrunk(const std::string& text, const std::function<bool(const std::string&)>& fails,
                   int most_tries = 3'000);

}  // namespace seatrial::swarm
