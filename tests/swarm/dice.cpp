#include "tests/swarm/dice.hpp"

#include <nlohmann/json.hpp>

namespace seatrial::swarm {

Json Dice::duration(std::int64_t highest) {
  switch (whole(0, 3)) {
    case 0:
      return ms(0, highest);
    case 1: {
      const std::int64_t from = whole(0, highest);
      return Json{{"uniform",
                   {{"from", std::to_string(from) + "ms"},
                    {"to", std::to_string(from + whole(1, highest + 1)) + "ms"}}}};
    }
    case 2:
      return Json{{"exponential", {{"mean", ms(1, highest + 1)}}}};
    default: {
      const std::int64_t median = whole(1, highest + 1);
      return Json{{"lognormal",
                   {{"median", std::to_string(median) + "ms"},
                    {"p99", std::to_string(median * whole(2, 5)) + "ms"}}}};
    }
  }
}

}  // namespace seatrial::swarm
