// What the documents quote is what the program says. A fenced block that opens with a command is
// run as a reader would, where "scenarios/" is, and each quoted line must come out, in order:
//
//   ```
//   $ seatrial compare scenarios/library/first-steps.json --set /pods/count=12
//   as is           129,000 x
//   ...                                  <- what is left out
//   ```
//
// A quoted line may stop early: the rest of the printed line is not compared. Blanks in a row
// count as one.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "analysis/experiment/simulate.hpp"
#include "app/command_line.hpp"

namespace seatrial {
namespace {

namespace fs = std::filesystem;

const std::string prompt = "$ seatrial ";

struct Quotation {
  std::string page;
  int line = 0;  // of the command
  std::string command;
  std::vector<std::string> quoted;
};

std::string single_blanks(const std::string& text) {
  std::istringstream words{text};
  std::string result;
  for (std::string word; words >> word;) result += (result.empty() ? "" : " ") + word;
  return result;
}

// Of one page: the blocks that open with "$ seatrial".
std::vector<Quotation> quotations_of(const fs::path& page) {
  std::vector<Quotation> all;
  std::ifstream file{page};
  bool in_block = false, is_quoting = false;
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.starts_with("```")) {
      in_block = !in_block;
      is_quoting = false;
    } else if (in_block && line.starts_with(prompt)) {
      all.push_back({page.filename(), number, line.substr(prompt.size()), {}});
      is_quoting = true;
    } else if (is_quoting) {
      all.back().quoted.push_back(single_blanks(line));
    }
  }
  return all;
}

// As a shell would split it: blanks separate, a backslash or quotes protect.
std::vector<std::string> words_of(const std::string& command) {
  std::vector<std::string> words{""};
  char quote = 0;
  for (std::size_t i = 0; i < command.size(); ++i) {
    const char letter = command[i];
    if (letter == '\\' && quote != '\'' && i + 1 < command.size()) {
      words.back() += command[++i];
    } else if (quote != 0 ? letter == quote : letter == '"' || letter == '\'') {
      quote = quote != 0 ? 0 : letter;
    } else if (letter == ' ' && quote == 0) {
      if (!words.back().empty()) words.emplace_back();
    } else {
      words.back() += letter;
    }
  }
  return words;
}

std::string printed_by(const std::string& command) {
  std::ostringstream out, error;
  app::Environment environment{
      out, error, false, false, analysis::simulate, analysis::simulate_watched};
  app::run_command_line(words_of(command), environment);
  return out.str() + error.str();
}

// The first quoted line that the program does not print in its place; empty: all are there.
std::string first_difference(const std::vector<std::string>& quoted, const std::string& printed) {
  std::istringstream lines{printed};
  std::string line;
  for (const std::string& wanted : quoted) {
    if (wanted.empty() || wanted == "...") continue;
    do {
      if (!std::getline(lines, line)) return wanted;
    } while (!single_blanks(line).starts_with(wanted));
  }
  return "";
}

std::vector<Quotation> all_quotations() {
  const fs::path root{SEATRIAL_SOURCE_DIR};
  std::vector<Quotation> all;
  for (const char* page : {"README.md", "docs/tutorial.md"})
    for (Quotation& quotation : quotations_of(root / page)) all.push_back(std::move(quotation));
  return all;
}

TEST(Documents, QuoteWhatTheProgramPrints) {
  const fs::path folder = fs::temp_directory_path() / ("seatrial-docs-" + std::to_string(getpid()));
  fs::create_directories(folder);
  fs::create_directory_symlink(fs::path{SEATRIAL_SOURCE_DIR} / "scenarios", folder / "scenarios");
  fs::current_path(folder);
  const std::vector<Quotation> quotations = all_quotations();
  std::map<std::string, std::string> printed;

  for (const Quotation& quotation : quotations) {
    auto [entry, is_new] = printed.try_emplace(quotation.command);
    if (is_new) entry->second = printed_by(quotation.command);

    EXPECT_EQ(first_difference(quotation.quoted, entry->second), "")
        << quotation.page << ":" << quotation.line << ": seatrial " << quotation.command
        << "\nprints\n"
        << entry->second;
  }
  EXPECT_GE(quotations.size(), 12U);
  fs::current_path("/");
  fs::remove_all(folder);
}

TEST(Documents, ADifferenceIsFound) {
  EXPECT_EQ(first_difference({"a b", "...", "c"}, "x\na   b\ny\nc d\n"), "");
  EXPECT_EQ(first_difference({"c", "a b"}, "a b\nc\n"), "a b");
}

}  // namespace
}  // namespace seatrial
