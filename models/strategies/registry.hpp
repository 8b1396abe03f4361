// Every strategy that a scenario file can name, by axis. To add one: write its file in this folder
// (replication: in models/store/replication/) and add its line to registry.cpp.
#pragma once

#include <memory>

#include "models/fields.hpp"

namespace seatrial::models {

const StrategyAxis& balancing_axis();
const StrategyAxis& token_transport_axis();
const StrategyAxis& degradation_axis();
const StrategyAxis& replication_axis();
const StrategyAxis& data_replication_axis();
const StrategyAxis& link_replication_axis();

// The first kind of an axis that has this name. It must exist.
std::shared_ptr<StrategyKind> make_kind(const StrategyAxis& axis, std::string_view name);

}  // namespace seatrial::models
