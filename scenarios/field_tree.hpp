// All keys that a scenario may have, as a tree of plain data: what describe() of every
// configuration struct says, written down once for those who print it (the schema, the reference,
// the list of defaults).
//
// Law: nothing stands here that describe() does not say, but for the policies: each is a patch, and
// which keys it may touch is the loader's to know (scenarios/overlay.hpp).
#pragma once

#include <string>
#include <vector>

#include "models/fields.hpp"
#include "scenarios/quantities.hpp"

namespace seatrial::scenarios {

struct FieldNode {
  enum class Form {
    text,
    flag,
    count,
    number,
    quantity,
    duration_distribution,
    count_distribution,
    one_of,
    reference,
    strategy,
    strategies,
    object,
    object_or_value,  // members, or what stands in `shorthand`
    alternatives,     // exactly one of the members stands in the object, with its own members
    map,              // the one entry's members
    list,             // the one element's members
    policies          // patches by name
  };

  std::string key;  // empty: the value itself
  Form form = Form::object;
  std::string pointer;  // as --set writes it; a map's entry is NAME, a list's element 0
  std::string sentence;
  std::string source;              // of the default
  std::string required;            // never implicit: how to find the value
  std::string not_required_under;  // a kind of /store/replication
  double at_least = 0, at_most = 0;
  Dimension dimension = Dimension::plain;
  std::string default_text;  // JSON; empty: there is none
  bool optional = false;     // left out, there is no such thing
  bool assumable = false;    // may be the word "assumed"
  models::Reference refers_to = models::Reference::region;
  std::vector<std::string> names;  // of one_of and of a strategy's kinds
  std::vector<FieldNode> kinds;    // of a strategy: key, sentence and members of each
  std::vector<FieldNode> members;
  std::vector<FieldNode> shorthand;  // one node with an empty key

  bool is_value() const;  // one value, not members
};

// The whole file, in the order in which a person reads it.
FieldNode field_tree();

// "region", "data class", ...
std::string_view name_of(models::Reference);

}  // namespace seatrial::scenarios
