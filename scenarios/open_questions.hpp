// What a starting file leaves to its reader: a value or key that is "?" or begins with "? ". Left
// in, each is a problem that says where the answer is found, and the file is read no further.
#pragma once

#include <string_view>

#include "scenarios/json_tree.hpp"

namespace seatrial::scenarios {

bool is_open_question(std::string_view text);

// Reports every one, wherever it stands; whether there was any.
bool report_open_questions(const Node& root, Problems&);

// Where the value at a pointer is found, as an imperative. Never empty.
std::string_view how_to_find(std::string_view pointer);

}  // namespace seatrial::scenarios
