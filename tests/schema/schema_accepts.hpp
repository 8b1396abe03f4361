// A second validator for the law that the schema and the loader agree: valijson, which knows draft
// 7, inside of the program, for tests that ask a million times.
#pragma once

#include <string>
#include <string_view>

namespace seatrial::scenarios {

// Whether the text is JSON (comments are white space) that the schema of scenarios allows.
bool schema_accepts(std::string_view text);

// The same with the complaints; empty: accepted.
std::string schema_complaints(std::string_view text);

}  // namespace seatrial::scenarios
