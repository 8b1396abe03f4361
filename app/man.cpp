#include "app/man.hpp"

#include <fmt/format.h>

#include "analysis/report/version.hpp"

namespace seatrial::app {
namespace {

// Plain text for roff: its own characters are escaped, and a line may not start as a request.
std::string roff(const std::string& text) {
  std::string safe;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char letter = text[i];
    const bool starts_line = safe.empty() || safe.back() == '\n';
    if (starts_line && (letter == '.' || letter == '\'')) safe += "\\&";
    if (letter == '\\')
      safe += "\\e";
    else if (letter == '-')
      safe += "\\-";
    else if (!(starts_line && letter == ' '))
      safe += letter;
  }
  return safe;
}

// From a phrase of the help: "run one policy" becomes "Run one policy."
std::string sentence(std::string phrase) {
  if (phrase.empty()) return "";
  phrase.front() = phrase.front() >= 'a' && phrase.front() <= 'z'
                       ? static_cast<char>(phrase.front() - 'a' + 'A')
                       : phrase.front();
  if (phrase.back() != '.') phrase += '.';
  return roff(phrase);
}

// As a quoted argument of a macro.
std::string quoted(const std::string& text) {
  std::string safe = "\"";
  for (const char letter : roff(text))
    safe += letter == '"' ? std::string{"\\(dq"} : std::string{letter};
  return safe + "\"";
}

std::string bold(const std::string& text) { return "\\fB" + roff(text) + "\\fR"; }
std::string italic(const std::string& text) { return "\\fI" + roff(text) + "\\fR"; }

// "-j, --jobs N"
std::string option_head(const OptionNode& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.names) names.push_back(bold(name));
  std::string text = fmt::format("{}", fmt::join(names, ", "));
  if (option.value_after_equals) return text + "[=" + italic(option.value_name) + "]";
  return option.value_name.empty() ? text : text + " " + italic(option.value_name);
}

std::string options_text(const std::vector<OptionNode>& options) {
  std::string text;
  for (const OptionNode& option : options) {
    text += ".TP\n" + option_head(option) + "\n" + sentence(option.sentence) + "\n";
    if (!option.choices.empty())
      text += roff(fmt::format("One of {}.", fmt::join(option.choices, ", "))) + "\n";
  }
  return text;
}

std::string command_text(const CommandNode& command) {
  std::string usage = bold("seatrial " + command.name);
  for (const OptionNode& option : command.positionals)
    usage += option.required ? " " + italic(option.names.front())
                             : " [" + italic(option.names.front()) + "]";
  usage += command.options.empty() ? "" : " [" + italic("options") + "]";
  std::string text = ".SS " + quoted(command.name) + "\n" + usage + "\n.PP\n";
  text += sentence(command.sentence) + "\n";
  for (const OptionNode& option : command.positionals) {
    text += ".TP\n" + italic(option.names.front()) + "\n" + sentence(option.sentence) + "\n";
    if (!option.choices.empty())
      text += roff(fmt::format("One of {}.", fmt::join(option.choices, ", "))) + "\n";
  }
  return text + options_text(command.options);
}

constexpr std::string_view version_date = "2026-11-29";

constexpr std::string_view rest = R"(.SH ENVIRONMENT
.TP
\fBNO_COLOR\fR
If set and not empty, nothing is coloured.
.SH FILES
.TP
\fI/usr/share/seatrial/scenarios/library\fR
Scenarios to start from.
.TP
\fI/usr/share/seatrial/schema/scenario.schema.json\fR
Their JSON Schema, for editors.
.SH EXAMPLES
.nf
seatrial compare /usr/share/seatrial/scenarios/library/first\-steps.json
seatrial compare cart.json \-o out \-\-set /pods/count=6 \-\-gate
seatrial diff main.json out
.fi
)";

}  // namespace

std::string man_page(const CommandNode& tree) {
  std::string text = fmt::format(".TH SEATRIAL 1 {} \"seatrial {}\" \"User Commands\"\n",
                                 version_date, analysis::program_version);
  text += ".SH NAME\nseatrial \\- compare session\\-token policies before one is deployed\n";
  text += ".SH SYNOPSIS\n" + bold("seatrial") + " " + italic("COMMAND") + " [" + italic("options") +
          "]\n";
  text += ".SH DESCRIPTION\n" + sentence(tree.sentence) + "\n.PP\n" +
          "Data goes to standard output; everything else to standard error.\n";
  text += ".SH OPTIONS\n" + options_text(tree.options);
  text += ".SH COMMANDS\n";
  for (const CommandNode& command : tree.commands) text += command_text(command);
  text += ".SH EXIT STATUS\n" + roff(tree.footer) + "\n";
  return text + std::string{rest};
}

}  // namespace seatrial::app
