// The page of a results.json says in words what the results say in numbers: where both say the same
// thing, they have to agree, or one of them was changed after the run.
#pragma once

#include "analysis/report/page_data.hpp"
#include "analysis/report/saved_results.hpp"

namespace seatrial::analysis {

// Throws PageError where the page contradicts the results that it stands in. Its sentences and
// pictures are not computed anew: `seatrial verify` does that.
void check_agreement(const data::Report& page, const SavedResults&);

}  // namespace seatrial::analysis
