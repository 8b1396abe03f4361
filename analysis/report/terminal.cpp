#include <fmt/format.h>

#include <algorithm>

#include "analysis/report/columns.hpp"
#include "analysis/report/excerpt.hpp"
#include "analysis/report/page_texts.hpp"
#include "analysis/report/report.hpp"
#include "analysis/report/terminal_table.hpp"
#include "analysis/report/text.hpp"

namespace seatrial::analysis {
namespace {

constexpr std::size_t screen = 110;  // characters

// Wrapped, the lines after the first with the same indent.
std::string paragraph(const std::string& first_words, std::size_t indent, const std::string& text) {
  std::string drawn;
  for (const std::string& line : wrapped(text, screen - indent)) {
    drawn += drawn.empty() ? padded(first_words, indent) : std::string(indent, ' ');
    drawn += line + "\n";
  }
  return drawn;
}

std::string legend(const data::Table& table) {
  std::string text;
  if (any_cell(table, Verdict::fail)) text += "x misses its objective. ";
  text += any_cell(table, Verdict::inconclusive) ? "? is inconclusive: more replications decide. "
                                                 : "Nothing is inconclusive. ";
  return paragraph("", 0, text + table.legend);
}

std::string titled(const std::string& title, const std::vector<std::string>& texts) {
  constexpr std::size_t indent = 7;
  std::string drawn;
  for (const std::string& text : texts)
    drawn += paragraph(drawn.empty() ? title : "", indent, text);
  return drawn.empty() ? drawn : "\n" + drawn;
}

std::string trust(const data::TextPairs& lines) {
  constexpr std::size_t indent = 22;
  std::string drawn;
  for (const auto& [what, line] : lines)
    drawn += paragraph((drawn.empty() ? "TRUST  " : "       ") + what, indent, line);
  return drawn.empty() ? drawn : "\n" + drawn;
}

struct Leader {
  std::string title, coloured_title, policy, standing, shortfall, preference;
};

std::string drawn(const Leader& leader, std::size_t titles, std::size_t names, bool colour) {
  const std::string gap(titles - width_of(leader.title) + 2, ' ');
  const std::string lead =
      (colour ? leader.coloured_title : leader.title) + gap + padded(leader.policy, names) + "  ";
  const std::size_t indent = titles + 2 + std::max(names, width_of(leader.policy)) + 2;
  std::string text;
  for (const std::string& line : wrapped(leader.standing, std::max(screen - indent, screen / 3)))
    text += (text.empty() ? lead : std::string(indent, ' ')) + line + "\n";
  for (const std::string* more : {&leader.shortfall, &leader.preference})
    if (!more->empty()) text += paragraph("", titles + 2, *more);
  return text;
}

std::string leaders(const data::Report& report, bool colour) {
  const data::VerdictText& verdict = report.verdict;
  const std::string& name = report.policies[verdict.policy].name;
  const bool is_good = verdict.kind == data::VerdictKind::recommended;
  Leader first{"POLICY", "POLICY", name, verdict.standing, verdict.shortfall, ""};
  if (verdict.kind != data::VerdictKind::single) {
    first.title = is_good ? "RECOMMENDED" : "NEAREST";
    first.coloured_title = fmt::format("\x1b[1;{}m{}\x1b[0m", is_good ? 32 : 33, first.title);
  }
  std::string text;
  if (verdict.kind == data::VerdictKind::nearest) text = "NO POLICY MEETS ALL OBJECTIVES\n";
  if (!verdict.runner_up) return text + drawn(first, width_of(first.title), 0, colour);
  const data::Contender& second = *verdict.runner_up;
  const std::string& other = report.policies[second.policy].name;
  const std::size_t names = std::max(width_of(name), width_of(other));
  const std::size_t titles = std::max(width_of(first.title), width_of("RUNNER-UP"));
  return text + drawn(first, titles, names, colour) +
         drawn({"RUNNER-UP", "RUNNER-UP", other, second.standing, second.shortfall,
                second.preference},
               titles, names, colour);
}

std::string one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return printable(text);
}

// As a shell reads it.
std::string as_argument(const std::string& text) {
  const auto is_plain = [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '-' || letter == '_' || letter == '.' ||
           letter == '/';
  };
  if (!text.empty() && text[0] != '-' && std::all_of(text.begin(), text.end(), is_plain))
    return text;
  std::string quoted = "'";
  for (const char letter : text)
    quoted += letter == '\'' ? std::string{"'\\''"} : std::string(1, letter);
  return quoted + "'";
}

std::string explanation(const data::Report& report, const std::string& results) {
  if (results.empty() || report.pairs.empty()) return "";
  const data::SameReadTwice& pair = report.pairs.front();
  return fmt::format("       seatrial explain {} --violation {} --beside {}\n",
                     as_argument(printable(results)), pair.number, as_argument(pair.right.policy));
}

std::string freshness(const data::Report& report) {
  if (report.freshness.rows.empty()) return "";
  return titled("FRESH", {report.freshness.legend}) + draw(report.freshness);
}

// "in outage", or "in West (as is and redis) and East (token)": of one objective, all policies.
std::string worst_places(const data::Table& table, std::size_t objective) {
  std::vector<std::pair<std::string, std::vector<std::string>>> places;
  for (const data::TableRow& row : table.rows) {
    const std::string& place = row.cells[objective].place;
    if (place.empty()) continue;
    auto known = std::find_if(places.begin(), places.end(),
                              [&](const auto& other) { return other.first == place; });
    if (known == places.end()) {
      places.push_back({place, {}});
      known = places.end() - 1;
    }
    known->second.push_back(row.policy);
  }
  std::vector<std::string> texts;
  for (const auto& [place, policies] : places)
    texts.push_back(places.size() == 1 ? place : place + " (" + joined(policies) + ")");
  return texts.empty() ? "" : " in " + joined(texts);
}

std::string worst(const data::Table& table) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < table.heads.size(); ++i)
    if (const std::string places = worst_places(table, i); !places.empty())
      parts.push_back("\"" + table.heads[i].name + "\"" + places);
  return parts.empty() ? "" : paragraph("", 0, fmt::format("Worst: {}.", fmt::join(parts, "; ")));
}

}  // namespace

std::string terminal_report(const data::Report& raw, const TerminalOptions& options) {
  const data::Report report =
      with_texts(raw, [](const std::string& text) { return one_line(text); });
  std::string text = paragraph("", 0, report.scenario.title);
  text += paragraph("", 0, report.scenario.question);
  text += "\n" + leaders(report, options.colour) + "\n";
  text += draw(report.table, options.colour) + legend(report.table) + worst(report.table);
  text += titled("WHY", report.why) + explanation(report, options.results);
  text += titled("FAULTS", report.recovery.said) + freshness(report) + trust(report.trust);
  return text + titled("NOTE", report.warnings);
}

}  // namespace seatrial::analysis
