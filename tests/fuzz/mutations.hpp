// Changes of a scenario's tree, chosen at random: single mistakes of one kind, as people make them,
// and wild ones, as nobody makes them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "scenarios/json_tree.hpp"

namespace seatrial::fuzz {

// SplitMix64: one word for each choice, the same everywhere.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_{seed} {}
  std::uint64_t next();
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
  template <class List>
  const auto& one_of(const List& list) {
    auto element = list.begin();
    std::advance(element, static_cast<std::ptrdiff_t>(below(list.size())));
    return *element;
  }

 private:
  std::uint64_t state_;
};

enum class Mistake {
  renamed_key,
  wrong_unit,
  wrong_type,
  out_of_range,
  left_out,  // a key that must not be
  duplicate_key,
  moved_value
};
inline constexpr std::array<std::string_view, 7> mistake_names{
    "renamed key", "wrong unit",    "wrong type", "out of range",
    "left out",    "duplicate key", "moved value"};

struct Change {
  std::string pointer;  // of what was changed
  std::string to;       // what it is now: its key, its value, or the pointer that it has now
};

// Makes one such mistake, somewhere; nothing where the tree has no place for it.
std::optional<Change> make_mistake(Mistake, scenarios::Node& root, Random&);

// For fuzzing: the text with one to four changes of any kind; empty when it is no JSON.
std::string mutated(std::string_view text, std::uint64_t seed);

}  // namespace seatrial::fuzz
