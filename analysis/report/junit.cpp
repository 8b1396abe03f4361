#include "analysis/report/junit.hpp"

#include <fmt/format.h>

#include "analysis/report/excerpt.hpp"
#include "analysis/report/sentences.hpp"

namespace seatrial::analysis {
namespace {

// XML 1.0 has no way to write a control character, nor the two that are no characters at all.
std::string xml_text(std::string_view text) {
  std::string safe;
  for (const char letter : printable(text)) {
    switch (letter) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      default:
        safe += letter;
    }
  }
  for (const std::string_view none : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"})
    for (std::size_t at = safe.find(none); at != std::string::npos; at = safe.find(none, at))
      safe.replace(at, none.size(), "?");
  return safe;
}

std::string case_of(const std::string& policy, const scenarios::Objective& objective,
                    const ObjectiveResult& result, const std::string& message, bool strict) {
  const std::string opened = fmt::format(R"(    <testcase classname="{}" name="{}")",
                                         xml_text(policy), xml_text(objective.name));
  if (result.verdict == Verdict::pass) return opened + "/>\n";
  const std::string said = xml_text(message);
  std::string inside;
  if (result.verdict == Verdict::fail)
    inside = fmt::format(R"(<failure type="missed" message="{}"/>)", said);
  else if (strict)
    inside = fmt::format(R"(<failure type="inconclusive" message="inconclusive: {}"/>)", said);
  else
    inside = fmt::format(R"(<skipped message="inconclusive: {}"/>)", said);
  return opened + ">" + inside + "</testcase>\n";
}

std::string counts_text(std::size_t tests, std::size_t failures, std::size_t skipped) {
  return fmt::format(R"(tests="{}" failures="{}" errors="0" skipped="{}")", tests, failures,
                     skipped);
}

}  // namespace

std::string junit_xml(const scenarios::Scenario& scenario, const Comparison& comparison,
                      const JunitOptions& options) {
  const bool strict = options.strict;
  std::size_t tests = 0, all_failures = 0, all_skipped = 0;
  std::string suites;
  for (std::size_t index = 0; index < comparison.policies.size(); ++index) {
    if (options.only && *options.only != index) continue;
    const PolicyResult& policy = comparison.policies[index];
    const std::size_t failures = policy.failed + (strict ? policy.inconclusive : 0);
    const std::size_t skipped = strict ? 0 : policy.inconclusive;
    suites += fmt::format("  <testsuite name=\"{}\" {}>\n", xml_text(policy.name),
                          counts_text(policy.objectives.size(), failures, skipped));
    for (std::size_t i = 0; i < policy.objectives.size(); ++i)
      suites += case_of(policy.name, scenario.objectives[i], policy.objectives[i],
                        against_limit_text(scenario, comparison, i, policy.objectives[i]), strict);
    suites += "  </testsuite>\n";
    tests += policy.objectives.size();
    all_failures += failures;
    all_skipped += skipped;
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"{}\" {}>\n{}"
      "</testsuites>\n",
      xml_text(scenario.title), counts_text(tests, all_failures, all_skipped), suites);
}

}  // namespace seatrial::analysis
