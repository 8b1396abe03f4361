// `co_await` stands alone, in one of four forms:
//
//   const T x = co_await f(values);
//   x = co_await f(values);
//   co_await f(values);
//   co_return co_await f(values);
//
// where f is a name or a path of names, and values are names, paths, literals, their arithmetic,
// and what functions return; an object made on the spot (a type's name before a bracket, or braces)
// is not. Why: docs/coroutines.md.
#include <algorithm>
#include <array>
#include <string>

#include "tests/tidy/rules.hpp"

namespace seatrial::tidy {

namespace {

constexpr std::size_t npos = std::string_view::npos;

bool consists_of(std::string_view text, std::string_view others) {
  return std::all_of(text.begin(), text.end(),
                     [&](char c) { return is_word_character(c) || others.find(c) != npos; });
}

std::string without_extra_spaces(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool is_space = c == ' ' || c == '\n' || c == '\t';
    if (!is_space) result += c;
    if (is_space && !result.empty() && result.back() != ' ') result += ' ';
  }
  if (result.ends_with(' ')) result.pop_back();
  return result;
}

// From the end of the statement or the brace before, to the next semicolon or opening brace.
std::string statement_around(std::string_view code, std::size_t at) {
  std::size_t begin = at;
  for (int depth = 0; begin > 0; --begin) {
    const char c = code[begin - 1];
    if (c == ')' || c == ']') ++depth;
    if (c == '(' || c == '[') --depth;
    if (depth <= 0 && (c == ';' || c == '{' || c == '}')) break;
  }
  const std::size_t end = code.find_first_of(";{", at);
  const bool is_complete = end != npos && code[end] == ';';
  return without_extra_spaces(code.substr(begin, is_complete ? end - begin : end - begin + 1));
}

// `else`, `case x:`, `if (...)`, `for (...)` and the like, before a statement of their own.
// A condition that itself awaits is left in place, and then fits no form.
std::string_view without_control(std::string_view statement) {
  static constexpr std::array<std::string_view, 4> words = {"else ", "do ",
                                                            "default: ", "[[maybe_unused]] "};
  static constexpr std::array<std::string_view, 4> heads = {"if (", "if constexpr (", "while (",
                                                            "for ("};
  for (const std::string_view word : words) {
    if (statement.starts_with(word)) return without_control(statement.substr(word.size()));
  }
  for (const std::string_view head : heads) {
    if (!statement.starts_with(head)) continue;
    const std::size_t close = closing_bracket(statement, head.size() - 1);
    if (close == npos || close < statement.find("co_await")) {
      return close == npos ? statement : without_control(statement.substr(close + 2));
    }
  }
  if (statement.starts_with("case ")) {
    const std::size_t colon = statement.find(": ");
    if (colon < statement.find("co_await")) return without_control(statement.substr(colon + 2));
  }
  return statement;
}

// std::move(name) becomes name: a task itself may be awaited so.
std::string without_moves(std::string_view text) {
  static constexpr std::string_view move = "std::move(";
  std::string result{text};
  for (std::size_t at = result.find(move); at != npos; at = result.find(move)) {
    const std::size_t close = closing_bracket(result, at + move.size() - 1);
    if (close == npos) return result;
    result.erase(close, 1);
    result.erase(at, move.size());
  }
  return result;
}

// `Options(place, 3)`: by our names a type stands before the bracket, so this makes an object.
bool makes_an_object(std::string_view arguments) {
  for (std::size_t open = arguments.find('('); open != npos; open = arguments.find('(', open + 1)) {
    std::size_t name = open;
    while (name > 0 && is_word_character(arguments[name - 1])) --name;
    if (arguments[name] >= 'A' && arguments[name] <= 'Z') return true;
  }
  return false;
}

bool is_plain_call(std::string_view awaited) {
  const std::string call = without_moves(awaited);
  if (call.find("&&") != npos) return false;
  const std::size_t open = call.find('(');
  const std::string callee = call.substr(0, open);
  const bool names_callee = !callee.empty() && consists_of(callee, ":.->[]<, ");
  if (open == npos) return names_callee;
  if (!call.ends_with(')') || closing_bracket(call, open) != call.size() - 1) return false;
  const std::string arguments = call.substr(open + 1, call.size() - open - 2);
  return names_callee && consists_of(arguments, ":.-<>[]() ,*&+/!'\"") &&
         !makes_an_object(arguments);
}

// `x`, `place.answer`, `*into`
bool is_path(std::string_view left) { return consists_of(left, ":.->[]*"); }

// `const T x`: a type and a name, no structured binding.
bool is_declaration(std::string_view left) {
  const std::size_t name = left.find_last_of(" &*");
  return name != npos && name > 0 && name + 1 < left.size() && consists_of(left, ":<>,&* ");
}

bool is_allowed(std::string_view statement) {
  static constexpr std::string_view await = "co_await ";
  statement = without_control(statement);
  const std::size_t at = statement.find(await);
  if (at == npos || !is_plain_call(statement.substr(at + await.size()))) return false;
  const std::string_view before = statement.substr(0, at);
  if (before.empty() || before == "co_return ") return true;
  if (!before.ends_with(" = ")) return false;
  const std::string_view left = before.substr(0, before.size() - 3);
  return is_declaration(left) || is_path(left);
}

struct Lambda {
  std::size_t begin;  // of the body
  std::size_t end;
  bool captures;
};

// The lambda whose introducer opens at `open`, if there is one.
bool read_lambda(std::string_view code, std::size_t open, Lambda& lambda) {
  const std::size_t before = code.find_last_not_of(" \n", open == 0 ? 0 : open - 1);
  const bool is_subscript = open > 0 && before != npos &&
                            (is_word_character(code[before]) || code[before] == ')' ||
                             code[before] == ']' || code[before] == '[');
  const std::size_t close = closing_bracket(code, open);
  if (is_subscript || close == npos || code.substr(open).starts_with("[[")) return false;
  std::size_t at = code.find_first_not_of(" \n", close + 1);
  if (at != npos && code[at] == '(') {
    at = closing_bracket(code, at);
    if (at == npos) return false;
    ++at;
  }
  const std::size_t body = at == npos ? npos : code.find_first_of("{;,)(", at);
  if (body == npos || code[body] != '{') return false;
  lambda = {body, closing_bracket(code, body), close > open + 1};
  return lambda.end != npos;
}

std::vector<Lambda> lambdas_of(std::string_view code) {
  std::vector<Lambda> lambdas;
  for (std::size_t open = code.find('['); open != npos; open = code.find('[', open + 1)) {
    Lambda lambda{};
    if (read_lambda(code, open, lambda)) lambdas.push_back(lambda);
  }
  return lambdas;
}

}  // namespace

