// What random worlds are drawn with.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "sim/random/stream.hpp"

namespace seatrial::swarm {

using Json = nlohmann::ordered_json;

class Dice {
 public:
  explicit Dice(std::uint64_t seed)
      : draws_{sim::Stream::sequence(sim::RandomSource{seed, 0}.key(sim::Purpose{"world"}), 0)} {}

  // Of lowest to highest.
  std::int64_t whole(std::int64_t lowest, std::int64_t highest) {
    return lowest + static_cast<std::int64_t>(
                        draws_.below(static_cast<std::uint64_t>(highest - lowest + 1)));
  }
  bool chance(int percent) { return whole(1, 100) <= percent; }
  template <class Value>
  Value one_of(const std::vector<Value>& values) {
    return values[draws_.below(values.size())];
  }
  std::string word(const std::vector<std::string>& words) { return one_of(words); }

  std::string ms(std::int64_t lowest, std::int64_t highest) {
    return std::to_string(whole(lowest, highest)) + "ms";
  }
  std::string percent(std::int64_t lowest, std::int64_t highest) {
    return std::to_string(whole(lowest, highest)) + "%";
  }
  // Never longer than a few times `highest`: what waits for it must end within the run's patience.
  Json duration(std::int64_t highest);

 private:
  sim::Stream draws_;
};

}  // namespace seatrial::swarm
