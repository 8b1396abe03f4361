// Names come from files that somebody else may have written: whatever they hold, they are text.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/report/junit.hpp"
#include "analysis/report/markdown_text.hpp"
#include "tests/analysis/report/judged.hpp"

namespace seatrial::analysis {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string hostile =
    "a\x1b[31m|`b`*c*\n# <script>alert(1)</script> ]]> \"&' @team [x](http://evil) $1$ "
    "\xE2\x80\xAE";

synthetic::Judged named(const std::string& name) {
  synthetic::Behaviour wrong;
  wrong.wrong_per_10000 = wrong.wrong_in_outage = 208;
  const synthetic::Behaviours behaviours{{name, wrong}, {"token", {}}};
  synthetic::Judged judged;
  judged.scenario = synthetic::scenario_of(behaviours, name);
  judged.scenario.title = judged.scenario.question = name;
  judged.scenario.objectives = {synthetic::own_cart(0.001)};
  judged.scenario.objectives[0].name = name;
  judged.experiment = run_experiment(judged.scenario, {}, synthetic::simulation_of(behaviours));
  judged.comparison = compare(judged.scenario, judged.experiment);
  return judged;
}

// Every element is closed by its own name, every attribute quoted, and no character is raw that
// must not be. Enough of XML for what has neither comments nor sections of CDATA.
testing::AssertionResult is_well_formed(const std::string& xml) {
  std::vector<std::string> open;
  for (std::size_t at = xml.find("?>") + 2; at < xml.size();) {
    const auto letter = static_cast<unsigned char>(xml[at]);
    if (letter < 0x20 && letter != '\n') return testing::AssertionFailure() << "control character";
    if (xml[at] != '<') {
      if (xml[at] == '>' || xml[at] == '&') return testing::AssertionFailure() << "raw at " << at;
      ++at;
      continue;
    }
    std::size_t end = at + 1;
    for (bool quoted = false; end < xml.size() && (quoted || xml[end] != '>'); ++end) {
      if (xml[end] == '"') quoted = !quoted;
      if (xml[end] == '<') return testing::AssertionFailure() << "< in a tag at " << end;
      if (static_cast<unsigned char>(xml[end]) < 0x20)
        return testing::AssertionFailure() << "control character in a tag";
    }
    const std::string tag = xml.substr(at + 1, end - at - 1);
    const std::string name =
        tag.substr(tag[0] == '/' ? 1 : 0, tag.find_first_of(" /", 1) - (tag[0] == '/' ? 1 : 0));
    if (tag[0] == '/') {
      if (open.empty() || open.back() != tag.substr(1))
        return testing::AssertionFailure() << tag << " closes nothing";
      open.pop_back();
    } else if (tag.back() != '/') {
      open.push_back(name);
    }
    at = end + 1;
  }
  return open.empty() ? testing::AssertionSuccess() : testing::AssertionFailure() << open.back();
}

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t times = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
    ++times;
  return times;
}

TEST(HostileNames, DoNotSteerTheTerminal) {
  const std::string text = named(hostile).terminal();

  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find("\xE2\x80\xAE"), std::string::npos);
  EXPECT_THAT(text, HasSubstr("<script>alert(1)</script>"));
}

TEST(HostileNames, AreTextInMarkdown) {
  const std::string text = named(hostile).markdown();

  EXPECT_THAT(text, Not(HasSubstr("<script>")));
  EXPECT_THAT(text, HasSubstr("&lt;script>alert(1)&lt;/script>"));
  EXPECT_THAT(text, Not(HasSubstr("\n# ")));
  EXPECT_THAT(text, Not(HasSubstr("@team")));
  EXPECT_THAT(text, Not(HasSubstr("](http://")));
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

TEST(HostileNames, KeepTheColumnsOfTheMarkdownTable) {
  const std::string text = named(hostile).markdown();

  const std::size_t begin = text.find("| policy |");
  const std::string head = text.substr(begin, text.find('\n', begin) - begin);
  const std::string below = text.substr(begin + head.size() + 1);
  EXPECT_EQ(count(head, "|") - count(head, "\\|"), count(below.substr(0, below.find('\n')), "|"));
}

TEST(HostileNames, LeaveJUnitWellFormed) {
  const synthetic::Judged judged = named(hostile + "\xEF\xBF\xBF");

  const std::string xml = junit_xml(judged.scenario, judged.comparison, {});

  EXPECT_TRUE(is_well_formed(xml)) << xml;
  EXPECT_FALSE(is_well_formed("?><a b=\"<\"></a>"));
  EXPECT_FALSE(is_well_formed("?><a></b>"));
  EXPECT_EQ(xml.find("\xEF\xBF\xBF"), std::string::npos);
}

TEST(MarkdownText, EscapesOnlyWhatWouldBeMarkup) {
  EXPECT_EQ(markdown_text("own_cart <= 1,000 [0, 2] #1"), "own_cart <= 1,000 [0, 2] &#35;1");
  EXPECT_EQ(markdown_text("a*b|c"), "a\\*b\\|c");
  EXPECT_EQ(markdown_line("1. x"), "1\\. x");
  EXPECT_EQ(markdown_line("- x"), "\\- x");
  EXPECT_EQ(markdown_code("a`b"), "`a'b`");
}

TEST(JUnit, HasOneCaseForEachPolicyAndObjective) {
  const synthetic::Judged judged = named("as is");

  const std::string xml = junit_xml(judged.scenario, judged.comparison, {});

  EXPECT_EQ(count(xml, "<testcase "), 2U);
  EXPECT_THAT(xml, HasSubstr("<testcase classname=\"token\" name=\"as is\"/>"));
  EXPECT_THAT(xml, testing::ContainsRegex("<failure type=\"missed\" message=\"2[0-9],[0-9]+ "
                                          "&gt; 1,000 per million in "));
  EXPECT_THAT(xml, HasSubstr("tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"0\""));
}

TEST(JUnit, SkipsWhatIsInconclusiveUnlessStrict) {
  const synthetic::Judged judged = synthetic::unmet(100, 0.0102);

  const std::string lax = junit_xml(judged.scenario, judged.comparison, {});
  const std::string strict =
      junit_xml(judged.scenario, judged.comparison, {.strict = true, .only = {}});

  EXPECT_THAT(lax, HasSubstr("<skipped message=\"inconclusive: "));
  EXPECT_THAT(strict, Not(HasSubstr("<skipped")));
  EXPECT_THAT(strict, HasSubstr("<failure type=\"inconclusive\""));
}

}  // namespace
}  // namespace seatrial::analysis
