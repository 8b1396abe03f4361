// From a scene to its diagram.
//
// The front door is no lane: an arrow between device and pod is the whole way. Replicas of one
// region share a lane when a read asked several of them; of many that had not applied the token
// the first and the last are drawn and the others counted in a mark.
#pragma once

#include "analysis/explain/diagram.hpp"
#include "analysis/explain/scene.hpp"

namespace seatrial::analysis {

Diagram draw(const Scene&);

}  // namespace seatrial::analysis
