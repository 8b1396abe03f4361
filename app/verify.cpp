// Repeats the experiment of a results.json from what stands in it alone, and compares. The digests
// tell the first policy, replication and step of the timeline at which the two part.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>
#include <sstream>
#include <utility>

#include "analysis/report/report.hpp"
#include "analysis/report/text.hpp"
#include "analysis/report/version.hpp"
#include "app/arguments.hpp"
#include "scenarios/load.hpp"
#include "scenarios/regular_file.hpp"

namespace seatrial::app {
namespace {

using Json = nlohmann::json;

// At most `length` bytes of a text that somebody else wrote, safe to print: whole characters, and
// no control characters, by which a file could write to the terminal what it likes.
std::string excerpt(const std::string& text, std::size_t from, std::size_t length) {
  const auto inside_of_character = [&](std::size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
  };
  std::size_t first = std::min(from, text.size());
  std::size_t last = std::min(text.size(), first + length);
  while (first > 0 && inside_of_character(first)) --first;
  while (last > first && inside_of_character(last)) --last;
  std::string part = text.substr(first, last - first);
  for (char& character : part)
    if (static_cast<unsigned char>(character) < 0x20 || character == 0x7F) character = '?';
  return (first > 0 ? "..." : "") + part + (last < text.size() ? "..." : "");
}

constexpr std::uint64_t most_replications = 100'000;      // as of --replications
constexpr std::size_t most_bytes = std::size_t{1} << 30;  // a large result has some megabytes

std::string read_whole(const std::string& path) {
  scenarios::FileContent file = scenarios::read_regular_file(path, most_bytes);
  if (!file.problem.empty()) throw UsageError{"cannot read " + path + ": " + file.problem};
  if (file.text.size() > most_bytes) throw UsageError{path + " is larger than 1 GB"};
  return std::move(file).text;
}

// As strict as the options that wrote them: a number of another kind would be converted silently.
std::uint64_t unsigned_at(const Json& run, const char* key, std::uint64_t least = 0,
                          std::uint64_t most = UINT64_MAX) {
  const Json& value = run.at(key);
  const bool good = value.is_number_unsigned() && value.get<std::uint64_t>() >= least &&
                    value.get<std::uint64_t>() <= most;
  if (!good)
    throw UsageError{fmt::format("run.{} is {}, not a whole number from {} to {}", key,
                                 excerpt(value.dump(-1, ' ', true), 0, 40), least, most)};
  return value.get<std::uint64_t>();
}

scenarios::Scenario scenario_of(const Json& results) {
  const Json& saved = results.at("scenario");
  const auto overrides = saved.at("overrides").get<std::vector<std::string>>();
  scenarios::Scenario scenario = scenarios::parse_scenario(
      saved.at("text").get<std::string>(), saved.at("file").get<std::string>(), overrides);
  std::vector<std::string> policies;
  for (const Json& policy : results.at("policies"))
    policies.push_back(policy.at("name").get<std::string>());
  restrict_policies(scenario, policies, false);
  return scenario;
}

analysis::ExperimentOptions options_of(const Json& results, const VerifyArguments& arguments,
                                       const Environment& environment) {
  analysis::ExperimentOptions options;
  const Json& run = results.at("run");
  options.seed = unsigned_at(run, "seed");
  options.replications =
      static_cast<std::int64_t>(unsigned_at(run, "replications", 1, most_replications));
  if (!run.at("shuffle_ties").is_null()) options.shuffle_ties = unsigned_at(run, "shuffle_ties");
  options.jobs = arguments.jobs;
  options.cancelled = environment.interrupted;
  return options;
}

// Where two lists part; their length when they do not.
std::size_t first_difference(const Json& one, const Json& other) {
  std::size_t i = 0;
  while (i < one.size() && i < other.size() && one.at(i) == other.at(i)) ++i;
  return i;
}

// "step 17 of 256, before 12.5 s of simulated time"
std::string step_of(const Json& before, const Json& after, const models::WorldConfig& world) {
  const std::size_t step = first_difference(before, after);
  models::Duration timeline = world.warmup;
  for (const models::PhaseConfig& phase : world.phases) timeline += phase.length;
  const double seconds = timeline.s() * static_cast<double>(step + 1) /
                         static_cast<double>(std::max<std::size_t>(1, after.size()));
  return fmt::format("step {} of {}, before {:.3f} s of simulated time", step + 1, after.size(),
                     seconds);
}

// Empty when all digests of the policy are equal.
std::string parting_of(const Json& before, const Json& after, const scenarios::Policy& policy) {
  std::vector<std::string> where;
  if (before.at("replications") != after.at("replications"))
    where.push_back(fmt::format(
        "replication {}", first_difference(before.at("replications"), after.at("replications"))));
  if (before.at("checkpoints") != after.at("checkpoints"))
    where.push_back(step_of(before.at("checkpoints"), after.at("checkpoints"), policy.world));
  if (where.empty() && before.at("digest") != after.at("digest"))
    where.emplace_back("its digest, though those of its replications and steps are equal");
  if (where.empty()) return "";
  return fmt::format("policy \"{}\", {}", excerpt(policy.name, 0, 40), fmt::join(where, ", "));
}

// Of the first policy that parts, and of the workload; empty when all digests are equal.
std::string first_parting(const Json& before, const Json& after,
                          const scenarios::Scenario& scenario) {
  std::vector<std::string> partings;
  const Json& offered = before.at("run").at("workload_digests");
  const Json& offers = after.at("run").at("workload_digests");
  for (std::size_t i = 0; i < scenario.policies.size() && partings.empty(); ++i) {
    std::string parting =
        parting_of(before.at("policies").at(i), after.at("policies").at(i), scenario.policies[i]);
    if (!parting.empty()) partings.push_back(std::move(parting));
  }
  if (offered != offers)
    partings.push_back(
        fmt::format("the workload of replication {}", first_difference(offered, offers)));
  if (partings.empty() && before.at("digest") != after.at("digest"))
    partings.emplace_back("the digest of all runs, though those of all policies are equal");
  return fmt::format("{}", fmt::join(partings, "; "));
}

// Where two lines part, with a little before it: a line can hold a whole scenario.
std::string first_different_line(const std::string& before, const std::string& after) {
  std::istringstream one{before}, other{after};
  std::string old_line, new_line;
  for (std::size_t line = 1;; ++line) {
    const bool more = static_cast<bool>(std::getline(one, old_line));
    const bool also = static_cast<bool>(std::getline(other, new_line));
    if (more && also && old_line == new_line) continue;
    if (!more && !also) return "the end of a line";
    const auto parting =
        std::mismatch(old_line.begin(), old_line.end(), new_line.begin(), new_line.end()).first -
        old_line.begin();
    const std::size_t from = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, parting - 20));
    return fmt::format("line {}: {} | {}", line, more ? excerpt(old_line, from, 48) : "(end)",
                       also ? excerpt(new_line, from, 48) : "(end)");
  }
}

