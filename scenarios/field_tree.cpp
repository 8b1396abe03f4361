#include "scenarios/field_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "models/world_config.hpp"
#include "scenarios/distributions.hpp"
#include "scenarios/json_tree.hpp"
#include "scenarios/limits.hpp"
#include "scenarios/scenario_fields.hpp"

namespace seatrial::scenarios {
namespace {

using models::Field;
using models::FieldVisitor;
using Form = FieldNode::Form;

// Describes a default world and writes down what it hears.
class TreeWriter final : public FieldVisitor {
 public:
  using Describe = models::Describe;

  explicit TreeWriter(FieldNode& root) : top_{&root} {}

  void text(const Field& field, std::string& value) override {
    add(field, Form::text, value.empty() ? "" : quoted(value));
  }
  void flag(const Field& field, bool& value) override {
    add(field, Form::flag, value ? "true" : "false");
  }
  void count(const Field& field, std::int64_t& value) override {
    add(field, Form::count, fmt::format("{}", value));
  }
  void number(const Field& field, double& value) override {
    add(field, Form::number, format_quantity(Dimension::plain, value));
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
    add(field, Form::duration_distribution, format_distribution(value, Dimension::duration));
  }
  void optional_duration_distribution(const Field& field, bool&, sim::Distribution&) override {
    add(field, Form::duration_distribution).optional = true;
  }
  void count_distribution(const Field& field, sim::Distribution& value) override {
    add(field, Form::count_distribution, format_distribution(value, Dimension::plain));
  }
  void one_of(const Field& field, std::span<const std::string_view> names, int& chosen) override {
    const std::string current = chosen < 0 ? "" : quoted(names[static_cast<std::size_t>(chosen)]);
    FieldNode& node = add(field, Form::one_of, current);
    node.names.assign(names.begin(), names.end());
  }
  void reference(const Field& field, models::Reference to, std::string& name) override {
    FieldNode& node = add(field, Form::reference, name.empty() ? "" : quoted(name));
    node.refers_to = to;
  }
  void strategy(const Field& field, const models::StrategyAxis& axis,
                std::shared_ptr<models::StrategyKind>& chosen) override {
    // What is told after it may depend on the kind, as when a file is silent.
    if (chosen == nullptr) chosen = axis.kinds.front()->clone();
    add_kinds(add(field, Form::strategy, quoted(chosen->name())), axis);
  }
  void strategies(const Field& field, const models::StrategyAxis& axis,
                  std::vector<std::shared_ptr<models::StrategyKind>>&) override {
    add_kinds(add(field, Form::strategies, "[]"), axis);
  }
  void object(const Field& field, const Describe& describe) override {
    inside(add(field, Form::object), "", describe);
  }
  void optional_object(const Field& field, bool&, const Describe& describe) override {
    FieldNode& node = add(field, Form::object);
    node.optional = true;
    inside(node, "", describe);
  }
  void object_or_value(const Field& field, const Describe& describe,
                       const models::Shorthand& shorthand) override {
    FieldNode& node = add(field, Form::object_or_value);
    node.assumable = shorthand.assume != nullptr;
    inside(node, "", describe);
    FieldNode value;
    value.pointer = node.pointer;
    inside(value, "", shorthand.value);
    node.shorthand = std::move(value.members);
  }
  void alternatives(std::span<const models::Alternative> list, int&) override {
    FieldNode choice;
    choice.form = Form::alternatives;
    choice.pointer = top_->pointer;
    for (const models::Alternative& one : list) {
      FieldNode& alternative = choice.members.emplace_back();
      alternative.key = one.key;
      alternative.pointer = top_->pointer;
      inside(alternative, "", one.describe);
      for (FieldNode& member : alternative.members) {
        if (member.key == alternative.key) member.default_text.clear();
      }
    }
    top_->members.push_back(std::move(choice));
  }
  void map(const Field& field, const std::function<std::vector<std::string>()>&,
           const std::function<void(FieldVisitor&, const std::string&)>& entry) override {
    inside(add(field, Form::map), "/NAME", [&](FieldVisitor& members) { entry(members, "NAME"); });
  }
  void list(const Field& field, const std::function<std::size_t()>&,
            const std::function<void(FieldVisitor&, std::size_t)>& element) override {
    inside(add(field, Form::list), "/0", [&](FieldVisitor& members) { element(members, 0); });
  }

 private:
  FieldNode& add(const Field& field, Form form, std::string default_text = "") {
    FieldNode& node = top_->members.emplace_back();
    node.key = field.key;
    node.form = form;
    node.pointer = top_->pointer + (field.key.empty() ? "" : '/' + std::string{field.key});
    node.sentence = field.sentence;
    node.source = field.source;
    node.required = field.required;
    node.not_required_under = field.not_required_under;
    node.at_least = field.at_least;
    node.at_most = field.at_most;
    if (field.required.empty() && !field.key.empty()) node.default_text = std::move(default_text);
    return node;
  }

  void quantity(const Field& field, Dimension dimension, double value) {
    add(field, Form::quantity, quoted(format_quantity(dimension, value))).dimension = dimension;
  }

  // `below` is added to the pointers of the members: a name or an index.
  void inside(FieldNode& node, const std::string& below, const Describe& describe) {
    FieldNode members;
    members.pointer = node.pointer + below;
    FieldNode* const outer = std::exchange(top_, &members);
    describe(*this);
    top_ = outer;
    node.members = std::move(members.members);
  }

  void add_kinds(FieldNode& node, const models::StrategyAxis& axis) {
    for (const auto& prototype : axis.kinds) {
      const auto kind = prototype->clone();
      node.names.emplace_back(kind->name());
      FieldNode of_kind;
      of_kind.key = kind->name();
      of_kind.sentence = kind->sentence();
      of_kind.pointer = node.pointer;
      inside(of_kind, "", [&](FieldVisitor& members) { kind->describe(members); });
      node.kinds.push_back(std::move(of_kind));
    }
  }

  FieldNode* top_;
};

FieldNode policies() {
  FieldNode node;
  node.key = "policies";
  node.pointer = "/policies";
  node.form = Form::policies;
  node.sentence = "What is compared: each policy, by name, is what it changes in the file.";
  node.required =
      "name what is compared, for example { \"as is\": {}, \"client cookie\": "
      "{ \"session_token\": { \"carry\": [ \"client\" ] } } }";
  node.at_least = 1;
  node.at_most = most_policies;
  return node;
}

}  // namespace

bool FieldNode::is_value() const {
  return form != Form::object && form != Form::alternatives && form != Form::map &&
         form != Form::list && form != Form::policies;
}

FieldNode field_tree() {
  FieldNode root;
  models::WorldConfig world;
  Scenario scenario;
  TreeWriter writer{root};
  models::describe(writer, world);
  describe(writer, scenario, world.warmup);
  root.members.push_back(policies());
  constexpr std::array<std::string_view, 14> order{
      "title",         "question", "regions", "store",    "broker",   "pods",       "data",
      "session_token", "workload", "phases",  "baseline", "policies", "objectives", "run"};
  const auto rank = [&](const FieldNode& node) {
    return std::find(order.begin(), order.end(), node.key) - order.begin();
  };
  std::stable_sort(root.members.begin(), root.members.end(),
                   [&](const FieldNode& a, const FieldNode& b) { return rank(a) < rank(b); });
  return root;
}

std::string_view name_of(models::Reference reference) {
  constexpr std::array<std::string_view, 4> words{"region", "data class", "phase", "policy"};
  return words[static_cast<std::size_t>(reference)];
}

}  // namespace seatrial::scenarios
