// What an event bus is made of; bus_feed.hpp says what it does.
#pragma once

#include "models/fields.hpp"
#include "models/store/replication/plan.hpp"

namespace seatrial::models {

void describe(FieldVisitor&, BusPlan&);

}  // namespace seatrial::models
