#include "analysis/report/saved_results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <span>
#include <tuple>

#include "analysis/report/excerpt.hpp"
#include "analysis/report/version.hpp"

namespace seatrial::analysis {
namespace {

using Json = nlohmann::json;

constexpr std::size_t deepest = 32;  // results are eight deep, values in them a little deeper
constexpr std::size_t most_values = 4'000'000;  // a large result has some hundred thousand

std::string escaped(std::string_view key) {
  std::string text;
  for (const char letter : key)
    text += letter == '~' ? "~0" : letter == '/' ? "~1" : std::string(1, letter);
  return text;
}

// A place in the document: every step checks what is there, every complaint says where.
class Cursor {
 public:
  Cursor(const Json& value, std::string pointer) : value_{&value}, pointer_{std::move(pointer)} {}

  [[noreturn]] void refuse(const std::string& why) const {
    throw ResultsError{pointer_.empty() ? why : excerpt(pointer_, 0, 120) + ": " + why};
  }
  [[noreturn]] void expected(std::string_view what) const {
    refuse(fmt::format("expected {}, got {}", what, excerpt(shown(), 0, 40)));
  }

  bool has(std::string_view key) const {
    return value_->is_object() && value_->contains(key) && !value_->at(std::string{key}).is_null();
  }
  Cursor at(std::string_view key) const {
    if (!value_->is_object()) expected("an object");
    const auto found = value_->find(key);
    if (found == value_->end()) refuse(fmt::format("the key \"{}\" is missing", key));
    return below(*found, key);
  }
  std::vector<Cursor> items() const {
    if (!value_->is_array()) expected("a list");
    std::vector<Cursor> all;
    for (std::size_t i = 0; i < value_->size(); ++i)
      all.push_back(below((*value_)[i], std::to_string(i)));
    return all;
  }
  std::vector<std::pair<std::string, Cursor>> members() const {
    if (!value_->is_object()) expected("an object");
    std::vector<std::pair<std::string, Cursor>> all;
    for (const auto& [key, value] : value_->items()) all.emplace_back(key, below(value, key));
    return all;
  }

  std::string text() const {
    if (!value_->is_string()) expected("a string");
    return value_->get<std::string>();
  }
  std::string text_or_none(std::string_view key) const {
    return has(key) ? at(key).text() : std::string{};
  }
  std::vector<std::string> texts() const {
    std::vector<std::string> all;
    for (const Cursor& item : items()) all.push_back(item.text());
    return all;
  }
  std::uint64_t whole(std::uint64_t least = 0, std::uint64_t most = UINT64_MAX) const {
    const bool good = value_->is_number_unsigned() && value_->get<std::uint64_t>() >= least &&
                      value_->get<std::uint64_t>() <= most;
    if (!good) expected(fmt::format("a whole number from {} to {}", least, most));
    return value_->get<std::uint64_t>();
  }
  double number() const {
    if (!value_->is_number()) expected("a number");
    return value_->get<double>();
  }
  double number_or(double if_null) const { return value_->is_null() ? if_null : number(); }
  bool truth() const {
    if (!value_->is_boolean()) expected("true or false");
    return value_->get<bool>();
  }
  std::size_t one_of(std::span<const std::string_view> names) const {
    const std::string name = text();
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) expected(fmt::format("one of {}", fmt::join(names, ", ")));
    return static_cast<std::size_t>(found - names.begin());
  }
  std::string as_json() const { return value_->dump(); }

 private:
  Cursor below(const Json& value, std::string_view key) const {
    return {value, pointer_ + "/" + escaped(key)};
  }
  std::string shown() const {
    if (value_->is_object()) return "an object";
    return value_->is_array() ? "a list" : value_->dump();
  }

  const Json* value_;
  std::string pointer_;
};

std::string place_of(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, byte == 0 ? 0 : byte - 1);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t start = before.rfind('\n');
  return fmt::format("line {}, column {}", line,
                     before.size() - (start == std::string_view::npos ? 0 : start + 1) + 1);
}

// Reads through a file without keeping it, for what nlohmann's reader lets pass: two equal keys, of
// which it keeps the last, and any depth and number of values.
class Guard : public nlohmann::json_sax<Json> {
 public:
  const std::string& problem() const { return problem_; }

