// The store of a random world: logs with one write region in every mode, several write regions, or
// a quorum without a leader.
#pragma once

#include "tests/swarm/dice.hpp"

namespace seatrial::swarm {

// What the rest of the world has to fit to.
struct DrawnStore {
  enum class Protocol { logs, several_write_regions, quorum };

  Protocol protocol = Protocol::logs;
  std::string level;
  std::int64_t partitions = 1;
  std::int64_t replicas = 1;
  bool keeps_entries = false;  // an event bus or a tier: no catch-up at a pace
};

// `store`: null; what is drawn.
DrawnStore random_store(Dice& dice, const std::vector<std::string>& regions, Json& store);

// A mode of a data class, a container of its own; null where there can be none.
Json random_class_mode(Dice& dice, const std::vector<std::string>& regions, DrawnStore& drawn,
                       Json& store);

// A catch-up at a pace; null where there is none.
Json random_catch_up(Dice& dice, const DrawnStore& drawn);

}  // namespace seatrial::swarm
