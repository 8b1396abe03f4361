#include "scenarios/schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "scenarios/field_text.hpp"
#include "scenarios/field_tree.hpp"
#include "scenarios/overlay.hpp"

namespace seatrial::scenarios {
namespace {

using Json = nlohmann::ordered_json;
using Form = FieldNode::Form;

constexpr std::string_view objective_metric = "/objectives/NAME/metric";

Json definition(std::string_view name) { return {{"$ref", fmt::format("#/definitions/{}", name)}}; }

std::string_view name_of(Dimension dimension) {
  switch (dimension) {
    case Dimension::duration:
      return "duration";
    case Dimension::share:
      return "share";
    case Dimension::rate:
      return "rate";
    case Dimension::bytes:
      return "bytes";
    case Dimension::multiplier:
      return "multiplier";
    case Dimension::hours_per_month:
      return "hours_per_month";
    case Dimension::request_units:
    case Dimension::plain:
      break;
  }
  return "request_units";
}

void append(std::string& text, const std::string& line) {
  if (!line.empty()) text += (text.empty() ? "" : "\n\n") + line;
}

std::string description(const FieldNode& node) {
  std::string text = node.sentence;
  append(text, kinds_text(node));
  const std::string range = range_text(node);
  append(text, fmt::format("Write {}{}{}.", form_text(node), range.empty() ? "" : "; ", range));
  append(text, reference_text(node));
  append(text, default_text(node));
  return text;
}

// The schema of a tree of fields: of the base, where what is never implicit must stand, or of a
// policy's patch, where null restores a default.
class SchemaWriter {
 public:
  enum class As { base, patch };

  // `whole`: of a choice, which a patch, too, replaces whole: nothing comes from elsewhere.
  explicit SchemaWriter(As as, bool whole = false) : as_{as}, whole_{whole} {}

  // Of what stands under the node's key.
  Json property(const FieldNode& node) const {
    Json schema;
    schema["title"] = node.pointer;
    schema["description"] = description(node);
    if (!node.default_text.empty()) schema["default"] = Json::parse(node.default_text);
    schema.update(node.is_value() ? perhaps_sourced(node) : structure(node));
    return schema;
  }

  Json object(const std::vector<FieldNode>& members) const {
    Json schema = {{"type", "object"}, {"properties", Json::object()}};
    Json required = Json::array(), rules = Json::array();
    const std::vector<std::string> common = keys_of(members);
    for (const FieldNode& member : members) {
      if (member.form == Form::alternatives) {
        add_alternatives(member, common, schema["properties"], rules);
        continue;
      }
      schema["properties"][member.key] = property(member);
      const bool stands = whole_ ? !member.required.empty() : as_ == As::base && must_stand(member);
      if (stands) required.push_back(member.key);
    }
    if (!required.empty()) schema["required"] = required;
    schema["additionalProperties"] = false;
    if (members.front().pointer == objective_metric) add_limits(rules);
    if (!rules.empty()) schema["allOf"] = rules;
    return schema;
  }

 private:
  static std::vector<std::string> keys_of(const std::vector<FieldNode>& members) {
    std::vector<std::string> keys;
    for (const FieldNode& member : members) {
      if (!member.key.empty()) keys.push_back(member.key);
    }
    return keys;
  }

  // What every policy may give instead is not required here (schema_of_shared_keys).
  static bool must_stand(const FieldNode& node) {
    const std::string section = node.pointer.substr(1, node.pointer.find('/', 1) - 1);
    const bool shared = section != "data" && std::find(policy_keys.begin(), policy_keys.end(),
                                                       section) != policy_keys.end();
    return !node.required.empty() && !shared;
  }

  bool may_be_null(const FieldNode& node) const {
    return as_ == As::patch && node.required.empty() && !node.key.empty();
  }

  static Json or_null(Json schema) {
    if (schema.contains("enum")) {
      schema["enum"].push_back(nullptr);
    } else if (schema.contains("type")) {
      schema["type"] = {schema["type"], "null"};
    } else {
      schema = {{"if", {{"type", "null"}}}, {"else", std::move(schema)}};
    }
    return schema;
  }

  // A value, or { "value": ..., "source": "where it comes from" }.
  Json perhaps_sourced(const FieldNode& node) const {
    const Json value = this->value(node);
    const Json source = {{"description", "where the value comes from"}, {"type", "string"}};
    return {
        {"if", {{"type", "object"}, {"required", {"value"}}}},
        {"then",
         {{"properties", {{"value", value}, {"source", source}}}, {"additionalProperties", false}}},
        {"else", may_be_null(node) ? or_null(value) : value}};
  }

