// A diff for people: on the terminal and, with the same sentences, in a pull request.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/report/diff.hpp"
#include "analysis/report/excerpt.hpp"
#include "analysis/report/text.hpp"

namespace seatrial::analysis {
namespace {

constexpr std::size_t most_lines = 20;    // of metrics, of inputs: the rest is counted
constexpr std::size_t most_letters = 60;  // of a value
constexpr double small_move = 0.05;       // what is no difference to a design review

using Lines = std::vector<std::string>;

std::string quoted(const std::string& name) { return "\"" + excerpt(name, 0, 80) + "\""; }

std::string short_digest(const SavedResults& results, std::size_t letters) {
  return printable(results.digest.substr(0, letters));
}

std::string standing(const SavedPolicy& policy) {
  return fmt::format("{} of {}", policy.met, counted(policy.objectives.size(), "objective"));
}

// "redis, cart, 7 of 8 objectives (the nearest: none meets all)"
std::string decision(const SavedResults& results) {
  const SavedPolicy& policy = results.policies[results.recommended];
  return fmt::format(
      "{}, {}{}", quoted(policy.name), standing(policy),
      policy.met == policy.objectives.size() ? "" : " (the nearest: none meets all)");
}

std::string run_text(const SavedResults& results) {
  return fmt::format("seed {}, {}, digest {}", results.run.seed,
                     counted(static_cast<std::uint64_t>(results.run.replications), "replication"),
                     short_digest(results, 12));
}

std::string in_unit(const std::string& text, Shown shown) {
  return text + (unit_text(shown).empty() ? "" : " " + unit_text(shown));
}

std::string where(const SavedPart& part) {
  return excerpt(part.region.empty() ? part.phase : part.region + ", " + part.phase, 0, 80);
}

// "as is", "own cart": met -> missed; 8 [2, 20] -> 20,800 [20,600, 21,000] per million, surge
std::string verdict_line(const VerdictChange& change) {
  static constexpr std::array<std::string_view, 3> words{"met", "missed", "inconclusive"};
  const Metric* const metric = find_metric(change.objective->metric);
  const Shown shown = metric == nullptr ? Shown::plain : shown_as(*metric);
  const SavedPart& was = change.before->parts[change.before->decided_by];
  const SavedPart& is = change.after->parts[change.after->decided_by];
  return fmt::format(
      "{}, {}: {} -> {}; {}{} -> {}, {}", quoted(change.policy), quoted(change.objective->name),
      words[static_cast<std::size_t>(change.before->verdict)],
      words[static_cast<std::size_t>(change.after->verdict)], long_text(was.interval, shown),
      where(was) == where(is) ? "" : ", " + where(was),
      in_unit(long_text(is.interval, shown), shown), where(is));
}

Lines verdict_lines(const ResultsDiff& diff, Turn turn) {
  Lines lines;
  for (const VerdictChange& change : diff.verdicts)
    if (change.turn == turn) lines.push_back(verdict_line(change));
  return lines;
}

// "3 met, 1 missed": of an objective, over the policies.
std::string verdicts_of(const SavedResults& results, const std::string& objective) {
  std::array<std::uint64_t, 3> counts{};
  for (const SavedPolicy& policy : results.policies)
    for (const SavedVerdict& verdict : policy.objectives)
      if (verdict.objective == objective) ++counts[static_cast<std::size_t>(verdict.verdict)];
  std::string text = counted(counts[0], "policy meets", "policies meet") + " it";
  if (counts[1] > 0) text += fmt::format(", {} miss{} it", counts[1], counts[1] == 1 ? "es" : "");
  if (counts[2] > 0) text += fmt::format(", {} inconclusive", counts[2]);
  return text;
}

Lines added_lines(const SavedResults& after, const ResultsDiff& diff) {
  Lines lines;
  for (const SavedPolicy& policy : after.policies)
    if (std::count(diff.added_policies.begin(), diff.added_policies.end(), policy.name) > 0)
      lines.push_back("policy " + quoted(policy.name) + ": " + standing(policy));
  for (const std::string& name : diff.added_objectives)
    lines.push_back("objective " + quoted(name) + ": " + verdicts_of(after, name));
  return lines;
}

Lines gone_lines(const SavedResults& before, const ResultsDiff& diff) {
  Lines lines;
  for (const SavedPolicy& policy : before.policies)
    if (std::count(diff.gone_policies.begin(), diff.gone_policies.end(), policy.name) > 0)
      lines.push_back("policy " + quoted(policy.name) + ": it met " + standing(policy));
  for (const std::string& name : diff.gone_objectives) lines.push_back("objective " + quoted(name));
  return lines;
}

std::string slice_text(const SavedMetrics& slice) {
  Lines names;
  for (const std::string* name : {&slice.phase, &slice.region, &slice.data_class})
    if (!name->empty()) names.push_back(excerpt(*name, 0, 40));
  return names.empty() ? "overall" : fmt::format("{}", fmt::join(names, ", "));
}

std::string move_text(const MetricMove& move, std::size_t others) {
  const Metric* const metric = find_metric(move.metric);
  const Shown shown = metric == nullptr ? Shown::plain : shown_as(*metric);
  const std::optional<bool> better = move.better();
  return fmt::format("{}: {} {} -> {}{}, {}{}", quoted(move.policy), excerpt(move.metric, 0, 40),
                     short_text(move.before, shown), in_unit(short_text(move.after, shown), shown),
                     better ? (*better ? " (better)" : " (worse)") : "", slice_text(*move.slice),
                     others > 0 ? " and in " + counted(others, "part") : "");
}

bool is_large(const MetricMove& move) { return std::abs(move.change()) >= small_move; }

// One line a policy and metric: overall where that moved, else where it moved most.
Lines move_lines(const ResultsDiff& diff) {
  Lines lines;
  std::vector<std::pair<std::string, std::string>> said;
  for (const MetricMove& move : diff.moves) {
    const std::pair key{move.policy, move.metric};
    if (!is_large(move) || std::find(said.begin(), said.end(), key) != said.end()) continue;
    said.push_back(key);
    const MetricMove* chosen = &move;
    std::size_t others = 0;
    for (const MetricMove& other : diff.moves) {
      if (std::pair{other.policy, other.metric} != key || !is_large(other)) continue;
      others += &other == &move ? 0 : 1;
      const bool overall = slice_text(*chosen->slice) == "overall";
      if (!overall && std::abs(other.change()) > std::abs(chosen->change())) chosen = &other;
    }
    lines.push_back(move_text(*chosen, others));
  }
  return lines;
}

std::string move_note(const ResultsDiff& diff) {
  const auto small = static_cast<std::uint64_t>(
      std::count_if(diff.moves.begin(), diff.moves.end(),
                    [](const MetricMove& move) { return !is_large(move); }));
  std::string text =
      "moved: the two 95 % intervals do not overlap. The results are compared as independent, not "
      "paired, so smaller moves may be real, too.";
  if (small > 0) text += fmt::format(" {} moved by less than 5 %.", counted(small, "more value"));
  return text;
}

std::string value_text(const std::string& json) {
  return json.empty() ? "(none)" : excerpt(json, 0, most_letters);
}

std::string change_line(const ValueChange& change) {
  std::string text = fmt::format("{}: {} -> {}", excerpt(change.what, 0, 120),
                                 value_text(change.before), value_text(change.after));
  const std::string& origin =
      change.origin_after.empty() ? change.origin_before : change.origin_after;
  if (!origin.empty()) text += " (" + excerpt(origin, 0, 20);
  if (!origin.empty() && !change.origin_before.empty() && change.origin_before != origin)
    text += ", was " + excerpt(change.origin_before, 0, 20);
  if (!origin.empty()) text += ")";
  Lines policies;
  for (const std::string& name : change.policies) policies.push_back(quoted(name));
  return policies.empty() ? text : text + ", under " + joined(policies);
}

Lines input_lines(const ResultsDiff& diff) {
  Lines lines;
  for (const ValueChange& change : diff.stated) lines.push_back(change_line(change));
  for (const ValueChange& change : diff.inputs) lines.push_back(change_line(change));
  if (diff.text_alone) lines.emplace_back("the scenario's text differs, none of its values does");
  return lines;
}

Lines capped(Lines lines) {
  if (lines.size() <= most_lines) return lines;
  const std::size_t more = lines.size() - most_lines;
  lines.resize(most_lines);
  lines.push_back(fmt::format("and {} more: --json has them all", more));
  return lines;
}

// What was expected to be alike is not: read the rest with care.
Lines doubts(const SavedResults& before, const SavedResults& after) {
  Lines lines;
  if (before.scenario.title != after.scenario.title)
    lines.emplace_back("the titles differ: only what both results have is compared");
  for (const SavedResults* results : {&before, &after})
    if (results->run.replications < results->run.replications_asked)
      lines.push_back(fmt::format(
          "the {} result was interrupted: {} of {}", results == &before ? "older" : "newer",
          results->run.replications,
          counted(static_cast<std::uint64_t>(results->run.replications_asked), "replication")));
  return lines;
}

std::string nothing_text(const SavedResults& after, const ResultsDiff& diff) {
  const std::string digest = short_digest(after, 12);
  if (!diff.same_runs)
    return fmt::format(
        "no verdict, metric or input changed, yet the runs are not the same ones: digest {}",
        digest);
  return fmt::format("nothing changed: the same experiment, digest {}{}", digest,
                     diff.text_alone ? "; only the scenario's wording differs" : "");
}

std::string section(const std::string& title, const Lines& lines) {
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i)
    text += fmt::format("{:<9} {}\n", i == 0 ? title : "", lines[i]);
  return text.empty() ? text : "\n" + text;
}

// Names from files would otherwise be markup.
std::string markup_free(const std::string& text) {
  std::string safe;
  for (const char letter : text) {
    if (letter == '<') safe += "&lt;";
    if (letter == '<') continue;
    if (std::string_view{"\\`*_[]|#@~$"}.find(letter) != std::string_view::npos) safe += '\\';
    safe += letter;
  }
  return safe;
}

std::string bullets(const std::string& title, const Lines& lines) {
  std::string text;
  for (const std::string& line : lines) text += "- " + markup_free(line) + "\n";
  return text.empty() ? text : "\n**" + title + "**\n\n" + text;
}

std::string folded(const std::string& title, const Lines& lines, const std::string& note) {
  if (lines.empty()) return "";
  std::string text = "\n<details><summary>" + title + "</summary>\n\n";
  for (const std::string& line : lines) text += "- " + markup_free(line) + "\n";
  return text + (note.empty() ? "" : "\n" + markup_free(note) + "\n") + "\n</details>\n";
}

// "policy *x* is new; no objective got worse"
std::string summary(const SavedResults& before, const SavedResults& after,
                    const ResultsDiff& diff) {
  Lines parts;
  parts.push_back(diff.same_decision
                      ? "recommended as before: " + markup_free(decision(after))
                      : fmt::format("recommended is {}; it was {}", markup_free(decision(after)),
                                    markup_free(decision(before))));
  const auto name_them = [&](const char* what, const Lines& names, const char* state) {
    for (const std::string& name : names)
      parts.push_back(fmt::format("{} {} is {}", what, markup_free(quoted(name)), state));
  };
  name_them("policy", diff.added_policies, "new");
  name_them("policy", diff.gone_policies, "gone");
  name_them("objective", diff.added_objectives, "new");
  name_them("objective", diff.gone_objectives, "gone");
  const std::size_t worse = verdict_lines(diff, Turn::worse).size();
  parts.push_back(worse == 0 ? "no objective got worse" : counted(worse, "verdict") + " got worse");
  return fmt::format("{}", fmt::join(parts, "; "));
}

}  // namespace