Findings co_await_stands_alone(const Source& source) {
  Findings findings;
  if (!source.is_cpp()) return findings;
  for (const std::size_t at : find_words(source.code(), "co_await")) {
    const bool is_operator = at >= 9 && source.code().substr(at - 9, 9) == "operator ";
    if (is_operator || is_allowed(statement_around(source.code(), at))) continue;
    findings.push_back({source.path(), source.line_at(at),
                        "co_await stands alone: `[const T] x = co_await f(values);`, `co_await "
                        "f(values);` or `co_return co_await f(values);` (docs/coroutines.md)"});
  }
  return findings;
}

Findings no_capturing_coroutine_lambda(const Source& source) {
  Findings findings;
  if (!source.is_cpp()) return findings;
  const std::vector<Lambda> lambdas = lambdas_of(source.code());
  for (const std::string_view word : {"co_await", "co_return", "co_yield"}) {
    for (const std::size_t at : find_words(source.code(), word)) {
      const Lambda* innermost = nullptr;
      for (const Lambda& lambda : lambdas) {
        if (lambda.begin < at && at < lambda.end) innermost = &lambda;  // the latest to open
      }
      if (innermost == nullptr || !innermost->captures) continue;
      findings.push_back({source.path(), source.line_at(at),
                          "a coroutine lambda captures nothing: its captures die before it does; "
                          "pass parameters by value"});
    }
  }
  return findings;
}

}  // namespace seatrial::tidy
