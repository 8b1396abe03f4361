// What the models leave out, and what would be different in truth.
#pragma once

#include "analysis/report/page_data.hpp"

namespace seatrial::analysis {

std::vector<data::Omission> not_modelled();

}  // namespace seatrial::analysis
