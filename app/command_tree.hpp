// The command line's own definitions as plain data: what shell completion and the man page are
// written from, so that neither can say what the program does not do.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace seatrial::app {

enum class ValueKind { none, file, choice, policy, other };

struct OptionNode {
  std::vector<std::string> names;  // "-j", "--jobs"; of a positional: its one name
  std::string sentence;
  std::string value_name;  // "N"; empty: a flag
  ValueKind kind = ValueKind::none;
  std::vector<std::string> choices;
  bool value_after_equals = false;  // --gate=POLICY, where --gate stands alone, too
  bool required = false;
  bool repeatable = false;
};

struct CommandNode {
  std::string name;
  std::string sentence;
  std::string footer;
  std::vector<OptionNode> options;
  std::vector<OptionNode> positionals;
  std::vector<CommandNode> commands;
};

CommandNode tree_of(const CLI::App&);

}  // namespace seatrial::app
