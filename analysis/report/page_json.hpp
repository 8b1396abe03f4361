// A report's data as JSON (page/src/data.ts) and back.
//
// What comes back was perhaps written by somebody else: it is taken only when every key that the
// page draws from is there, of its kind, and points to something that exists. What is unknown is
// left out, so that only what this program could have written goes into a page.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "analysis/report/page_data.hpp"

namespace seatrial::analysis {

// In one line. Text that is not UTF-8 (a file name may be) has its wrong bytes replaced.
std::string page_json(const data::Report&);

// Of analysis/explain; "" is none.
std::vector<data::SameReadTwice> pairs_of_json(std::string_view pairs);

// Why a file cannot be reported, without its name.
struct PageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Of a results.json as text. Throws PageError.
data::Report report_of_results(std::string_view results);

// What the shape alone cannot say: that indices point at something and rows are as long as their
// heads. Throws PageError.
void check(const data::Report&);

}  // namespace seatrial::analysis
