#include "sim/event_queue.hpp"

namespace seatrial::sim {

void EventQueue::add_block() {
  blocks_.push_back(std::make_unique<Block>());
  for (Chunk& chunk : *blocks_.back()) give_back(&chunk);
}

}  // namespace seatrial::sim
