#include "app/completion.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace seatrial::app {
namespace {

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

// In single quotes, for sh and for fish.
std::string sh_quoted(const std::string& text) {
  return "'" + replaced(text, "'", R"('\'')") + "'";
}
std::string fish_quoted(const std::string& text) {
  return "'" + replaced(replaced(text, "\\", "\\\\"), "'", "\\'") + "'";
}

std::string names_of(const CommandNode& tree, std::string_view between) {
  std::vector<std::string> names;
  for (const CommandNode& command : tree.commands) names.push_back(command.name);
  return fmt::format("{}", fmt::join(names, between));
}

std::string words_of(const std::vector<OptionNode>& options) {
  std::vector<std::string> words;
  for (const OptionNode& option : options)
    words.insert(words.end(), option.names.begin(), option.names.end());
  return fmt::format("{}", fmt::join(words, " "));
}

std::string bash_action(const OptionNode& option) {
  switch (option.kind) {
    case ValueKind::choice:
      return fmt::format("_seatrial_words {}",
                         sh_quoted(fmt::format("{}", fmt::join(option.choices, " "))));
    case ValueKind::policy:
      return "_seatrial_policies";
    case ValueKind::file:
      return "_seatrial_files";
    default:
      return ":";
  }
}

// What completes the value of an option: one case of "command,word before the cursor".
std::string bash_values(const CommandNode& command) {
  std::string cases;
  for (const OptionNode& option : command.options) {
    if (option.kind == ValueKind::none) continue;
    std::vector<std::string> patterns;
    for (const std::string& name : option.names) {
      if (!option.value_after_equals) patterns.push_back(command.name + "," + name);
      if (name.starts_with("--")) patterns.push_back(command.name + "," + name + "=");
    }
    cases +=
        fmt::format("    {}) {}; return ;;\n", fmt::join(patterns, " | "), bash_action(option));
  }
  return cases;
}

constexpr std::string_view bash_helpers = R"sh(
_seatrial_words() {
  COMPREPLY=($(compgen -W "$1" -- "$cur"))
}

_seatrial_files() {
  compopt -o filenames 2>/dev/null
  local IFS=$'\n'
  COMPREPLY=($(compgen -f -- "$cur"))
}

# Of the scenario that stands on the line.
_seatrial_policies() {
  local word name
  for word in "${COMP_WORDS[@]:2}"; do
    word=${word/#\~\//$HOME/}
    [[ -f $word ]] || continue
    compopt -o filenames 2>/dev/null  # quotes their blanks
    while IFS= read -r name; do
      [[ $name == "${cur//[\\\"\']/}"* ]] && COMPREPLY+=("$name")
    done < <("${COMP_WORDS[0]}" completion --policies "$word" 2>/dev/null)
    return
  done
}
)sh";

std::string zsh_text(const std::string& text) {
  return replaced(replaced(replaced(text, "[", "\\["), "]", "\\]"), ":", "\\:");
}

std::string zsh_action(const OptionNode& option) {
  switch (option.kind) {
    case ValueKind::choice:
      return fmt::format("({})", fmt::join(option.choices, " "));
    case ValueKind::policy:
      return "_seatrial_policies";
    case ValueKind::file:
      return "_files";
    default:
      return " ";
  }
}

std::string zsh_option(const OptionNode& option) {
  std::string specs;
  for (const std::string& name : option.names) {
    std::string spec = (option.repeatable ? "*" : "") + name;
    if (option.value_after_equals)
      spec += "=-";
    else if (option.kind != ValueKind::none && name.starts_with("--"))
      spec += "=";
    spec += "[" + zsh_text(option.sentence) + "]";
    if (option.kind != ValueKind::none)
      spec += (option.value_after_equals ? "::" : ":") + zsh_text(option.value_name) + ":" +
              zsh_action(option);
    specs += " \\\n        " + sh_quoted(spec);
  }
  return specs;
}

std::string zsh_command(const CommandNode& command) {
  std::string text = fmt::format("    {})\n      _arguments", command.name);
  for (const OptionNode& option : command.options) text += zsh_option(option);
  for (const OptionNode& option : command.positionals)
    text += fmt::format(" \\\n        {}",
                        sh_quoted(fmt::format(":{}:{}", option.names.front(), zsh_action(option))));
  return text + " ;;\n";
}

std::string fish_option(const std::string& condition, const OptionNode& option) {
  std::string text = "complete -c seatrial" + condition;
  for (const std::string& name : option.names)
    text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  if (option.kind == ValueKind::file) text += " -r -F";
  if (option.kind == ValueKind::other) text += " -x";
  if (option.kind == ValueKind::choice)
    text += " -x -a " + fish_quoted(fmt::format("{}", fmt::join(option.choices, " ")));
  if (option.kind == ValueKind::policy)
    text +=
        (option.value_after_equals ? " -f -a " : " -x -a ") + fish_quoted("(__seatrial_policies)");
  return text + " -d " + fish_quoted(option.sentence) + "\n";
}

}  // namespace

