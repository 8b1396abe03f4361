#include "tests/analysis/report/typescript.hpp"

#include <cctype>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace seatrial::analysis::typescript {
namespace {

using Json = nlohmann::json;

std::string without_comments(const std::string& source) {
  std::string text;
  for (std::size_t at = 0; at < source.size(); ++at) {
    if (source.compare(at, 2, "//") == 0) at = std::min(source.find('\n', at), source.size() - 1);
    text += source[at];
  }
  return text;
}

class Parser {
 public:
  explicit Parser(std::string text) : text_{std::move(text)} {}

  Types file() {
    Types types;
    while (take("export")) {
      const bool is_interface = take("interface");
      if (!is_interface) expect("type");
      const std::string name = word();
      if (!is_interface) expect("=");
      types[name] = type();
      take(";");
    }
    if (at_ != text_.size()) throw std::runtime_error{"not understood: " + text_.substr(at_, 40)};
    return types;
  }

 private:
  Type type() {
    std::vector<Type> choices{element()};
    while (take("|")) choices.push_back(element());
    return choices.size() == 1 ? choices.front() : Type{Type::Kind::choice, "", choices, {}};
  }
  Type element() {
    Type inner = primary();
    while (take("[]")) inner = Type{Type::Kind::list, "", {inner}, {}};
    return inner;
  }
  Type primary() {
    if (take("(")) {
      Type inner = type();
      expect(")");
      return inner;
    }
    if (take("{")) return record();
    if (take("[")) return tuple();
    if (take("\"")) {
      const std::size_t end = text_.find('"', at_);
      Type literal{Type::Kind::literal, text_.substr(at_, end - at_), {}, {}};
      at_ = end + 1;
      return literal;
    }
    return Type{Type::Kind::name, word(), {}, {}};
  }
  Type record() {
    Type record{Type::Kind::record, "", {}, {}};
    while (!take("}")) {
      Member member;
      member.name = word();
      member.optional = take("?");
      expect(":");
      member.type = type();
      take(";");
      record.members.push_back(std::move(member));
    }
    return record;
  }
  Type tuple() {
    Type tuple{Type::Kind::tuple, "", {type()}, {}};
    while (take(",")) tuple.parts.push_back(type());
    expect("]");
    return tuple;
  }

  void skip_blanks() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
  }
  bool take(const std::string& token) {
    skip_blanks();
    if (text_.compare(at_, token.size(), token) != 0) return false;
    at_ += token.size();
    skip_blanks();
    return true;
  }
  void expect(const std::string& token) {
    if (!take(token)) throw std::runtime_error{token + " expected: " + text_.substr(at_, 40)};
  }
  std::string word() {
    skip_blanks();
    const std::size_t begin = at_;
    while (at_ < text_.size() &&
           (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 || text_[at_] == '_'))
      ++at_;
    return text_.substr(begin, at_ - begin);
  }

  std::string text_;
  std::size_t at_ = 0;
};

class Checker {
 public:
  explicit Checker(const Types& types) : types_{types} {}

  std::string of(const Type& type, const Json& json, const std::string& place) const {
    switch (type.kind) {
      case Type::Kind::name:
        return of_name(type.name, json, place);
      case Type::Kind::literal:
        return json == type.name ? "" : place + " is not \"" + type.name + '"';
      case Type::Kind::list:
        return of_list(type, json, place);
      case Type::Kind::tuple:
        return of_tuple(type, json, place);
      case Type::Kind::choice:
        for (const Type& part : type.parts)
          if (of(part, json, place).empty()) return "";
        return place + " is none of its types";
      case Type::Kind::record:
        return of_record(type, json, place);
    }
    return place + " is of no known type";
  }

 private:
  std::string of_name(const std::string& name, const Json& json, const std::string& place) const {
    const bool fits =
        (name == "string" && json.is_string()) || (name == "number" && json.is_number()) ||
        (name == "boolean" && json.is_boolean()) || (name == "null" && json.is_null());
    if (fits) return "";
    const auto found = types_.find(name);
    return found == types_.end() ? place + " is no " + name : of(found->second, json, place);
  }
  std::string of_list(const Type& type, const Json& json, const std::string& place) const {
    if (!json.is_array()) return place + " is no list";
    for (std::size_t i = 0; i < json.size(); ++i) {
      std::string wrong = of(type.parts[0], json[i], place + "/" + std::to_string(i));
      if (!wrong.empty()) return wrong;
    }
    return "";
  }
  std::string of_tuple(const Type& type, const Json& json, const std::string& place) const {
    if (!json.is_array() || json.size() != type.parts.size()) return place + " is no such tuple";
    for (std::size_t i = 0; i < json.size(); ++i) {
      std::string wrong = of(type.parts[i], json[i], place + "/" + std::to_string(i));
      if (!wrong.empty()) return wrong;
    }
    return "";
  }
  std::string of_record(const Type& type, const Json& json, const std::string& place) const {
    if (!json.is_object()) return place + " is no object";
    std::size_t known = 0;
    for (const Member& member : type.members) {
      if (!json.contains(member.name)) {
        if (!member.optional) return place + " lacks " + member.name;
        continue;
      }
      ++known;
      std::string wrong = of(member.type, json[member.name], place + "/" + member.name);
      if (!wrong.empty()) return wrong;
    }
    return known == json.size() ? "" : place + " has more than its keys";
  }

  const Types& types_;
};

}  // namespace

Types types_of(const std::string& source) { return Parser{without_comments(source)}.file(); }

std::string complaint(const Types& types, const std::string& type, const std::string& json) {
  return Checker{types}.of(types.at(type), Json::parse(json), "");
}

}  // namespace seatrial::analysis::typescript
