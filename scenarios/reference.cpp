#include "scenarios/reference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <vector>

#include "scenarios/field_text.hpp"
#include "scenarios/field_tree.hpp"
#include "scenarios/metrics.hpp"

namespace seatrial::embedded {
std::span<const std::string_view> scenario_reference();
}

namespace seatrial::scenarios {
namespace {

using Form = FieldNode::Form;

// A cell of a table: one line, no bar, and no mark-up by accident.
std::string cell(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\n') {
      result += "<br>";
    } else if (c == '|' || c == '<' || c == '*' || c == '_') {
      result += '\\';
      result += c;
    } else {
      result += c;
    }
  }
  return result;
}

// What is written there, with its limits. An object's members have rows of their own.
std::string form_cell(const FieldNode& node) {
  const std::string range = range_text(node);
  return cell(form_text(node)) + (range.empty() ? "" : "; " + cell(range));
}

std::string default_cell(const FieldNode& node) {
  if (!node.not_required_under.empty())
    return fmt::format("**required**, but for replication `{}`", node.not_required_under);
  if (!node.required.empty()) return "**required**";
  if (node.optional) return "none";
  if (node.default_text.empty()) return node.is_value() ? "none" : "";
  const std::string source = node.source.empty() ? "" : "; " + cell(node.source);
  return fmt::format("`{}`{}", node.default_text, source);
}

std::string meaning_cell(const FieldNode& node) {
  std::string text = cell(node.sentence);
  for (const FieldNode& kind : node.kinds) {
    text += fmt::format("<br>`{}`: {}", kind.key, cell(kind.sentence));
  }
  if (!node.required.empty())
    text += "<br>*" + cell("If you leave it out: " + node.required) + ".*";
  return text;
}

bool is_same(const FieldNode& a, const FieldNode& b) {
  return a.key == b.key && a.form == b.form && a.sentence == b.sentence &&
         a.default_text == b.default_text;
}

bool has_parameter(const FieldNode& kind, const FieldNode& parameter) {
  return std::any_of(kind.members.begin(), kind.members.end(),
                     [&](const FieldNode& member) { return is_same(member, parameter); });
}

// The kinds that have this parameter, or no names where every kind has it: "`a`, `b`".
std::string kinds_with(const std::vector<FieldNode>& kinds, const FieldNode& parameter) {
  std::string with, without;
  for (const FieldNode& kind : kinds) {
    std::string& names = has_parameter(kind, parameter) ? with : without;
    names += fmt::format("{}`{}`", names.empty() ? "" : ", ", kind.key);
  }
  if (without.empty()) return "every kind";
  return without.size() < with.size() ? "every kind but " + without : with;
}

std::size_t how_many_have(const std::vector<FieldNode>& kinds, const FieldNode& parameter) {
  return static_cast<std::size_t>(
      std::count_if(kinds.begin(), kinds.end(),
                    [&](const FieldNode& kind) { return has_parameter(kind, parameter); }));
}

// The first choice of the file, in its order, that has all kinds of this one that have parameters.
const FieldNode* first_with_kinds_of(const FieldNode& choice, const FieldNode& node) {
  const auto knows = [&](const FieldNode& kind) {
    return kind.members.empty() ||
           std::any_of(node.kinds.begin(), node.kinds.end(), [&](const FieldNode& other) {
             return other.key == kind.key && other.sentence == kind.sentence;
           });
  };
  if (!node.kinds.empty() && std::all_of(choice.kinds.begin(), choice.kinds.end(), knows))
    return &node;
  for (const FieldNode& member : node.members) {
    const FieldNode* const found = first_with_kinds_of(choice, member);
    if (found != nullptr) return found;
  }
  return nullptr;
}

class Table {
 public:
  // Keys are shown from the section on: "client.timeout".
  Table(const FieldNode& section, const FieldNode& root) : section_{section}, root_{root} {}

  std::string text() && {
    for (const FieldNode& member : section_.members) add(member, below(section_));
    if (rows_.empty()) return "";
    return "| key | what to write | default | meaning |\n|---|---|---|---|\n" + rows_;
  }

 private:
  static std::string below(const FieldNode& node) {
    if (node.form == Form::map) return "NAME";
    return node.form == Form::list ? "[ ]" : "";
  }

  static std::string joined(const std::string& above, const std::string& key) {
    if (above.empty() || key.empty()) return above + key;
    return above + '.' + key;
  }