  Json value(const FieldNode& node) const {
    switch (node.form) {
      case Form::text:
        return {{"type", "string"}, {"minLength", 1}};
      case Form::flag:
        return {{"type", "boolean"}};
      case Form::count:
        return number(node, "integer", 9007199254740991.0);  // as the loader: 2^53 - 1
      case Form::number:
        return number(node, "number", HUGE_VAL);
      case Form::quantity:
        return definition(name_of(node.dimension));
      case Form::duration_distribution:
        return definition("duration_distribution");
      case Form::count_distribution:
        return {{"allOf", {definition("count_distribution")}}, {"minimum", node.at_least}};
      case Form::one_of:
        return {{"enum", node.names}};
      case Form::strategy:
        return strategy(node, as_ == As::base);
      case Form::strategies:
        return {{"type", "array"}, {"items", strategy(node, true)}, {"uniqueItems", true}};
      case Form::object_or_value:
        return object_or_value(node);
      default:
        return {{"type", "string"}};
    }
  }

  static Json number(const FieldNode& node, const char* type, double widest) {
    Json schema = {{"type", type}};
    const auto limit = [&](const char* key, double value) {
      if (std::isinf(value)) return;
      if (value == std::floor(value))
        schema[key] = static_cast<std::int64_t>(value);
      else
        schema[key] = value;
    };
    limit("minimum", std::max(node.at_least, -widest));
    limit("maximum", std::min(node.at_most, widest));
    return schema;
  }

  // A name, or an object with "kind" and the parameters of that kind alone. A patch may leave the
  // kind to the base.
  Json strategy(const FieldNode& node, bool needs_kind) const {
    Json rules = Json::array(), names = {"kind"}, by_name = Json::array();
    for (const FieldNode& kind : node.kinds) {
      const bool needs_more =
          std::any_of(kind.members.begin(), kind.members.end(),
                      [](const FieldNode& parameter) { return !parameter.required.empty(); });
      if (!needs_more) by_name.push_back(kind.key);
      Json own = {{"properties", {{"kind", true}}}, {"additionalProperties", false}};
      for (const FieldNode& parameter : kind.members) {
        own["properties"][parameter.key] = SchemaWriter{as_, true}.property(parameter);
        if (!parameter.required.empty()) own["required"].push_back(parameter.key);
        if (std::find(names.begin(), names.end(), Json(parameter.key)) == names.end()) {
          names.push_back(parameter.key);
        }
      }
      rules.push_back(
          {{"if", {{"properties", {{"kind", {{"const", kind.key}}}}}, {"required", {"kind"}}}},
           {"then", std::move(own)}});
    }
    Json whole = {{"properties", {{"kind", {{"enum", node.names}}}}},
                  {"propertyNames", {{"enum", names}}}};
    if (needs_kind) whole["required"] = {"kind"};
    if (!needs_kind) rules.push_back(parameters_of_any_kind(node));
    if (names.size() > 1) whole["allOf"] = std::move(rules);
    return {{"if", {{"type", "object"}}}, {"then", whole}, {"else", {{"enum", by_name}}}};
  }

  Json parameters_of_any_kind(const FieldNode& node) const {
    Json choices = Json::object(), properties = Json::object();
    for (const FieldNode& kind : node.kinds) {
      for (const FieldNode& parameter : kind.members) {
        Json& forms = choices[parameter.key];
        const Json form = property(parameter);
        if (std::find(forms.begin(), forms.end(), form) == forms.end()) forms.push_back(form);
      }
    }
    for (const auto& [key, of_kinds] : choices.items())
      properties[key] = of_kinds.size() == 1 ? of_kinds.front() : Json{{"anyOf", of_kinds}};
    return {{"if", {{"not", {{"required", {"kind"}}}}}}, {"then", {{"properties", properties}}}};
  }

  // An object with one of the members is one of members; any other is a distribution.
  Json object_or_value(const FieldNode& node) const {
    Json has_members = Json::array();
    has_members.push_back({{"maxProperties", 0}});
    for (const std::string& key : keys_of(node.members)) {
      has_members.push_back({{"required", {key}}});
    }
    Json value = this->value(node.shorthand.front());
    if (node.assumable) {
      value = {{"if", {{"const", "assumed"}}}, {"else", std::move(value)}};
    }
    return {{"if", {{"type", "object"}, {"anyOf", has_members}}},
            {"then", object(node.members)},
            {"else", std::move(value)}};
  }

