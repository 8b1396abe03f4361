#include "app/defaults.hpp"

#include <fmt/format.h>

#include <ostream>

#include "models/world_config.hpp"
#include "scenarios/distributions.hpp"
#include "scenarios/quantities.hpp"

namespace seatrial::app {
namespace {

using models::Describe;
using models::Field;
using scenarios::Dimension;

// Walks a default world and prints each value under its pointer. An entry of a map is shown once,
// as NAME; an element of a list as 0.
class DefaultsPrinter final : public models::FieldVisitor {
 public:
  explicit DefaultsPrinter(std::ostream& out) : out_{out} {}

  void text(const Field& field, std::string& value) override { print(field, '"' + value + '"'); }
  void flag(const Field& field, bool& value) override { print(field, value ? "true" : "false"); }
  void count(const Field& field, std::int64_t& value) override {
    print(field, fmt::format("{}", value));
  }
  void number(const Field& field, double& value) override {
    quantity(field, Dimension::plain, value);
  }
  void share(const Field& field, double& value) override {
    quantity(field, Dimension::share, value);
  }
  void multiplier(const Field& field, double& value) override {
    quantity(field, Dimension::multiplier, value);
  }
  void rate(const Field& field, double& value) override { quantity(field, Dimension::rate, value); }
  void duration(const Field& field, models::Duration& value) override {
    quantity(field, Dimension::duration, static_cast<double>(value.ns()));
  }
  void bytes(const Field& field, models::Bytes& value) override {
    quantity(field, Dimension::bytes, static_cast<double>(value));
  }
  void request_units(const Field& field, double& value) override {
    quantity(field, Dimension::request_units, value);
  }
  void hours_per_month(const Field& field, double& value) override {
    quantity(field, Dimension::hours_per_month, value);
  }
  void duration_distribution(const Field& field, sim::Distribution& value) override {
    print(field, scenarios::format_distribution(value, Dimension::duration));
  }
  void optional_duration_distribution(const Field& field, bool& present,
                                      sim::Distribution& value) override {
    print(field, present ? scenarios::format_distribution(value, Dimension::duration) : "none");
  }
  void count_distribution(const Field& field, sim::Distribution& value) override {
    print(field, scenarios::format_distribution(value, Dimension::plain));
  }
  void one_of(const Field& field, std::span<const std::string_view> names, int& chosen) override {
    const auto index = static_cast<std::size_t>(chosen);
    print(field, index < names.size() ? fmt::format("\"{}\"", names[index]) : "none");
    std::string all;
    for (const std::string_view name : names) all += fmt::format(" \"{}\"", name);
    out_ << "      one of:" << all << '\n';
  }
  void reference(const Field& field, models::Reference, std::string& name) override {
    print(field, '"' + name + '"');
  }
  void strategy(const Field& field, const models::StrategyAxis& axis,
                std::shared_ptr<models::StrategyKind>& chosen) override {
    print(field, fmt::format("\"{}\"", chosen ? chosen->name() : axis.kinds.front()->name()));
    list_kinds(axis);
  }
  void strategies(const Field& field, const models::StrategyAxis& axis,
                  std::vector<std::shared_ptr<models::StrategyKind>>&) override {
    print(field, "[]");
    list_kinds(axis);
  }
  void object(const Field& field, const Describe& describe) override {
    inside(field.key, describe);
  }
  void optional_object(const Field& field, bool&, const Describe& describe) override {
    inside(field.key, describe);
  }
  void object_or_value(const Field& field, const Describe& members,
                       const models::Shorthand&) override {
    inside(field.key, members);
  }
  void alternatives(std::span<const models::Alternative> list, int&) override {
    for (const models::Alternative& one : list) one.describe(*this);
  }
  void map(const Field& field, const std::function<std::vector<std::string>()>&,
           const std::function<void(FieldVisitor&, const std::string&)>& entry) override {
    inside(field.key,
           [&](FieldVisitor&) { inside("NAME", [&](FieldVisitor& v) { entry(v, "NAME"); }); });
  }
  void list(const Field& field, const std::function<std::size_t()>&,
            const std::function<void(FieldVisitor&, std::size_t)>& element) override {
    inside(field.key, [&](FieldVisitor&) { inside("0", [&](FieldVisitor& v) { element(v, 0); }); });
  }

 private:
  void quantity(const Field& field, Dimension dimension, double value) {
    const std::string text = scenarios::format_quantity(dimension, value);
    print(field, dimension == Dimension::plain ? text : '"' + text + '"');
  }

  void inside(std::string_view key, const Describe& describe) {
    const std::string before = pointer_;
    if (!key.empty()) pointer_ += '/' + std::string{key};
    describe(*this);
    pointer_ = before;
  }

  void list_kinds(const models::StrategyAxis& axis) {
    std::string all;
    for (const auto& kind : axis.kinds) all += fmt::format(" \"{}\"", kind->name());
    out_ << "      kinds:" << all << '\n';
  }

  void print(const Field& field, const std::string& value) {
    const std::string key = field.key.empty() ? std::string{} : '/' + std::string{field.key};
    if (field.required.empty())
      out_ << fmt::format("{}{} = {}{}\n", pointer_, key, value,
                          field.source.empty() ? "" : fmt::format("  [{}]", field.source));
    else
      out_ << fmt::format("{}{}: never implicit\n", pointer_, key);
    out_ << "      " << field.sentence << '\n';
  }

  std::ostream& out_;
  std::string pointer_;
};

}  // namespace

void list_defaults(std::ostream& out) {
  models::WorldConfig world;
  DefaultsPrinter printer{out};
  describe(printer, world);
}

}  // namespace seatrial::app