  bool null() override { return value(); }
  bool boolean(bool) override { return value(); }
  bool number_integer(std::int64_t) override { return value(); }
  bool number_unsigned(std::uint64_t) override { return value(); }
  bool number_float(double, const std::string&) override { return value(); }
  bool string(std::string&) override { return value(); }
  bool binary(Json::binary_t&) override { return value(); }
  bool start_object(std::size_t) override { return open(); }
  bool start_array(std::size_t) override { return open(); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(std::string& name) override {
    return keys_.back().insert(name).second ||
           refuse(fmt::format("the key {} stands twice in one object",
                              excerpt(Json(name).dump(), 0, 40)));
  }
  // Json::parse meets it again, and says where.
  bool parse_error(std::size_t, const std::string&, const Json::exception&) override {
    return false;
  }

 private:
  bool refuse(std::string why) {
    problem_ = std::move(why);
    return false;
  }
  bool value() {
    return ++values_ <= most_values || refuse(fmt::format("more than {} values", most_values));
  }
  bool open() {
    keys_.emplace_back();
    if (keys_.size() > deepest) return refuse(fmt::format("nested deeper than {} levels", deepest));
    return value();
  }
  bool close() {
    keys_.pop_back();
    return true;
  }

  std::vector<std::set<std::string>> keys_;  // of what is open
  std::size_t values_ = 0;
  std::string problem_;
};

Json parsed(std::string_view text) {
  Guard guard;
  Json::sax_parse(text, &guard);
  if (!guard.problem().empty()) throw ResultsError{guard.problem()};
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    throw ResultsError{place_of(text, error.byte) + ": this is not JSON"};
  } catch (const Json::exception&) {
    throw ResultsError{"a number is out of range"};
  }
}

void check_format(const Cursor& file) {
  const std::string_view family = results_format.substr(0, results_format.find('/') + 1);
  const std::string format = file.at("format").text();
  if (format == results_format) return;
  if (format.starts_with(family))
    throw ResultsError{fmt::format("the format is {}, this program reads {}: repeat the comparison",
                                   excerpt(format, 0, 40), results_format)};
  file.at("format").expected(fmt::format("\"{}\"", results_format));
}

Interval interval_of(const Cursor& from) {
  Interval interval;
  interval.defined = from.has("estimate");
  if (!interval.defined) return interval;
  interval.estimate = from.at("estimate").number();
  interval.low = from.at("low").number_or(interval.low);
  interval.high = from.at("high").number_or(interval.high);
  if (interval.low > interval.high) from.at("low").refuse("is above \"high\"");
  interval.zero_bound = from.has("zero_bound") && from.at("zero_bound").truth();
  return interval;
}

scenarios::Objective objective_of(const Cursor& from) {
  scenarios::Objective objective;
  objective.name = from.at("name").text();
  objective.metric = from.at("metric").text();
  objective.data_class = from.text_or_none("of");
  objective.each_region = from.has("each");
  objective.during = from.text_or_none("during");
  objective.outside = from.text_or_none("outside");
  const bool at_least = from.has("at_least");
  objective.bound = at_least ? scenarios::Bound::at_least : scenarios::Bound::at_most;
  objective.limit = from.at(at_least ? "at_least" : "at_most").number();
  return objective;
}

SavedVerdict verdict_of(const Cursor& from) {
  SavedVerdict verdict;
  verdict.objective = from.at("name").text();
  verdict.verdict = static_cast<Verdict>(from.at("verdict").one_of(verdict_names));
  for (const Cursor& item : from.at("parts").items())
    verdict.parts.push_back({item.at("phase").text(), item.text_or_none("region"),
                             static_cast<Verdict>(item.at("verdict").one_of(verdict_names)),
                             interval_of(item)});
  if (verdict.parts.empty()) from.at("parts").refuse("the list is empty");
  verdict.decided_by = from.at("decided_by").whole(0, verdict.parts.size() - 1);
  return verdict;
}

SavedMetrics metrics_of(const Cursor& from) {
  SavedMetrics metrics;
  metrics.phase = from.text_or_none("phase");
  metrics.region = from.text_or_none("region");
  metrics.data_class = from.text_or_none("data_class");
  for (const auto& [name, value] : from.at("values").members())
    metrics.values.emplace(name, interval_of(value));
  return metrics;
}

