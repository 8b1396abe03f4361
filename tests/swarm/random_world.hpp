// Small worlds drawn at random, as scenario files: whatever a file can say, so that keys are tried
// in company. What is drawn is legal; a generated file that does not load is a failure of a test.
//
//   const std::string text = random_world(seed);
//   const models::WorldConfig world = world_of(text);
//
// A world has one policy, some hundred operations, and runs in a few milliseconds.
#pragma once

#include <cstdint>
#include <string>

#include "models/world.hpp"

namespace seatrial::swarm {

// The same text for the same seed, on any machine.
std::string random_world(std::uint64_t seed);

// Throws scenarios::ScenarioError where the text is no scenario.
models::WorldConfig world_of(const std::string& text);

}  // namespace seatrial::swarm