std::string bash_completion(const CommandNode& tree) {
  std::string text = "# bash completion of seatrial, written by `seatrial completion bash`\n";
  text += bash_helpers;
  text += fmt::format(R"sh(
_seatrial() {{
  local cur=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} command= i
  COMPREPLY=()
  if [[ $cur == = ]]; then  # bash takes --option=value for three words
    cur= before=${{COMP_WORDS[COMP_CWORD-1]}}=
  elif [[ $before == = && COMP_CWORD -ge 2 ]]; then
    before=${{COMP_WORDS[COMP_CWORD-2]}}=
  fi
  for ((i = 1; i < COMP_CWORD; ++i)); do
    case ${{COMP_WORDS[i]}} in
      {}) command=${{COMP_WORDS[i]}}; break ;;
    esac
  done
  case $command,$before in
)sh",
                      names_of(tree, " | "));
  for (const CommandNode& command : tree.commands) text += bash_values(command);
  text += "  esac\n  case $command,$cur in\n";
  text += fmt::format("    ,-*) _seatrial_words '{}' ;;\n", words_of(tree.options));
  text += fmt::format("    ,*) _seatrial_words '{}' ;;\n", names_of(tree, " "));
  for (const CommandNode& command : tree.commands) {
    text += fmt::format("    {},-*) _seatrial_words '{}' ;;\n", command.name,
                        words_of(command.options));
    if (!command.positionals.empty())
      text +=
          fmt::format("    {},*) {} ;;\n", command.name, bash_action(command.positionals.front()));
  }
  return text + "  esac\n}\n\ncomplete -F _seatrial seatrial\n";
}

std::string zsh_completion(const CommandNode& tree) {
  std::string text = "#compdef seatrial\n# written by `seatrial completion zsh`\n";
  text += R"sh(
# Of the scenario that stands on the line.
_seatrial_policies() {
  local word
  local -a names
  for word in ${words[2,-1]}; do
    [[ -f ${(Q)word} ]] || continue
    names=("${(@f)$(seatrial completion --policies ${(Q)word} 2>/dev/null)}")
    (( $#names )) && compadd -a names
    return
  done
}

_seatrial() {
  local context state state_descr line
  typeset -A opt_args
  _arguments -C)sh";
  for (const OptionNode& option : tree.options) text += zsh_option(option);
  text += " \\\n        '1:command:->command' '*::argument:->argument' && return\n";
  text += "  if [[ $state == command ]]; then\n    local -a commands=(\n";
  for (const CommandNode& command : tree.commands)
    text += fmt::format("      {}\n",
                        sh_quoted(command.name + ":" + replaced(command.sentence, ":", "\\:")));
  text += "    )\n    _describe command commands\n    return\n  fi\n  case $words[1] in\n";
  for (const CommandNode& command : tree.commands) text += zsh_command(command);
  text += "  esac\n}\n\nif [[ $funcstack[1] == _seatrial ]]; then\n  _seatrial \"$@\"\nelse\n";
  return text + "  compdef _seatrial seatrial\nfi\n";
}

std::string fish_completion(const CommandNode& tree) {
  std::string text = "# fish completion of seatrial, written by `seatrial completion fish`\n";
  text += R"fish(
# Of the scenario that stands on the line.
function __seatrial_policies
    for word in (commandline -opc)[2..-1]
        if test -f "$word"
            seatrial completion --policies "$word" 2>/dev/null
            return
        end
    end
end

complete -c seatrial -f
)fish";
  const std::string first = " -n __fish_use_subcommand";
  for (const OptionNode& option : tree.options) text += fish_option(first, option);
  for (const CommandNode& command : tree.commands)
    text += fmt::format("complete -c seatrial{} -a {} -d {}\n", first, command.name,
                        fish_quoted(command.sentence));
  for (const CommandNode& command : tree.commands) {
    const std::string condition = fmt::format(" -n '__fish_seen_subcommand_from {}'", command.name);
    for (const OptionNode& option : command.options) text += fish_option(condition, option);
    for (const OptionNode& option : command.positionals)
      text +=
          fmt::format("complete -c seatrial{} {}\n", condition,
                      option.kind == ValueKind::choice
                          ? "-a " + fish_quoted(fmt::format("{}", fmt::join(option.choices, " ")))
                          : "-F");
  }
  return text;
}

}  // namespace seatrial::app
