// What a scene comes to, in words: over the diagram, at its end, and in its replies.
#pragma once

#include <string>

#include "analysis/explain/scene.hpp"

namespace seatrial::analysis {

// "WRONG: the cart as it was before the write", "RIGHT: the cart with the write"
std::string verdict_of(const Scene&);
// "WRONG: the write is not in it"
std::string short_verdict_of(const Scene&);
// "done, take LSN 812", "cart without the write"; `token`: what the device is to carry.
std::string reply_text(const Scene&, const TracedOperation&, const models::SessionToken& token);
// "FAILED: timed out"
std::string failure_text(models::Outcome);

}  // namespace seatrial::analysis
