// Tables of policies, drawn for a terminal.
#pragma once

#include <string>

#include "analysis/report/page_data.hpp"

namespace seatrial::analysis {

// Against objectives.
std::string draw(const data::Table&, bool colour);

// Of measures, with what is beside them in the last column alone: all of it is wider than a screen.
std::string draw(const data::Measures&);

}  // namespace seatrial::analysis
