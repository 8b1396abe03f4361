// The table of policies against objectives, as cells of text: page, terminal and markdown draw it.
#pragma once

#include "analysis/report/page_data.hpp"

namespace seatrial::analysis {

data::Table table_of(const scenarios::Scenario&, const Comparison&);

bool any_cell(const data::Table&, Verdict);

}  // namespace seatrial::analysis
