// The laws of this codebase that a machine can see. Each rule looks at one file and says nothing
// about files that it does not concern. A rule is a heuristic on text: it must never accuse good
// code (there is no way to switch one off in a file), and may miss bad code.
#pragma once

#include <string_view>
#include <vector>

#include "tests/tidy/source.hpp"

namespace seatrial::tidy {

// Text.
Findings lines_fit_in_100_columns(const Source& source);
Findings files_have_at_most_400_lines(const Source& source);
Findings lines_end_without_spaces(const Source& source);
Findings nothing_is_left_for_later(const Source& source);
Findings no_path_of_one_machine(const Source& source);
Findings headers_are_included_once(const Source& source);
Findings headers_open_with_what_they_are_for(const Source& source);

// Includes.
Findings layers_include_downwards(const Source& source);
Findings judges_see_only_observations(const Source& source);
Findings heavy_headers_stay_in_their_rooms(const Source& source);

// Determinism.
Findings randomness_is_specified(const Source& source);
Findings time_is_simulated(const Source& source);
Findings no_hash_decides_an_order(const Source& source);
Findings no_hidden_state(const Source& source);
Findings no_type_erasure_in_the_engine(const Source& source);

// Coroutines under g++ 12 (docs/coroutines.md).
Findings co_await_stands_alone(const Source& source);
Findings no_capturing_coroutine_lambda(const Source& source);

using Rule = Findings (*)(const Source&);
const std::vector<Rule>& all_rules();

// Helpers of the rules.
bool is_word_character(char c);
// Where `word` stands as a word of its own, not as a part of a longer identifier.
std::vector<std::size_t> find_words(std::string_view code, std::string_view word);
// The position of the bracket that closes the one at `open`, or npos.
std::size_t closing_bracket(std::string_view code, std::size_t open);

}  // namespace seatrial::tidy