Json parsed(const VerifyArguments& arguments, const std::string& text) {
  Json results = Json::parse(text, nullptr, false);
  if (results.is_discarded() || !results.is_object() || !results.contains("format") ||
      results["format"] != analysis::results_format)
    throw UsageError{
        fmt::format("{} is not a file of format {}", arguments.results, analysis::results_format)};
  return results;
}

int repeat(const VerifyArguments& arguments, const std::string& text, const Json& results,
           Environment& environment) {
  const scenarios::Scenario scenario = scenario_of(results);
  const analysis::ExperimentOptions options = options_of(results, arguments, environment);
  const auto asked = static_cast<std::uint32_t>(
      unsigned_at(results.at("run"), "replications_asked", 1, most_replications));
  const auto version = results.at("program").at("version").get<std::string>();
  analysis::Experiment experiment =
      run_with_progress(scenario, options, environment.simulate, environment);
  if (experiment.interrupted()) return exit_code::interrupted;
  experiment.replications_asked = asked;
  const std::string again = analysis::results_json(
      scenario, experiment, analysis::compare(scenario, experiment),
      {results.at("scenario").at("overrides").get<std::vector<std::string>>()});
  const std::string parting = first_parting(results, Json::parse(again), scenario);
  if (!parting.empty()) {
    environment.out << "different: " << parting << '\n';
  } else if (again != text) {
    environment.out << "different: the runs are equal, what is computed from them is not; "
                    << first_different_line(text, again) << '\n';
  } else {
    environment.out << fmt::format(
        "equal: {}, {}, digest {}\n",
        analysis::counted(scenario.policies.size(), "policy", "policies"),
        analysis::counted(static_cast<std::uint64_t>(experiment.replications), "replication"),
        results.at("digest").get<std::string>().substr(0, 12));
    return exit_code::good;
  }
  if (version != analysis::program_version)
    environment.out << fmt::format("written by version {}, this is {}\n", excerpt(version, 0, 40),
                                   analysis::program_version);
  return exit_code::different;
}

}  // namespace

int verify(const VerifyArguments& arguments, Environment& environment) {
  const std::string text = read_whole(arguments.results);
  const Json results = parsed(arguments, text);
  try {
    return repeat(arguments, text, results, environment);
  } catch (const Json::exception& error) {
    throw UsageError{fmt::format("{} is not whole: {}", arguments.results, error.what())};
  }
}

}  // namespace seatrial::app
