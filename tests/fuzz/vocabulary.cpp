#include "tests/fuzz/vocabulary.hpp"

#include <array>

#include "models/network/azure_matrix.hpp"
#include "models/world_config.hpp"
#include "scenarios/json_tree.hpp"
#include "scenarios/metrics.hpp"
#include "scenarios/scenario_fields.hpp"

namespace seatrial::fuzz {
namespace {

using models::Describe;
using models::Field;
using models::Reference;
using models::StrategyAxis;
using models::StrategyKind;

// Walks every table, all alternatives of it, and one entry of each map and list.
class Collector final : public models::FieldVisitor {
 public:
  explicit Collector(Vocabulary& words) : words_{words} {}

  void text(const Field& field, std::string&) override { note(field); }
  void flag(const Field& field, bool&) override { note(field); }
  void count(const Field& field, std::int64_t&) override { note(field); }
  void number(const Field& field, double&) override { note(field); }
  void share(const Field& field, double&) override { note(field); }
  void multiplier(const Field& field, double&) override { note(field); }
  void rate(const Field& field, double&) override { note(field); }
  void duration(const Field& field, models::Duration&) override { note(field); }
  void bytes(const Field& field, models::Bytes&) override { note(field); }
  void request_units(const Field& field, double&) override { note(field); }
  void hours_per_month(const Field& field, double&) override { note(field); }
  void duration_distribution(const Field& field, sim::Distribution&) override { note(field); }
  void optional_duration_distribution(const Field& field, bool&, sim::Distribution&) override {
    note(field);
  }
  void count_distribution(const Field& field, sim::Distribution&) override { note(field); }
  using FieldVisitor::alternatives;
  using FieldVisitor::one_of;
  void one_of(const Field& field, std::span<const std::string_view> names, int&) override {
    note(field);
    words_.names.insert(names.begin(), names.end());
  }
  void reference(const Field& field, Reference, std::string&) override { note(field); }
  void strategy(const Field& field, const StrategyAxis& axis,
                std::shared_ptr<StrategyKind>&) override {
    kinds(field, axis);
  }
  void strategies(const Field& field, const StrategyAxis& axis,
                  std::vector<std::shared_ptr<StrategyKind>>&) override {
    kinds(field, axis);
  }
  void object(const Field& field, const Describe& describe) override { below(field, describe); }
  void optional_object(const Field& field, bool&, const Describe& describe) override {
    below(field, describe);
  }
  void object_or_value(const Field& field, const Describe& describe,
                       const models::Shorthand&) override {
    below(field, describe);
  }
  void alternatives(std::span<const models::Alternative> list, int&) override {
    for (const models::Alternative& one : list) {
      note({.key = one.key, .sentence = ""});
      one.describe(*this);
    }
  }
  void map(const Field& field, const std::function<std::vector<std::string>()>&,
           const std::function<void(FieldVisitor&, const std::string&)>& entry) override {
    below(field, [&](FieldVisitor&) { at("*", [&] { entry(*this, "a name"); }); });
  }
  void list(const Field& field, const std::function<std::size_t()>&,
            const std::function<void(FieldVisitor&, std::size_t)>& element) override {
    below(field, [&](FieldVisitor&) { at("*", [&] { element(*this, 0); }); });
  }

 private:
  void note(const Field& field) {
    if (field.key.empty()) return;
    const std::string pointer = pointer_ + '/' + std::string{field.key};
    words_.keys.emplace(field.key);
    words_.known.insert(pointer);
    if (!field.required.empty()) words_.required.insert(pointer);
  }

  void at(std::string_view token, const std::function<void()>& visit) {
    const std::string before = pointer_;
    pointer_ += '/' + std::string{token};
    visit();
    pointer_ = before;
  }

  void below(const Field& field, const Describe& describe) {
    note(field);
    at(field.key, [&] { describe(*this); });
  }

  void kinds(const Field& field, const StrategyAxis& axis) {
    note(field);
    for (const auto& kind : axis.kinds) {
      words_.names.emplace(kind->name());
      at(field.key, [&] { kind->clone()->describe(*this); });
    }
  }

  Vocabulary& words_;
  std::string pointer_;
};

Vocabulary collected() {
  Vocabulary words;
  Collector collector{words};
  models::WorldConfig world;
  scenarios::Scenario scenario;
  models::describe(collector, world);
  describe(collector, scenario, world.warmup);
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
  for (const auto& metric : scenarios::metric_catalogue()) words.names.emplace(metric.name);
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