void read_inputs(const Cursor& from, SavedPolicy& policy) {
  for (const Cursor& item : from.items()) {
    const std::string pointer = item.at("pointer").text();
    const bool first =
        policy.inputs
            .emplace(pointer, SavedInput{item.at("value").as_json(), item.at("origin").text()})
            .second;
    if (!first) item.at("pointer").refuse("stands twice");
    policy.pointers.push_back(pointer);
  }
}

SavedPolicy policy_of(const Cursor& from, const SavedResults& results) {
  SavedPolicy policy;
  policy.name = from.at("name").text();
  policy.met = from.at("met").whole();
  policy.missed = from.at("missed").whole();
  policy.inconclusive = from.at("inconclusive").whole();
  policy.digest = from.at("digest").text();
  policy.replications = from.at("replications").texts();
  policy.checkpoints = from.at("checkpoints").texts();
  for (const Cursor& item : from.at("objectives").items()) {
    policy.objectives.push_back(verdict_of(item));
    const std::size_t i = policy.objectives.size() - 1;
    if (i >= results.objectives.size() ||
        results.objectives[i].name != policy.objectives[i].objective)
      item.at("name").refuse("is not that of /objectives");
  }
  if (policy.objectives.size() != results.objectives.size())
    from.at("objectives").refuse("are not those of /objectives");
  std::set<std::tuple<std::string, std::string, std::string>> slices;
  for (const Cursor& item : from.at("metrics").items()) {
    SavedMetrics metrics = metrics_of(item);
    if (!slices.emplace(metrics.phase, metrics.region, metrics.data_class).second)
      item.refuse("its phase, region and data class stand here twice");
    policy.metrics.push_back(std::move(metrics));
  }
  read_inputs(from.at("inputs"), policy);
  return policy;
}

SavedScenario scenario_of(const Cursor& from) {
  SavedScenario scenario{from.at("file").text(),
                         from.at("title").text(),
                         from.at("question").text(),
                         from.at("baseline").text(),
                         from.at("text").text(),
                         from.at("overrides").texts(),
                         {}};
  if (from.has("prices")) {
    const Cursor prices = from.at("prices");
    scenario.prices = {prices.at("file").text(), prices.at("text").text()};
  }
  return scenario;
}

SavedRun run_of(const Cursor& from) {
  SavedRun run;
  run.seed = from.at("seed").whole();
  run.replications = static_cast<std::int64_t>(from.at("replications").whole(1, most_replications));
  run.replications_asked =
      static_cast<std::int64_t>(from.at("replications_asked").whole(1, most_replications));
  if (from.has("shuffle_ties")) run.shuffle_ties = from.at("shuffle_ties").whole();
  run.workload_digests = from.at("workload_digests").texts();
  return run;
}

std::size_t policy_named(const Cursor& name, const SavedResults& results) {
  const std::string wanted = name.text();
  for (std::size_t i = 0; i < results.policies.size(); ++i)
    if (results.policies[i].name == wanted) return i;
  name.refuse("is none of /policies");
}

void read_policies(const Cursor& file, SavedResults& results) {
  std::set<std::string> names;
  for (const Cursor& item : file.at("policies").items()) {
    results.policies.push_back(policy_of(item, results));
    if (!names.insert(results.policies.back().name).second) item.at("name").refuse("stands twice");
  }
  if (results.policies.empty()) file.at("policies").refuse("the list is empty");
}

}  // namespace

SavedResults read_results(std::string_view text) {
  const Json document = parsed(text);
  const Cursor file{document, ""};
  check_format(file);
  SavedResults results;
  results.version = file.at("program").at("version").text();
  results.digest = file.at("digest").text();
  results.scenario = scenario_of(file.at("scenario"));
  results.run = run_of(file.at("run"));
  std::set<std::string> names;
  for (const Cursor& item : file.at("objectives").items()) {
    results.objectives.push_back(objective_of(item));
    if (!names.insert(results.objectives.back().name).second)
      item.at("name").refuse("stands twice");
  }
  read_policies(file, results);
  results.recommended = policy_named(file.at("recommended"), results);
  if (file.has("runner_up")) results.runner_up = policy_named(file.at("runner_up"), results);
  return results;
}

}  // namespace seatrial::analysis
