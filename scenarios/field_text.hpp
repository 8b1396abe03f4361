// What a key of the scenario file is, in words: shared by the schema's descriptions, the reference
// and the list of defaults.
#pragma once

#include <string>

#include "scenarios/field_tree.hpp"

namespace seatrial::scenarios {

// What is written there: `a duration like "250ms"`, `"none" or "cookie"`, `an object`.
std::string form_text(const FieldNode&);
// "at least 1ms", "from 0% to 100%"; empty: any.
std::string range_text(const FieldNode&);
// "Default: 5s (assumed)." or "Never implicit: ..."; empty where there is nothing to say.
std::string default_text(const FieldNode&);
// What only the loader checks, because it needs the rest of the file; mostly empty.
std::string reference_text(const FieldNode&);

// A sentence for each kind of a strategy: "random: Any ready pod ...".
std::string kinds_text(const FieldNode&);

}  // namespace seatrial::scenarios
