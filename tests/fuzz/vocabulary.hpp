// Every word that a scenario file can have, from the tables of fields themselves: what a key is
// named, what may be chosen, which keys must not be left out.
#pragma once

#include <set>
#include <string>
#include <vector>

namespace seatrial::fuzz {

struct Vocabulary {
  std::set<std::string> keys;
  std::set<std::string> names;  // choices, strategies, metrics, regions
  // JSON pointers with "*" for any name or index: "/phases/*/for".
  std::set<std::string> known;
  std::set<std::string> required;

  // Words, and quantities in every unit.
  std::vector<std::string> all() const;
};

const Vocabulary& vocabulary();

// Quantities in every unit, plain and extreme, right and wrong.
const std::vector<std::string>& quantities();

// The pointer with "*" where a name or index stands, and without the policy that patches it.
std::string pattern_of(const std::string& pointer);

}  // namespace seatrial::fuzz
