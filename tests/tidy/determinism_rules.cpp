#include <algorithm>
#include <array>
#include <string>

#include "tests/tidy/rules.hpp"

namespace seatrial::tidy {

namespace {

void find_all(const Source& source, std::string_view word, const std::string& rule,
              Findings& findings) {
  for (const std::size_t at : find_words(source.code(), word)) {
    findings.push_back({source.path(), source.line_at(at), rule});
  }
}

std::string_view word_at(std::string_view code, std::size_t at) {
  std::size_t end = at;
  while (end < code.size() && is_word_character(code[end])) ++end;
  return code.substr(at, end - at);
}

std::size_t skip_spaces(std::string_view code, std::size_t at) {
  return std::min(code.find_first_not_of(" \n\t&*", at), code.size());
}

// Peers show another engine's idiom, not ours.
bool is_peer(const Source& source) { return source.is_below("bench/peers/"); }

bool is_unspecified(std::string_view name) {
  static constexpr std::array<std::string_view, 7> names = {
      "shuffle", "sample", "random_shuffle", "random_device", "default_random_engine",
      "hash",    "rand"};
  return name.ends_with("_distribution") ||
         std::find(names.begin(), names.end(), name) != names.end();
}

// The variables of this file that are unordered containers.
std::vector<std::string_view> hashed_variables(std::string_view code) {
  static constexpr std::array<std::string_view, 4> containers = {
      "unordered_map", "unordered_set", "unordered_multimap", "unordered_multiset"};
  std::vector<std::string_view> names;
  for (const std::string_view container : containers) {
    for (const std::size_t at : find_words(code, container)) {
      const std::size_t open = at + container.size();
      if (open >= code.size() || code[open] != '<') continue;
      const std::size_t close = closing_bracket(code, open);
      if (close == std::string_view::npos) continue;
      const std::string_view name = word_at(code, skip_spaces(code, close + 1));
      if (!name.empty()) names.push_back(name);
    }
  }
  return names;
}

// What stands after the colon of a range-for, or an empty view.
std::string_view range_of(std::string_view code, std::size_t for_at) {
  const std::size_t open = skip_spaces(code, for_at + 3);
  if (open >= code.size() || code[open] != '(') return {};
  const std::size_t close = closing_bracket(code, open);
  if (close == std::string_view::npos) return {};
  const std::string_view head = code.substr(open + 1, close - open - 1);
  for (std::size_t at = head.find(':'); at != std::string_view::npos; at = head.find(':', at + 1)) {
    if (head.substr(at).starts_with("::")) {
      ++at;
    } else {
      return head.substr(at + 1);
    }
  }
  return {};
}

}  // namespace

Findings randomness_is_specified(const Source& source) {
  Findings findings;
  if (!source.is_cpp() || is_peer(source)) return findings;
  const std::string rule =
      "the standard does not specify its result: draw from sim's random streams";
  for (const std::size_t at : find_words(source.code(), "std")) {
    const std::string_view code = source.code();
    if (!code.substr(at).starts_with("std::")) continue;
    if (is_unspecified(word_at(code, at + 5))) {
      findings.push_back({source.path(), source.line_at(at), rule});
    }
  }
  for (const std::string_view name : {"rand", "srand", "drand48"}) {
    for (const std::size_t at : find_words(source.code(), name)) {
      const bool is_call = source.code().substr(at + name.size()).starts_with("(");
      const bool is_ours = at > 0 && (source.code()[at - 1] == '.' || source.code()[at - 1] == ':');
      if (is_call && !is_ours) findings.push_back({source.path(), source.line_at(at), rule});
    }
  }
  return findings;
}

Findings time_is_simulated(const Source& source) {
  static constexpr std::array<std::string_view, 6> rooms = {"app/",
                                                            "bench/",
                                                            "analysis/experiment/",
                                                            "tests/app/",
                                                            "tests/analysis/experiment/",
                                                            "tests/performance/"};
  Findings findings;
  const bool may_look = std::any_of(rooms.begin(), rooms.end(),
                                    [&](std::string_view room) { return source.is_below(room); });
  if (!source.is_cpp() || may_look) return findings;
  for (const std::string_view clock :
       {"system_clock", "steady_clock", "high_resolution_clock", "gettimeofday", "clock_gettime"}) {
    find_all(source, clock, "only app, bench and analysis/experiment look at a clock", findings);
  }
  return findings;
}

Findings no_hash_decides_an_order(const Source& source) {
  Findings findings;
  if (!source.is_cpp() || is_peer(source)) return findings;
  const std::string_view code = source.code();
  const std::string rule = "the order of a hashed container is not specified: sort, or use a map";
  const std::vector<std::string_view> names = hashed_variables(code);
  if (names.empty()) return findings;
  for (const std::size_t at : find_words(code, "for")) {
    const std::string_view range = range_of(code, at);
    const bool is_hashed = std::any_of(names.begin(), names.end(), [&](std::string_view name) {
      const std::vector<std::size_t> found = find_words(range, name);
      // `names` or `this->names`, not `names[key]` or `names.at(key)`, which are ordered.
      return !found.empty() &&
             range.find_first_not_of(" \n", found.back() + name.size()) == std::string_view::npos;
    });
    if (is_hashed) findings.push_back({source.path(), source.line_at(at), rule});
  }
  for (const std::string_view name : names) {
    for (const std::size_t at : find_words(code, name)) {
      const std::string_view rest = code.substr(at + name.size());
      if (rest.starts_with(".begin(") || rest.starts_with(".cbegin(")) {
        findings.push_back({source.path(), source.line_at(at), rule});
      }
    }
  }
  return findings;
}

Findings no_hidden_state(const Source& source) {
  Findings findings;
  if (!source.is_cpp() || source.is_below("sim/simulation.") || is_peer(source)) return findings;
  find_all(source, "thread_local", "the running simulation is the only thread-local", findings);
  return findings;
}

Findings no_type_erasure_in_the_engine(const Source& source) {
  // Files of sim/ that run once and not once an event may be named here, with the reason.
  static const std::vector<std::string> exceptions = {};
  Findings findings;
  const bool is_excepted =
      std::find(exceptions.begin(), exceptions.end(), source.path()) != exceptions.end();
  if (!source.is_cpp() || !source.is_below("sim/") || is_excepted) return findings;
  for (const std::size_t at : find_words(source.code(), "std::function")) {
    findings.push_back({source.path(), source.line_at(at),
                        "std::function allocates: 8 to 19 ns an event, where an event costs 30"});
  }
  return findings;
}

}  // namespace seatrial::tidy
