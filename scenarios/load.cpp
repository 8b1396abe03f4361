#include "scenarios/load.hpp"

#include <fmt/format.h>

#include <deque>
#include <utility>

#include "scenarios/checks.hpp"
#include "scenarios/field_reader.hpp"
#include "scenarios/json_tree.hpp"
#include "scenarios/limits.hpp"
#include "scenarios/open_questions.hpp"
#include "scenarios/overlay.hpp"
#include "scenarios/regular_file.hpp"
#include "scenarios/scenario_fields.hpp"

namespace seatrial::scenarios {
namespace {

std::vector<std::string> keys_of(const Node* node) {
  std::vector<std::string> keys;
  if (node == nullptr) return keys;
  for (const Member& member : node->members) keys.push_back(member.key);
  return keys;
}

// What stands in the file, whether its values are right or not: a wrong share does not make its
// region unknown elsewhere.
Names names_in(const Node& root) {
  Names names{.regions = keys_of(node_at(root, "/regions/users")),
              .data_classes = keys_of(root.find("data")),
              .phases = {},
              .policies = keys_of(root.find("policies"))};
  if (const Node* const phases = root.find("phases")) {
    for (const Node& phase : phases->items) {
      const Node* const name = phase.find("name");
      if (name != nullptr) names.phases.push_back(name->text);
    }
  }
  return names;
}

void mark_as_of_prices(Node& node) {
  node.place.of_prices = true;
  for (Node& item : node.items) mark_as_of_prices(item);
  for (Member& member : node.members) {
    member.place.of_prices = true;
    mark_as_of_prices(member.value);
  }
}

// Throws what is wrong with it before anything else is looked at.
Node tree_of(const PricesFile& file) {
  Problems problems{file.path, {}};
  Node tree = read_tree(file.text, problems);
  if (!tree.is(Node::Kind::object))
    problems.add(tree.place, "", "expected an object { ... }: the keys of /prices");
  if (tree.find("prices") != nullptr)
    problems.add(tree.find("prices")->place, "/prices",
                 "leave \"prices\" and its braces out: a file of prices has its keys at the top");
  problems.throw_if_any();
  mark_as_of_prices(tree);
  return tree;
}

std::string checked_text(const std::string& path) {
  FileContent file = read_regular_file(path, most_bytes);
  if (!file.problem.empty()) throw ScenarioError{{Problem{path, 0, 0, "", file.problem}}};
  return std::move(file.text);
}

class Loader {
 public:
  Loader(std::string text, std::string path, std::span<const std::string> overrides,
         std::optional<PricesFile> prices)
      : overrides_{parse_overrides({overrides.begin(), overrides.end()})},
        problems_{path, pointers(overrides_), prices ? prices->path : ""} {
    scenario_.prices_file = std::move(prices);
    scenario_.path = std::move(path);
    scenario_.text = std::move(text);
  }

  Scenario load() && {
    root_ = read_tree(scenario_.text, problems_);
    take_prices();
    for (std::size_t i = 0; i < overrides_.size(); ++i) {
      apply(overrides_[i], static_cast<int>(i), root_, problems_);
    }
    if (!root_.is(Node::Kind::object)) {
      problems_.add(root_.place, "", "expected an object { ... }: a scenario");
      problems_.throw_if_any();
    }
    if (report_open_questions(root_, problems_)) problems_.throw_if_any();
    names_ = names_in(root_);
    read_top();
    read_base();
    read_policies();
    check();
    problems_.throw_if_any();
    scenario_.warnings = problems_.warnings();
    return std::move(scenario_);
  }

 private:
  static std::vector<std::string> pointers(const std::vector<Override>& overrides) {
    std::vector<std::string> result;
    for (const Override& override : overrides) result.push_back(override.pointer);
    return result;
  }

  void take_prices() {
    if (!scenario_.prices_file || !root_.is(Node::Kind::object)) return;
    Node prices = tree_of(*scenario_.prices_file);
    if (Node* const own = root_.find("prices")) {
      *own = std::move(prices);
    } else {
      const Place place = prices.place;
      root_.members.push_back({"prices", place, std::move(prices)});
    }
  }

  // The line is of another file than those of other values.
  void cite_prices(ResolvedValue& value) const {
    if (!scenario_.prices_file || value.line == 0 || !value.pointer.starts_with("/prices/")) return;
    if (value.source.empty())
      value.source = fmt::format("{}:{}", scenario_.prices_file->name(), value.line);
    value.line = 0;
  }