  void add(const FieldNode& node, const std::string& above, bool one_of_several = false) {
    if (node.form == Form::alternatives) return add_alternatives(node, above);
    const std::string key = joined(above, node.key);
    rows_ += fmt::format("| `{}` | {} | {} | {}{} |\n", key, form_cell(node),
                         one_of_several ? "**one of these**" : default_cell(node),
                         meaning_cell(node), note_);
    note_.clear();
    const bool entry_is_a_value = node.members.size() == 1 && node.members[0].key.empty() &&
                                  node.members[0].form != Form::alternatives;
    if (entry_is_a_value) return;
    for (const FieldNode& member : node.members) add(member, joined(key, below(node)));
    if (!node.kinds.empty()) add_kinds(node, key);
  }

  // What several kinds have in common stands once, and what an earlier choice has said not again.
  void add_kinds(const FieldNode& node, const std::string& key) {
    const FieldNode* const first = first_with_kinds_of(node, root_);
    const bool has_parameters =
        std::any_of(node.kinds.begin(), node.kinds.end(),
                    [](const FieldNode& kind) { return !kind.members.empty(); });
    if (first != nullptr && first->pointer != node.pointer && has_parameters) {
      rows_ += fmt::format("| `{}` | | | The parameters of its kinds are those of `{}`. |\n",
                           joined(key, "KIND"), first->pointer);
      return;
    }
    std::vector<const FieldNode*> told;
    for (const FieldNode& kind : node.kinds) {
      for (const FieldNode& parameter : kind.members) {
        if (how_many_have(node.kinds, parameter) < 2) {
          add(parameter, joined(key, kind.key));
          continue;
        }
        const bool again = std::any_of(told.begin(), told.end(), [&](const FieldNode* other) {
          return is_same(*other, parameter);
        });
        if (again) continue;
        told.push_back(&parameter);
        note_ = "<br>Of " + kinds_with(node.kinds, parameter) + ".";
        add(parameter, joined(key, "KIND"));
      }
    }
  }

  void add_alternatives(const FieldNode& choice, const std::string& above) {
    for (const FieldNode& alternative : choice.members) {
      for (const FieldNode& member : alternative.members) {
        add(member, above, member.key == alternative.key);
      }
      if (!alternative.members.empty()) continue;
      rows_ += fmt::format(
          "| `{}` | a share, duration, size, `RU` or number, as the metric asks for "
          "| **one of these** | The limit. |\n",
          joined(above, alternative.key));
    }
  }

  const FieldNode& section_;
  const FieldNode& root_;
  std::string rows_;
  std::string note_;  // to the next row's meaning
};

std::string limit_cell(const Metric& metric) {
  const auto share = limit_dimension(metric);
  const std::string side = metric.higher_is_better ? "`at_least` " : "`at_most` ";
  if (share == Dimension::plain) return side + "a number";
  return side + cell(expected(share));
}

std::string metrics_table() {
  std::string text = "| metric | limit | meaning | counted over |\n|---|---|---|---|\n";
  for (const Metric& metric : metric_catalogue()) {
    text += fmt::format("| `{}` | {} | {} | {} |\n", metric.name, limit_cell(metric),
                        cell(metric.sentence), cell(metric.denominator));
  }
  return text;
}

// What the key is, in one line.
std::string about(const FieldNode& node) {
  return node.sentence + (node.required.empty() ? "" : " Required.") +
         (node.optional ? " May be left out." : "");
}

// title, question and baseline are values at the top of the file.
FieldNode plain_values(const FieldNode& root) {
  FieldNode values;
  for (const FieldNode& node : root.members) {
    if (node.is_value()) values.members.push_back(node);
  }
  return values;
}

// What stands for a line of the page's frame like "{{table store}}"; any other line for itself.
std::string line_of_page(std::string_view line, const FieldNode& root) {
  if (line == "{{values}}") return Table{plain_values(root), root}.text();
  if (line == "{{metrics}}") return metrics_table();
  for (const FieldNode& node : root.members) {
    if (line == fmt::format("{{{{about {}}}}}", node.key)) return about(node) + '\n';
    if (line == fmt::format("{{{{table {}}}}}", node.key)) return Table{node, root}.text();
  }
  return std::string{line} + '\n';
}

}  // namespace

std::string scenario_reference() {
  const FieldNode root = field_tree();
  std::string text;
  for (const std::string_view line : embedded::scenario_reference())
    text += line_of_page(line, root);
  return text;
}

}  // namespace seatrial::scenarios
