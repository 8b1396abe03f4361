#include "tests/tidy/rules.hpp"

#include <cctype>

namespace seatrial::tidy {

const std::vector<Rule>& all_rules() {
  static const std::vector<Rule> rules = {
      lines_fit_in_100_columns,
      files_have_at_most_400_lines,
      lines_end_without_spaces,
      nothing_is_left_for_later,
      no_path_of_one_machine,
      headers_are_included_once,
      headers_open_with_what_they_are_for,
      layers_include_downwards,
      judges_see_only_observations,
      heavy_headers_stay_in_their_rooms,
      randomness_is_specified,
      time_is_simulated,
      no_hash_decides_an_order,
      no_hidden_state,
      no_type_erasure_in_the_engine,
      co_await_stands_alone,
      no_capturing_coroutine_lambda,
  };
  return rules;
}

bool is_word_character(char c) { return c == '_' || std::isalnum(static_cast<unsigned char>(c)); }

std::vector<std::size_t> find_words(std::string_view code, std::string_view word) {
  std::vector<std::size_t> found;
  for (std::size_t at = code.find(word); at != std::string_view::npos;
       at = code.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || !is_word_character(code[at - 1]);
    const bool ends = end == code.size() || !is_word_character(code[end]);
    if (begins && ends) found.push_back(at);
  }
  return found;
}

std::size_t closing_bracket(std::string_view code, std::size_t open) {
  const char opening = code[open];
  const char closing = opening == '(' ? ')' : opening == '[' ? ']' : opening == '<' ? '>' : '}';
  int depth = 0;
  for (std::size_t at = open; at < code.size(); ++at) {
    if (code[at] == opening) ++depth;
    if (code[at] == closing && --depth == 0) return at;
  }
  return std::string_view::npos;
}

}  // namespace seatrial::tidy
