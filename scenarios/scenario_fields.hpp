// The keys of a scenario file beside those that make the world.
#pragma once

#include "models/fields.hpp"
#include "scenarios/scenario.hpp"

namespace seatrial::scenarios {

// title, question, baseline, objectives and run; `warmup` stands under /run, too.
void describe(models::FieldVisitor&, Scenario&, models::Duration& warmup);

}  // namespace seatrial::scenarios