std::string terminal_diff(const SavedResults& before, const SavedResults& after,
                          const ResultsDiff& diff, const DiffNames& names) {
  if (diff.nothing_changed()) return nothing_text(after, diff) + "\n";
  std::string text = excerpt(after.scenario.title, 0, 200) + "\n";
  text += fmt::format("older  {}: {}\nnewer  {}: {}\n", printable(names.before), run_text(before),
                      printable(names.after), run_text(after));
  text += section("NOTE", doubts(before, after));
  if (diff.same_decision)
    text += section("DECISION", {"as before: " + decision(after)});
  else
    text += section("DECISION", {"now " + decision(after), "was " + decision(before)});
  text += section("WORSE", verdict_lines(diff, Turn::worse));
  text += section("UNDECIDED", verdict_lines(diff, Turn::undecided));
  text += section("BETTER", verdict_lines(diff, Turn::better));
  text += section("NEW", added_lines(after, diff));
  text += section("GONE", gone_lines(before, diff));
  Lines moves = capped(move_lines(diff));
  if (!diff.moves.empty()) moves.push_back(move_note(diff));
  text += section("METRICS", moves);
  return text + section("INPUTS", capped(input_lines(diff)));
}

std::string markdown_diff(const SavedResults& before, const SavedResults& after,
                          const ResultsDiff& diff, const DiffNames& names) {
  std::string text = fmt::format("Since {} ({}): ", markup_free(printable(names.before)),
                                 markup_free(short_digest(before, 7)));
  if (diff.nothing_changed()) return text + markup_free(nothing_text(after, diff)) + ".\n";
  text += summary(before, after, diff) + ".\n";
  text += bullets("Read with care", doubts(before, after));
  text += bullets("Worse", verdict_lines(diff, Turn::worse));
  text += bullets("No longer decided", verdict_lines(diff, Turn::undecided));
  text += bullets("Better", verdict_lines(diff, Turn::better));
  text += bullets("New", added_lines(after, diff));
  text += bullets("Gone", gone_lines(before, diff));
  text += folded("Metrics that moved", capped(move_lines(diff)), move_note(diff));
  return text + folded("Inputs that changed", capped(input_lines(diff)), "");
}

}  // namespace seatrial::analysis
