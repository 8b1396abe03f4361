#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/report/report.hpp"
#include "analysis/report/results_parts.hpp"
#include "analysis/report/text.hpp"
#include "analysis/report/version.hpp"
#include "analysis/statistics/fresh.hpp"
#include "scenarios/checks.hpp"

namespace seatrial::analysis {
namespace {

using Json = nlohmann::ordered_json;

// Infinite and undefined become null.
Json number(double value) {
  if (!std::isfinite(value)) return nullptr;
  return nine_digits(value);
}

void add_interval(Json& into, const Interval& interval) {
  into["estimate"] = interval.defined ? number(interval.estimate) : Json(nullptr);
  into["low"] = interval.defined ? number(interval.low) : Json(nullptr);
  into["high"] = interval.defined ? number(interval.high) : Json(nullptr);
  if (interval.zero_bound) into["zero_bound"] = true;
}

void add_measurement(Json& into, const Measurement& measurement, const Metric& metric) {
  add_interval(into, measurement.interval);
  const bool is_sum =
      metric.form != MetricForm::percentile && metric.form != MetricForm::lag_percentile;
  if (is_sum) into["numerator"] = number(measurement.numerator);
  into["denominator"] = number(measurement.denominator);
}

Json objective_definition(const scenarios::Objective& objective) {
  Json json;
  json["name"] = objective.name;
  json["metric"] = objective.metric;
  json["unit"] = unit_names[static_cast<std::size_t>(find_metric(objective.metric)->unit)];
  if (!objective.data_class.empty()) json["of"] = objective.data_class;
  if (objective.each_region) json["each"] = "region";
  if (!objective.during.empty()) json["during"] = objective.during;
  if (!objective.outside.empty()) json["outside"] = objective.outside;
  json[objective.bound == scenarios::Bound::at_most ? "at_most" : "at_least"] =
      number(objective.limit);
  return json;
}

Json objective_parts(const PolicyResult& policy, std::size_t index, const Metric& metric) {
  Json parts = Json::array();
  const ObjectiveResult& result = policy.objectives[index];
  for (std::size_t p = 0; p < result.parts.size(); ++p) {
    Json json;
    json["phase"] = result.parts[p].part.phase;
    if (!result.parts[p].part.region.empty()) json["region"] = result.parts[p].part.region;
    json["verdict"] = verdict_names[static_cast<std::size_t>(result.parts[p].verdict)];
    add_measurement(json, result.parts[p].measurement, metric);
    if (!policy.differences.empty()) {
      const Difference& difference = policy.differences[index][p];
      Json minus_baseline;
      add_interval(minus_baseline, difference.interval);
      minus_baseline["is"] = change_names[static_cast<std::size_t>(difference.change)];
      json["minus_baseline"] = std::move(minus_baseline);
    }
    parts.push_back(std::move(json));
  }
  return parts;
}

Json objectives_of(const scenarios::Scenario& scenario, const PolicyResult& policy) {
  Json all = Json::array();
  for (std::size_t i = 0; i < policy.objectives.size(); ++i) {
    Json json;
    json["name"] = scenario.objectives[i].name;
    json["verdict"] = verdict_names[static_cast<std::size_t>(policy.objectives[i].verdict)];
    json["decided_by"] = policy.objectives[i].decisive;
    json["parts"] = objective_parts(policy, i, *find_metric(scenario.objectives[i].metric));
    all.push_back(std::move(json));
  }
  return all;
}

struct NamedSelection {
  Json phase, region, data_class;  // names, null for all
  Selection selection;
};

// Over everything, then every combination of one phase or all, one region or all, one class or
// all. With a single one of a kind "all" says the same.
std::vector<NamedSelection> selections_of(const models::WorldConfig& world) {
  const auto choices = [](std::size_t count) { return count > 1 ? count + 1 : 1; };
  std::vector<NamedSelection> all;
  for (std::uint32_t p = 0; p < choices(world.phases.size()); ++p)
    for (std::uint32_t r = 0; r < choices(world.regions.users.size()); ++r)
      for (std::uint32_t c = 0; c < choices(world.data.size()); ++c) {
        NamedSelection one;
        if (p > 0) one.selection.phases = {p - 1}, one.phase = world.phases[p - 1].name;
        if (r > 0) one.selection.region = r - 1, one.region = world.regions.users[r - 1].region;
        if (c > 0) one.selection.data_class = c - 1, one.data_class = world.data[c - 1].name;
        all.push_back(std::move(one));
      }
  return all;
}

Json metrics_of(const models::WorldConfig& world, const std::vector<RunSummary>& runs) {
  Json all = Json::array();
  const Slice everything = slice_of(runs, {});
  for (const NamedSelection& named : selections_of(world)) {
    const Slice slice = slice_of(runs, named.selection);
    Json values;
    for (const Metric& metric : metrics()) {
      const Measurement measured = measure(metric, slice, burst_of(metric, everything), {});
      if (!measured.interval.defined) continue;
      Json json;
      add_measurement(json, measured, metric);
      values[std::string{metric.name}] = std::move(json);
    }
    if (values.is_null()) continue;
    Json json;
    json["phase"] = named.phase;
    json["region"] = named.region;
    json["data_class"] = named.data_class;
    json["values"] = std::move(values);
    all.push_back(std::move(json));
  }
  return all;
}

Json inputs_of(const scenarios::Scenario& scenario, const std::string& policy) {
  static constexpr std::array<std::string_view, 5> origin_names{"file", "policy", "command_line",
                                                                "default", "assumed"};
  Json all = Json::array();
  const auto found = scenario.resolved.find(policy);
  if (found == scenario.resolved.end()) return all;
  for (const scenarios::ResolvedValue& value : found->second) {
    Json json;
    json["pointer"] = value.pointer;
    json["value"] = Json::parse(value.value, nullptr, false);
    if (json["value"].is_discarded()) json["value"] = value.value;
    json["origin"] = origin_names[static_cast<std::size_t>(value.origin)];
    if (!value.source.empty()) json["source"] = value.source;
    if (value.line > 0) json["line"] = value.line;
    all.push_back(std::move(json));
  }
  return all;
}

// Checkpoint k of all replications in turn, in one.
Json checkpoints_of(const std::vector<RunSummary>& runs) {
  Json all = Json::array();
  for (std::size_t k = 0; k < runs.front().checkpoints.size(); ++k) {
    sim::Digest digest;
    for (const RunSummary& run : runs) {
      digest.add(run.checkpoints[k].high);
      digest.add(run.checkpoints[k].low);
    }
    all.push_back(digest.value().hex());
  }
  return all;
}

Json totals_of(const std::vector<RunSummary>& runs) {
  models::RunTotals sum;
  for (const RunSummary& run : runs) {
    sum.operations += run.totals.operations;
    sum.sessions += run.totals.sessions;
    sum.dropped_answers += run.totals.dropped_answers;
    sum.lost_messages += run.totals.lost_messages;
    sum.limit_reached |= run.totals.limit_reached;
  }
  Json json;
  json["operations"] = sum.operations;
  json["sessions"] = sum.sessions;
  json["dropped_answers"] = sum.dropped_answers;
  json["lost_messages"] = sum.lost_messages;
  json["limit_reached"] = sum.limit_reached;
  return json;
}

// Of whole runs; what is at risk as the gauges of the phases saw it.
Json replication_of(const std::vector<RunSummary>& runs) {
  models::ReplicationObserved sum;
  AtRisk at_risk;
  for (const RunSummary& run : runs) {
    sum.merge(run.replication);
    at_risk.merge(run.at_risk);
  }
  Json json;
  json["bytes"] = {{"requests", sum.request_bytes}, {"replication", sum.replication_bytes}};
  json["shipping_cpu_ns"] = sum.shipping_cpu.ns();
  json["bus"] = {{"published", sum.bus_published},
                 {"delivered", sum.bus_delivered},
                 {"applied", sum.bus_applied},
                 {"duplicates", sum.bus_duplicates},
                 {"waiting", sum.bus_waiting}};
  json["memory"] = {{"hot_reads", sum.hot_reads},
                    {"cold_reads", sum.cold_reads},
                    {"looks", at_risk.looks},
                    {"writes_at_risk", at_risk.writes},
                    {"most_writes_at_risk", at_risk.most},
                    {"oldest_at_risk_ns", at_risk.oldest.ns()}};
  json["adaptive"] = {{"synchronous_writes", sum.synchronous_writes},
                      {"mode_switches", sum.mode_switches}};
  json["backups"] = {{"complete", sum.backups},
                     {"bytes", sum.backup_bytes},
                     {"age_sum_ns", sum.backup_age.ns()},
                     {"oldest_age_ns", sum.oldest_backup_age.ns()}};
  json["hedges"] = sum.hedges;
  json["bound_refusals"] = sum.bound_refusals;
  json["regions_dropped"] = sum.regions_dropped;
  return json;
}

// Of a quorum that loses messages or repairs.
Json repairs_of(const std::vector<RunSummary>& runs) {
  models::ReplicationObserved sum;
  for (const RunSummary& run : runs) sum.merge(run.replication);
  Json json;
  json["read_repairs"] = sum.read_repairs;
  json["read_repair_bytes"] = sum.read_repair_bytes;
  json["hints"] = sum.hints;
  json["hint_bytes"] = sum.hint_bytes;
  json["exchanged"] = sum.exchanged;
  json["exchanged_bytes"] = sum.exchanged_bytes;
  return json;
}

template <typename Named, typename NameOf>
Json counts_by(const std::vector<Named>& named, const std::vector<std::uint64_t>& counts,
               NameOf name_of) {
  Json json = Json::object();
  for (std::size_t i = 0; i < counts.size(); ++i) json[name_of(named[i])] = counts[i];
  return json;
}

Json wrong_reads_where(const models::WorldConfig& world, const WrongReadsWhere& where) {
  Json json;
  json["reads"] = where.reads.opportunities;
  json["wrong"] = where.reads.violations;
  json["by_region"] = counts_by(world.regions.users, where.by_region,
                                [](const auto& users) { return users.region; });
  json["by_phase"] =
      counts_by(world.phases, where.by_phase, [](const auto& phase) { return phase.name; });
  return json;
}

Json wrong_reads_of(const models::WorldConfig& world, const WrongReads& wrong) {
  Json json;
  json["ryw"] = wrong_reads_where(world, wrong.own);
  json["mr"] = wrong_reads_where(world, wrong.backwards);
  json["ryw_user"] = wrong_reads_where(world, wrong.user);
  for (std::size_t g = 0; g < guarantee_names.size(); ++g) {
    Json by_cause = Json::object();
    for (std::size_t i = 0; i < cause_names.size(); ++i)
      by_cause[std::string{cause_names[i]}] = wrong.by_cause[g][i];
    json[std::string{guarantee_names[g]}]["by_cause"] = std::move(by_cause);
  }
  return json;
}

Interval in_milliseconds(Interval ns) {
  ns.estimate /= 1e6;
  ns.low /= 1e6;
  ns.high /= 1e6;
  return ns;
}

Json freshness_json(const models::WorldConfig& world, const std::vector<RunSummary>& runs) {
  Json all = Json::array();
  for (const RegionFreshness& found : freshness_of(world.probes.freshness, runs)) {
    Json json;
    json["region"] = world.regions.users[found.region].region;
    json["probes"] = found.probes;
    json["curve"] = Json::array();
    for (const FreshnessPoint& point : found.curve) {
      Json one;
      one["after_ms"] = number(static_cast<double>(point.after.ns()) / 1e6);
      add_interval(one, point.share);
      json["curve"].push_back(std::move(one));
    }
    json["level"] = number(world.probes.freshness.level);
    json["only_at_offsets"] = !found.is_exact;
    add_interval(json["t_visibility_ms"], in_milliseconds(found.t_visibility));
    all.push_back(std::move(json));
  }
  return all;
}

Json policy_json(const scenarios::Scenario& scenario, const Experiment& experiment,
                 const Comparison& comparison, std::size_t index) {
  const PolicyResult& policy = comparison.policies[index];
  const std::vector<RunSummary>& runs = experiment.runs[index];
  Json json;
  json["name"] = policy.name;
  json["met"] = policy.passed;
  json["missed"] = policy.failed;
  json["inconclusive"] = policy.inconclusive;
  json["digest"] = policy.digest.hex();
  json["replications"] = Json::array();
  for (const RunSummary& run : runs) json["replications"].push_back(run.digest.hex());
  json["checkpoints"] = checkpoints_of(runs);
  json["totals"] = totals_of(runs);
  json["replication"] = replication_of(runs);
  const auto* const quorum = models::quorum_of(scenario.policies[index].world.store);
  if (quorum != nullptr && !quorum->only_writes()) json["replication"]["quorum"] = repairs_of(runs);
  json["reads_judged"] = policy.disallowed.opportunities;
  json["reads_outside_allowed_set"] = policy.disallowed.violations;
  add_interval(json["wrong_reads_a_month"], policy.wrong_a_month);
  add_interval(json["cost_a_month"], policy.cost_a_month);
  json["wrong_reads"] = wrong_reads_of(scenario.policies[index].world, policy.wrong_reads);
  json["objectives"] = objectives_of(scenario, policy);
  json["metrics"] = metrics_of(scenario.policies[index].world, runs);
  if (scenario.policies[index].world.probes.freshness.present)
    json["freshness"] = freshness_json(scenario.policies[index].world, runs);
  json.update(Json::parse(
      picture_json(scenario.policies[index].world, policy, experiment.timelines[index])));
  if (!policy.recoveries.empty())
    json["recoveries"] = Json::parse(recoveries_json(scenario.policies[index].world, policy));
  json["inputs"] = inputs_of(scenario, policy.name);
  return json;
}

Json run_json(const Experiment& experiment) {
  Json json;
  json["seed"] = experiment.seed;
  json["replications"] = experiment.replications;
  json["replications_asked"] = experiment.replications_asked;
  json["shuffle_ties"] = experiment.shuffle_ties ? Json(*experiment.shuffle_ties) : Json(nullptr);
  json["workload_digests"] = Json::array();
  for (const RunSummary& run : experiment.runs.front())
    json["workload_digests"].push_back(run.totals.workload_digest.hex());
  return json;
}

// How the windows of every policy's timeline lie: from the start of the warm-up on.
Json windows_json(const scenarios::Scenario& scenario, const Experiment& experiment) {
  const Timeline& timeline = experiment.timelines.front();
  Json json;
  json["window_ns"] = timeline.windows.length.ns();
  json["windows"] = timeline.windows.count;
  json["first_phase_ns"] = scenario.policies.front().world.warmup.ns();
  json["replications"] = timeline.runs;
  return json;
}

Json scenario_json(const scenarios::Scenario& scenario, const Request& request) {
  Json json;
  json["file"] = scenario.path.substr(scenario.path.find_last_of('/') + 1);
  json["title"] = scenario.title;
  json["question"] = scenario.question;
  json["baseline"] = scenario.baseline;
  json["overrides"] = request.overrides;
  if (const auto& prices = scenario.prices_file)
    json["prices"] = {{"file", prices->name()}, {"text", prices->text}};
  json["text"] = scenario.text;
  return json;
}

}  // namespace

std::string results_json(const scenarios::Scenario& scenario, const Experiment& experiment,
                         const Comparison& comparison, const Request& request,
                         std::string_view page) {
  Json json;
  json["format"] = results_format;
  json["program"] = {{"name", "seatrial"}, {"version", program_version}};
  json["scenario"] = scenario_json(scenario, request);
  json["run"] = run_json(experiment);
  json["digest"] = comparison.digest.hex();
  json["confidence"] = {{"together", comparison.confidence.together},
                        {"intervals", comparison.confidence.comparisons}};
  json["recommended"] = comparison.policies[comparison.recommended].name;
  json["runner_up"] =
      comparison.runner_up ? Json(comparison.policies[*comparison.runner_up].name) : Json(nullptr);
  json["objectives"] = Json::array();
  for (const scenarios::Objective& objective : scenario.objectives)
    json["objectives"].push_back(objective_definition(objective));
  json["timeline"] = windows_json(scenario, experiment);
  json["policies"] = Json::array();
  for (std::size_t i = 0; i < comparison.policies.size(); ++i)
    json["policies"].push_back(policy_json(scenario, experiment, comparison, i));
  json["violations"] = Json::parse(violations_json(scenario, comparison));
  json["warnings"] = comparison.warnings;
  // A file name may be no UTF-8, and what is not would make the whole no JSON.
  std::string text = json.dump(1, ' ', false, Json::error_handler_t::replace);
  if (page.empty()) return text + "\n";
  text.resize(text.size() - 2);  // the last line's end and brace
  return text + ",\n \"page\": " + std::string{page} + "\n}\n";
}

}  // namespace seatrial::analysis
