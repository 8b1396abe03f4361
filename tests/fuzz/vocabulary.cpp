#include "tests/fuzz/vocabulary.hpp"

#include <algorithm>
#include <array>

#include "models/network/azure_matrix.hpp"
#include "scenarios/field_tree.hpp"
#include "scenarios/json_tree.hpp"

namespace seatrial::fuzz {
namespace {

using scenarios::FieldNode;

void collect(const std::vector<FieldNode>& nodes, Vocabulary& words) {
  for (const FieldNode& node : nodes) {
    if (!node.key.empty()) {
      words.keys.insert(node.key);
      words.known.insert(pattern_of(node.pointer));
      if (!node.required.empty()) words.required.insert(pattern_of(node.pointer));
    }
    words.names.insert(node.names.begin(), node.names.end());
    collect(node.members, words);
    for (const FieldNode& kind : node.kinds) collect(kind.members, words);
  }
}

Vocabulary collected() {
  Vocabulary words;
  collect(scenarios::field_tree().members, words);
  words.keys.insert({"policies",
                     "value",
                     "source",
                     "kind",
                     "uniform",
                     "from",
                     "to",
                     "exponential",
                     "mean",
                     "normal",
                     "standard_deviation",
                     "lognormal",
                     "median",
                     "p50",
                     "p99",
                     "pareto",
                     "at_least",
                     "at_most",
                     "shape",
                     "geometric",
                     "mixture",
                     "of",
                     "percentiles",
                     "samples",
                     "$schema"});
  words.names.insert({"assumed", "none", "azure-2026-07", "per_region", "East US > West Europe",
                      "East US <> West Europe", "as is", "cart", "normal"});
  for (const std::string_view region : models::matrix_regions()) words.names.emplace(region);
  return words;
}

}  // namespace

const Vocabulary& vocabulary() {
  static const Vocabulary words = collected();
  return words;
}

const std::vector<std::string>& quantities() {
  static const std::vector<std::string> list{"0s",
                                             "1ns",
                                             "5us",
                                             "60ms",
                                             "3s",
                                             "2min",
                                             "1h",
                                             "2d",
                                             "32d",
                                             "1e308d",
                                             "1e-320s",
                                             "0%",
                                             "50%",
                                             "100%",
                                             "101%",
                                             "1e-320%",
                                             "10 per million",
                                             "5 per thousand",
                                             "140/s",
                                             "12/min",
                                             "3/h",
                                             "1e308/s",
                                             "0 B",
                                             "512 B",
                                             "4 KB",
                                             "2 MB",
                                             "1 GB",
                                             "1e300 GB",
                                             "x0",
                                             "x5",
                                             "x0.25",
                                             "x1e308",
                                             "700 h/month",
                                             "10 min/month",
                                             "12 RU",
                                             "-5ms",
                                             "5",
                                             "ms",
                                             "NaN",
                                             "inf",
                                             ""};
  return list;
}

std::vector<std::string> Vocabulary::all() const {
  std::vector<std::string> words{keys.begin(), keys.end()};
  words.insert(words.end(), names.begin(), names.end());
  for (const std::string& quantity : quantities()) {
    if (!quantity.empty()) words.push_back(quantity);
  }
  return words;
}

std::string pattern_of(const std::string& pointer) {
  static const std::array<std::string, 10> named{"/regions/users",
                                                 "/regions/links",
                                                 "/data",
                                                 "/workload/steps",
                                                 "/phases",
                                                 "/policies",
                                                 "/objectives",
                                                 "/workload/steps/*/do",
                                                 "/phases/*/faults",
                                                 "/phases/*/faults/*/partition"};
  std::string pattern;
  for (const std::string& token : scenarios::pointer_tokens(pointer)) {
    if (pattern == "/policies/*") pattern.clear();
    const bool is_name = std::find(named.begin(), named.end(), pattern) != named.end();
    pattern += '/' + (is_name ? "*" : scenarios::escaped(token));
  }
  return pattern;
}

}  // namespace seatrial::fuzz
