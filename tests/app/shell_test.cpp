// Completion and man page, in the shells and formatters themselves where these are installed, and
// the installed tree.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "app/completion.hpp"
#include "tests/app/program.hpp"

namespace seatrial::app {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

const std::string program = SEATRIAL_PROGRAM;
const std::string library = SEATRIAL_SOURCE_DIR "/scenarios/library";

struct Said {
  int code = -1;
  std::string text;  // both streams
};

Said run_shell(const std::string& command) {
  Said said;
  std::FILE* const pipe = popen(("{ " + command + "\n} 2>&1").c_str(), "r");
  if (pipe == nullptr) return said;
  std::array<char, 4096> part{};
  while (std::fgets(part.data(), part.size(), pipe) != nullptr) said.text += part.data();
  const int status = pclose(pipe);
  if (WIFEXITED(status)) said.code = WEXITSTATUS(status);
  return said;
}

bool has(const std::string& tool) { return run_shell("command -v " + tool).code == 0; }

// What bash proposes for these words, the last of which is being typed; one a line.
std::string proposed(const std::string& words) {
  const TemporaryFolder folder;
  std::ofstream{folder.path() / "try.bash"} << "source <('" << program << "' completion bash)\n"
                                            << "cd '" << library << "'\n"
                                            << "COMP_WORDS=('" << program << "' " << words << ")\n"
                                            << "COMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n"
                                            << "_seatrial\n"
                                            << "printf '%s\\n' \"${COMPREPLY[@]}\"\n";
  return run_shell("bash '" + (folder.path() / "try.bash").string() + "'").text;
}

std::string printed(const std::string& arguments) {
  return run_shell("'" + program + "' " + arguments).text;
}

// The commands that the help names.
std::vector<std::string> commands_of_help() {
  std::istringstream help{printed("--help")};
  std::vector<std::string> names;
  bool inside = false;
  for (std::string line; std::getline(help, line);) {
    if (inside && line.starts_with("  ")) names.push_back(line.substr(2, line.find(' ', 2) - 2));
    inside = inside ? !line.empty() : line == "Subcommands:";
  }
  return names;
}

TEST(BashCompletion, ProposesCommandsOptionsAndTheirValues) {
  EXPECT_EQ(proposed("comp"), "compare\ncompletion\n");
  EXPECT_EQ(proposed("compare --repl"), "--replications\n");
  EXPECT_EQ(proposed("list st"), "strategies\n");
  EXPECT_EQ(proposed("completion ''"), "bash\nzsh\nfish\n");
  EXPECT_EQ(proposed("--v"), "--version\n");
  EXPECT_EQ(proposed("compare --seed ''"), "\n");
}

TEST(BashCompletion, ProposesFilesAndThePoliciesOfTheScenarioOnTheLine) {
  EXPECT_EQ(proposed("compare first"), "first-steps.json\n");
  EXPECT_EQ(proposed("diff first"), "first-steps.json\n");
  EXPECT_EQ(proposed("compare first-steps.json --policy ''"),
            "as is\nclient cookie\nredis by cart\n");
  EXPECT_EQ(proposed("compare first-steps.json --policy cl"), "client cookie\n");
  EXPECT_EQ(proposed("compare first-steps.json --gate = red"), "redis by cart\n");
  EXPECT_EQ(proposed("compare --policy ''"), "\n");
}

TEST(BashCompletion, IsRegisteredForTheProgram) {
  const Said said =
      run_shell("bash -c \"source <('" + program + "' completion bash); complete -p seatrial\"");

  EXPECT_EQ(said.text, "complete -F _seatrial seatrial\n");
}

TEST(Completion, KnowsEveryCommandInEveryShell) {
  const std::vector<std::string> commands = commands_of_help();
  ASSERT_GE(commands.size(), 8U);

  for (const char* const shell : {"bash", "zsh", "fish"}) {
    const std::string text = printed(std::string{"completion "} + shell);
    for (const std::string& command : commands) EXPECT_THAT(text, HasSubstr(command)) << shell;
  }
}

TEST(Completion, IsGoodSyntaxInShellsThatAreHere) {
  for (const std::string shell : {"bash", "zsh", "fish"}) {
    if (!has(shell)) continue;
    const TemporaryFolder folder;
    std::ofstream{folder.path() / "script"} << printed("completion " + shell);
    const Said said = run_shell(shell + " -n '" + (folder.path() / "script").string() + "'");
    EXPECT_EQ(said.code, 0) << shell;
    EXPECT_EQ(said.text, "") << shell;
  }
}

TEST(Completion, QuotesWhatASentenceMayHold) {
  CommandNode tree{"seatrial", "", "", {}, {}, {}};
  OptionNode option{{"--it"}, "it's [a]: $(b) `c`", "N", ValueKind::other, {}, false, false, false};
  tree.commands.push_back({"go", "don't: $(touch x)", "", {option}, {}, {}});

  EXPECT_THAT(zsh_completion(tree), HasSubstr(R"('--it=[it'\''s \[a\]\: $(b) `c`]:N: ')"));
  EXPECT_THAT(zsh_completion(tree), HasSubstr(R"('go:don'\''t\: $(touch x)')"));
  EXPECT_THAT(fish_completion(tree), HasSubstr(R"(-d 'it\'s [a]: $(b) `c`')"));
}

TEST(Completion, OfAnUnknownShellIsWrongUsage) {
  EXPECT_EQ(run_shell("'" + program + "' completion tcsh").code, 2);
  EXPECT_EQ(run_shell("'" + program + "' completion").code, 2);
  EXPECT_EQ(run_shell("'" + program + "' completion --policies /none.json").code, 2);
}

TEST(ManPage, NamesEveryCommandAndRendersWithoutAWarning) {
  const TemporaryFolder folder;
  const std::string page = (folder.path() / "seatrial.1").string();
  std::ofstream{page} << printed("man");

  for (const std::string& command : commands_of_help())
    EXPECT_THAT(printed("man"), HasSubstr(".SS \"" + command + "\"\n"));
  for (const std::string render : {"groff -man -ww -Tascii", "mandoc -T lint -W warning"}) {
    if (!has(render.substr(0, render.find(' ')))) continue;
    EXPECT_EQ(run_shell(render + " '" + page + "' 2>&1 >/dev/null").text, "") << render;
  }
}

TEST(InstalledTree, IsCompleteAndRuns) {
  const TemporaryFolder folder;
  const std::string prefix = (folder.path() / "usr").string();

  const Said installed =
      run_shell("cmake --install '" SEATRIAL_BINARY_DIR "' --prefix '" + prefix + "'");

  ASSERT_EQ(installed.code, 0) << installed.text;
  for (const char* const file :
       {"share/seatrial/scenarios/library/first-steps.json", "share/doc/seatrial/copyright",
        "share/bash-completion/completions/seatrial", "share/zsh/vendor-completions/_seatrial",
        "share/fish/vendor_completions.d/seatrial.fish", "share/doc/seatrial/docs/cli.md"})
    EXPECT_GT(std::filesystem::file_size(prefix + "/" + file), 100U) << file;
  EXPECT_TRUE(std::filesystem::exists(prefix + "/share/man/man1/seatrial.1.gz") ||
              std::filesystem::exists(prefix + "/share/man/man1/seatrial.1"));
  const Said said = run_shell("cd / && '" + prefix + "/bin/seatrial' compare --replications 2 '" +
                              prefix + "/share/seatrial/scenarios/library/first-steps.json'");
  EXPECT_EQ(said.code, 0) << said.text;
}

// What a text of the installed tree names beside itself, found by `pattern`, and where it is not.
std::vector<std::string> dead_ends(const std::filesystem::path& file, const std::regex& pattern) {
  std::vector<std::string> dead;
  std::stringstream text;
  text << std::ifstream{file}.rdbuf();
  const std::string all = text.str();
  for (std::sregex_iterator found{all.begin(), all.end(), pattern}, end; found != end; ++found) {
    const std::string target = (*found)[1];
    if (target.find("://") == std::string::npos &&
        !std::filesystem::exists(file.parent_path() / target))
      dead.push_back(file.filename().string() + ": " + target);
  }
  return dead;
}

TEST(InstalledTree, HoldsAllThatItsDocumentsAndScenariosLinkTo) {
  const TemporaryFolder folder;
  const std::filesystem::path share = folder.path() / "usr/share";
  const std::regex link{R"~(\]\(([^)# ]+)[)#])~"}, schema{R"~("\$schema": "([^"]+)")~"};

  run_shell("cmake --install '" SEATRIAL_BINARY_DIR "' --prefix '" + share.parent_path().string() +
            "'");

  std::size_t documents = 0, scenarios = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator{share / "doc/seatrial"}) {
    if (entry.path().extension() != ".md") continue;
    ++documents;
    EXPECT_THAT(dead_ends(entry.path(), link), testing::IsEmpty());
  }
  for (const auto& entry :
       std::filesystem::directory_iterator{share / "seatrial/scenarios/library"}) {
    ++scenarios;
    EXPECT_THAT(dead_ends(entry.path(), schema), testing::IsEmpty());
  }
  EXPECT_GE(documents, 20U);
  EXPECT_GE(scenarios, 2U);
}

}  // namespace
}  // namespace seatrial::app