  void read_top() {
    FieldReader reader{root_, names_, problems_, {}};
    read_schema_address();
    reader.accept("$schema");
    describe(reader, scenario_, warmup_);
    for (const char* key : {"regions", "store", "broker", "pods", "data", "session_token",
                            "workload", "phases", "probes", "policies"}) {
      reader.accept(key);
    }
    reader.finish();
    if (scenario_.baseline.empty() && !names_.policies.empty()) {
      scenario_.baseline = names_.policies.front();
    }
    for (ResolvedValue& value : std::move(reader).resolved()) {
      const bool is_kept =
          value.pointer.starts_with("/run/") || value.pointer.starts_with("/prices/");
      if (!is_kept) continue;
      cite_prices(value);
      run_values_.push_back(std::move(value));
    }
  }

  // It is for editors; nothing is read from there.
  void read_schema_address() {
    const Node* const address = root_.find("$schema");
    if (address == nullptr || address->is(Node::Kind::string)) return;
    problems_.add(
        address->place, "/$schema",
        fmt::format("expected the address of a JSON Schema in quotes, got {}", brief(*address)));
  }

  // What is wrong in the base is wrong even if every policy replaces it; what is missing is not.
  void read_base() {
    models::WorldConfig world;
    FieldReader reader{root_, names_, problems_, {"", names_.policies.empty()}};
    models::describe(reader, world);
  }

  void read_policies() {
    const Node* const policies = root_.find("policies");
    if (policies != nullptr && !policies->is(Node::Kind::object)) {
      problems_.add(
          policies->place, "/policies",
          fmt::format("expected an object {{ ... }}, got {}", kind_with_article(*policies)));
      return;
    }
    if (policies == nullptr || policies->members.empty()) {
      problems_.add(policies == nullptr ? root_.place : policies->place, "/policies",
                    "missing: name what is compared, for example { \"as is\": {}, \"client "
                    "cookie\": { \"session_token\": { \"carry\": [ \"client\" ] } } }");
      return;
    }
    if (too_many(*policies)) return;
    for (const Member& member : policies->members) {
      if (member.key.empty()) problems_.add(member.place, "/policies/", "a name must not be empty");
      check_patch(member.value, root_, member.key, problems_);
      if (!member.value.is(Node::Kind::object)) continue;
      read_policy(member.key, trees_.emplace_back(merged(root_, member.value)));
    }
  }

  // Each policy has a tree of its own.
  bool too_many(const Node& policies) {
    const std::size_t count = policies.members.size();
    std::string message;
    if (count > most_policies) {
      message = fmt::format("{} policies, at most {} are possible", count, most_policies);
    } else if (count * count_values(root_) > most_merged_values) {
      message = fmt::format("{} policies of a file with {} values, at most {} are possible", count,
                            count_values(root_), most_merged_values / count_values(root_));
    }
    if (!message.empty()) problems_.add(policies.place, "/policies", message);
    return !message.empty();
  }

  void read_policy(const std::string& name, const Node& tree) {
    Policy& policy = scenario_.policies.emplace_back();
    policy.name = name;
    FieldReader reader{tree, names_, problems_, {name, true}};
    models::describe(reader, policy.world);
    policy.world.warmup = warmup_;
    auto& values = scenario_.resolved[name];
    values = std::move(reader).resolved();
    values.insert(values.end(), run_values_.begin(), run_values_.end());
  }

  void check() {
    std::vector<PolicyTree> policies;
    for (std::size_t i = 0; i < scenario_.policies.size(); ++i) {
      policies.push_back({&scenario_.policies[i], &trees_[i]});
    }
    for (const PolicyTree& policy : policies) check_world(policy, problems_);
    for (const PolicyTree& policy : policies) check_replication(policy, problems_);
    check_objectives(scenario_, root_, problems_);
    if (problems_.any()) return;
    for (const PolicyTree& policy : policies) check_size(policy, problems_);
    if (problems_.any()) return;
    check_runs(scenario_, root_, problems_);
    if (problems_.any()) return;
    warn_of_unused(policies, problems_);
    warn_of_prices(scenario_, root_, problems_);
    warn_of_doubts(policies, problems_);
    warn_of_empty_regions(scenario_, root_, problems_);
  }

  std::vector<Override> overrides_;
  Problems problems_;
  Scenario scenario_;
  Node root_;
  Names names_;
  models::Duration warmup_;
  std::vector<ResolvedValue> run_values_;
  std::deque<Node> trees_;  // of the policies, in their order
};

}  // namespace

Scenario parse_scenario(std::string text, std::string path, std::span<const std::string> overrides,
                        std::optional<PricesFile> prices) {
  return Loader{std::move(text), std::move(path), overrides, std::move(prices)}.load();
}

Scenario load_scenario(const std::string& path, std::span<const std::string> overrides) {
  return parse_scenario(checked_text(path), path, overrides);
}

Scenario load_scenario(const std::string& path, std::span<const std::string> overrides,
                       const std::string& prices_path) {
  return parse_scenario(checked_text(path), path, overrides,
                        PricesFile{prices_path, checked_text(prices_path)});
}

}  // namespace seatrial::scenarios
