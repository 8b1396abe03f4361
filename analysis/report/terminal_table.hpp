// The table of policies against objectives, drawn for a terminal.
#pragma once

#include <string>

#include "analysis/report/page_data.hpp"

namespace seatrial::analysis {

std::string draw(const data::Table&, bool colour);

}  // namespace seatrial::analysis
