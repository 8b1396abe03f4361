// Holds JSON against the interfaces of a TypeScript file: as much of the language as
// analysis/report/page/src/data.ts uses.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace seatrial::analysis::typescript {

struct Member;

struct Type {
  enum class Kind { name, literal, list, tuple, choice, record } kind = Kind::name;
  std::string name;         // of a name or literal
  std::vector<Type> parts;  // of a list (one), tuple or choice
  std::vector<Member> members;
};

struct Member {
  std::string name;
  bool optional = false;
  Type type;
};

using Types = std::map<std::string, Type>;

// Of all that the file exports.
Types types_of(const std::string& source);

// What is wrong, with its place; empty when the text is such JSON.
std::string complaint(const Types&, const std::string& type, const std::string& json);

}  // namespace seatrial::analysis::typescript
