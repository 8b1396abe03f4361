#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "scenarios/schema.hpp"

namespace seatrial::scenarios {
namespace {

using Json = nlohmann::ordered_json;

// What is said more than once (the kinds of a strategy inside of each other, above all) is said
// once, among the definitions: the schema stays small enough for an editor.
class SharedParts {
 public:
  explicit SharedParts(const Json& schema) { count(schema); }

  void share(Json& schema) {
    for (auto& [key, part] : schema.items()) {
      if (!is_candidate(key, part)) {
        if (part.is_structured()) share(part);
        continue;
      }
      const auto found = seen_.find(part.dump());
      if (found->second.times > 1) {
        part = Json{{"$ref", "#/definitions/" + name_of(found->second, part)}};
      } else {
        share(part);
      }
    }
  }

  const Json& definitions() const { return definitions_; }

 private:
  struct Part {
    int times = 0;
    std::string name;
  };
  static constexpr std::size_t worth_sharing = 250;  // bytes

  static bool is_candidate(const std::string& key, const Json& part) {
    static constexpr std::array<std::string_view, 5> hold_schemas{"then", "else", "items", "value",
                                                                  "additionalProperties"};
    const bool is_property = part.is_object() && part.contains("title");
    const bool is_schema =
        std::find(hold_schemas.begin(), hold_schemas.end(), key) != hold_schemas.end();
    return part.is_object() && (is_property || is_schema) && part.dump().size() >= worth_sharing;
  }

  void count(const Json& schema) {
    for (const auto& [key, part] : schema.items()) {
      // The parts of a part that was met before are in its definition.
      if (is_candidate(key, part) && seen_[part.dump()].times++ > 0) continue;
      if (part.is_structured()) count(part);
    }
  }

  std::string name_of(Part& shared, Json part) {
    if (shared.name.empty()) {
      shared.name = "part_" + std::to_string(++parts_);
      share(part);
      definitions_[shared.name] = as_target(std::move(part));
    }
    return shared.name;
  }

  // valijson 1.0 knows the schema of "propertyNames" by the path of what it stands in; where that
  // is what a $ref points at, it takes the whole for it, and holds names against that. In "allOf"
  // no $ref points at it.
  static Json as_target(Json part) {
    if (!part.contains("propertyNames")) return part;
    return {{"allOf", Json::array({std::move(part)})}};
  }

  std::map<std::string, Part> seen_;
  int parts_ = 0;
  Json definitions_ = Json::object();
};

}  // namespace

std::string share_schema_parts(const std::string& text) {
  Json schema = Json::parse(text);
  SharedParts parts{schema};
  parts.share(schema);
  schema["definitions"].update(parts.definitions());
  return schema.dump(1) + '\n';
}

}  // namespace seatrial::scenarios