  Json structure(const FieldNode& node) const {
    Json schema;
    if (node.form == Form::policies) {
      schema = {{"type", "object"}, {"additionalProperties", definition("policy")}};
    } else if (node.form == Form::map) {
      schema = {{"type", "object"}, {"additionalProperties", entry(node)}};
    } else if (node.form == Form::list) {
      schema = {{"type", "array"}, {"items", entry(node)}};
    } else {
      schema = object(node.members);
    }
    if (node.form != Form::object) limit_entries(node, schema);
    return may_be_null(node) ? or_null(schema) : schema;
  }

  static void limit_entries(const FieldNode& node, Json& schema) {
    const bool is_list = node.form == Form::list;
    const auto limit = [&](const char* key, double entries) {
      if (std::isfinite(entries)) schema[key] = static_cast<std::int64_t>(entries);
    };
    limit(is_list ? "minItems" : "minProperties", node.at_least);
    limit(is_list ? "maxItems" : "maxProperties", node.at_most);
    if (!is_list) schema["propertyNames"] = {{"minLength", 1}};
  }

  Json entry(const FieldNode& node) const {
    const FieldNode& first = node.members.front();
    const bool is_value = first.key.empty() && first.form != Form::alternatives;
    return is_value ? property(first) : object(node.members);
  }

  // A key of several alternatives may be another thing in each.
  static bool is_shared(const FieldNode& choice, const std::string& key) {
    return std::count_if(choice.members.begin(), choice.members.end(),
                         [&](const FieldNode& alternative) {
                           const auto keys = keys_of(alternative.members);
                           return std::find(keys.begin(), keys.end(), key) != keys.end();
                         }) > 1;
  }

  // Exactly one of the alternatives, and beside it only its own keys and the common ones.
  void add_alternatives(const FieldNode& choice, const std::vector<std::string>& common,
                        Json& properties, Json& rules) const {
    Json one_key = Json::array();
    for (const FieldNode& alternative : choice.members) {
      one_key.push_back({{"required", {alternative.key}}});
      Json required = Json::array(), names = common, own = Json::object();
      if (alternative.members.empty()) {  // its form depends on another key: a rule gives it
        properties[alternative.key] = true;
        names.push_back(alternative.key);
      }
      for (const FieldNode& member : alternative.members) {
        const bool shared = is_shared(choice, member.key);
        properties[member.key] = shared ? Json(true) : property(member);
        if (shared) own[member.key] = property(member);
        names.push_back(member.key);
        if (!member.required.empty()) required.push_back(member.key);
      }
      Json then = {{"required", required}, {"propertyNames", {{"enum", names}}}};
      if (!own.empty()) then["properties"] = own;
      rules.push_back({{"if", {{"required", {alternative.key}}}}, {"then", then}});
    }
    rules.push_back({{"oneOf", one_key}});
  }

  static void add_limits(Json& rules) {
    for (Json& rule : Json::parse(schema_limits())) rules.push_back(std::move(rule));
  }

  As as_;
  bool whole_;
};

// What a policy may touch, of a data class one key alone.
std::vector<FieldNode> policy_members(const FieldNode& root) {
  std::vector<FieldNode> members;
  for (const FieldNode& section : root.members) {
    if (std::find(policy_keys.begin(), policy_keys.end(), section.key) == policy_keys.end())
      continue;
    FieldNode& member = members.emplace_back(section);
    if (member.key != "data") continue;
    member.at_least = 0;
    std::erase_if(member.members,
                  [](const FieldNode& of) { return !policy_may_change_data(of.key); });
  }
  return members;
}

Json policy_schema(const FieldNode& root) {
  Json schema;
  schema["description"] =
      "What the policy changes: a JSON merge patch on the file. null restores a default. A "
      "distribution, an object with \"kind\" and a list are replaced whole.";
  schema.update(SchemaWriter{SchemaWriter::As::patch}.object(policy_members(root)));
  schema["allOf"] = Json::parse(schema_of_whole_choices());
  return schema;
}

}  // namespace

std::string scenario_schema() {
  const FieldNode root = field_tree();
  Json schema;
  schema["$schema"] = "http://json-schema.org/draft-07/schema#";
  schema["title"] = "seatrial scenario";
  schema["description"] =
      "A question about session tokens, the system it is about, and the policies to compare. // "
      "and "
      "/* */ comments are allowed: tell the editor that the file is JSON with comments.";
  schema.update(SchemaWriter{SchemaWriter::As::base}.object(root.members));
  schema["properties"]["$schema"] = {{"description", "The address of this schema, for editors."},
                                     {"type", "string"}};
  schema["allOf"] = Json::parse(schema_of_shared_keys());
  schema["definitions"] = Json::parse(schema_definitions());
  schema["definitions"]["policy"] = policy_schema(root);
  return share_schema_parts(schema.dump());
}

}  // namespace seatrial::scenarios
