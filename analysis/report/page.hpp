// report.html: the template that is compiled into the program, with the data put into it.
//
//   output.write({{"report.html", page(page_data(...))}});
//
// Its law: whatever the data holds, it stays data. No name in it can end the element that it stands
// in, so nothing of it is ever read as markup or runs. The page loads nothing: it is one file.
#pragma once

#include <string>
#include <string_view>

namespace seatrial::analysis {

// False where the program was built with SEATRIAL_PAGE=OFF.
bool has_page();

// `data` is the JSON text of a Report (analysis/report/page/src/data.ts). Without a page built in,
// this is a page that says so, and how to get one.
std::string page(std::string_view data);

}  // namespace seatrial::analysis
