#include "app/command_tree.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

namespace seatrial::app {
namespace {

// CLI11 tells of CLI::IsMember only through the type's name: "TEXT:{fifo,shuffled}".
std::vector<std::string> choices_of(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  const std::size_t open = type.find(":{");
  if (open == std::string::npos || type.back() != '}') return {};
  return CLI::detail::split(type.substr(open + 2, type.size() - open - 3), ',');
}

std::string value_name_of(const CLI::Option& option) {
  const std::string text = option.get_option_text();
  if (text.starts_with("[=") && text.ends_with("]")) return text.substr(2, text.size() - 3);
  if (!text.empty()) return text;
  if (option.get_items_expected_max() == 0) return "";
  const std::string type = option.get_type_name();
  return type.substr(0, type.find_first_of(": "));
}

ValueKind kind_of(const CLI::Option& option, const OptionNode& node) {
  if (node.value_name.empty()) return ValueKind::none;
  if (!node.choices.empty()) return ValueKind::choice;
  const bool of_policies = std::count(node.names.begin(), node.names.end(), "--policy") > 0;
  if (of_policies || node.value_name == "POLICY") return ValueKind::policy;
  const bool of_files = option.get_positional() || node.value_name == "FILE" ||
                        node.value_name == "DIR" || node.value_name == "TEXT";
  return of_files ? ValueKind::file : ValueKind::other;
}

OptionNode node_of(const CLI::Option& option) {
  OptionNode node;
  for (const std::string& name : option.get_snames()) node.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) node.names.push_back("--" + name);
  if (option.get_positional()) node.names = {option.get_name(true)};
  node.sentence = option.get_description();
  node.value_name = value_name_of(option);
  node.choices = choices_of(option);
  node.value_after_equals = option.get_items_expected_max() == 0 && !node.value_name.empty();
  node.kind = kind_of(option, node);
  node.required = option.get_required();
  node.repeatable = option.get_items_expected_max() > 1;
  return node;
}

}  // namespace

CommandNode tree_of(const CLI::App& app) {
  CommandNode node;
  node.name = app.get_name();
  node.sentence = app.get_description();
  node.footer = app.get_footer();
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty()) continue;  // hidden
    (option->get_positional() ? node.positionals : node.options).push_back(node_of(*option));
  }
  for (const CLI::App* command : app.get_subcommands({}))
    if (!command->get_group().empty()) node.commands.push_back(tree_of(*command));
  return node;
}

}  // namespace seatrial::app
