#include "analysis/report/read_back.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/report/setting.hpp"
#include "analysis/report/text.hpp"
#include "scenarios/checks.hpp"
#include "scenarios/metrics.hpp"

namespace seatrial::analysis {
namespace {

using models::WorldConfig;

class Lines {
 public:
  // The label stands before the first line only.
  void section(std::string label) { label_ = std::move(label); }
  void add(std::string text) { lines_.push_back({std::exchange(label_, ""), std::move(text)}); }
  std::vector<ReadBackLine> take() { return std::move(lines_); }

 private:
  std::string label_;
  std::vector<ReadBackLine> lines_;
};

std::string percent_text(double share) { return rounded(100 * share) + " %"; }

std::string bytes_text(models::Bytes bytes) {
  return scenarios::format_quantity(scenarios::Dimension::bytes, static_cast<double>(bytes));
}

std::string time_text(models::Duration duration) {
  return duration_text(static_cast<double>(duration.ns()));
}

// "60 ms", "4.93 s on average", or what there is to say of a tail without a mean.
std::string mean_text(const sim::Distribution& distribution) {
  const double mean = distribution.mean();
  if (!std::isfinite(mean)) return duration_text(distribution.quantile(0.5)) + " in the median";
  return duration_text(mean) + (distribution.is_constant() ? "" : " on average");
}

std::string action_text(const models::ActionConfig& action) {
  switch (action.kind) {
    case models::ActionKind::read:
      return "read " + action.data_class;
    case models::ActionKind::update:
      return "update " + action.data_class;
    case models::ActionKind::insert:
      return "insert " + action.data_class;
    case models::ActionKind::delete_:
      return "delete " + action.data_class;
    case models::ActionKind::pause:
      return "wait " + mean_text(action.pause);
  }
  return "";
}

std::string step_text(const WorldConfig& world, const models::StepConfig& step) {
  std::vector<std::string> actions;
  for (const models::ActionConfig& action : step.actions) actions.push_back(action_text(action));
  std::string text = fmt::format("{} of the steps: {}: {}", percent_text(step.share), step.name,
                                 fmt::join(actions, ", then "));
  const std::string drawn = scenarios::twice_drawn(world, step);
  if (drawn.empty()) return text;
  const bool is_one = step.documents == models::StepDocuments::same;
  return text + fmt::format("; {} of {}",
                            is_one ? "all of one document" : "each of another document", drawn);
}

std::string data_text(const models::DataClassConfig& data) {
  static constexpr std::array<std::string_view, models::update_by_names.size()> ways{
      "by PATCH", "by replacing it", "by replacing it if nobody else did",
      "by PATCH if nobody else has changed the same"};
  std::string text = fmt::format("{}: {}, ", data.name, bytes_text(data.size));
  if (data.owner == models::Owner::shared) {
    text += fmt::format("{} that all share, Zipf {}",
                        counted(static_cast<std::uint64_t>(data.documents), "document"),
                        rounded(data.zipf));
  } else {
    text +=
        fmt::format("one for each {}", models::owner_names[static_cast<std::size_t>(data.owner)]);
  }
  text += ", updated " + std::string{ways[static_cast<std::size_t>(data.update)]};
  if (data.paths > 0)
    text += fmt::format(", {}", counted(static_cast<std::uint64_t>(data.paths), "path"));
  if (data.ttl > models::Duration{})
    text += fmt::format(", gone {} after its last write", time_text(data.ttl));
  if (data.at_start == models::AtStart::absent) text += ", not there at the start";
  return text;
}

std::string writers_text(const models::StoreConfig& store) {
  if (store.write_regions.size() < 2) return store.write_region;
  std::string text;
  for (std::size_t i = 0; i < store.write_regions.size(); ++i) {
    if (i != 0) text += i + 1 == store.write_regions.size() ? " and " : ", ";
    text += store.write_regions[i];
  }
  return text + " (each commits by itself, the later clock wins)";
}

// What is lost on the way to a quorum's replicas, and what repairs it.
void add_repairs(const models::QuorumConfig& quorum, Lines& lines) {
  if (quorum.lost_writes > 0)
    lines.add(fmt::format("{} of the messages to replicas with a version are lost",
                          percent_text(quorum.lost_writes)));
  if (quorum.hinted_handoff.present)
    lines.add(fmt::format("what a replica has not acknowledged after {} is sent again, for {}",
                          time_text(quorum.hinted_handoff.after),
                          time_text(quorum.hinted_handoff.at_most)));
  if (quorum.read_repair > 0)
    lines.add(fmt::format("{} of reads repair the replicas that answered with an older version",
                          percent_text(quorum.read_repair)));
  if (quorum.anti_entropy.present)
    lines.add(fmt::format("replicas compare what they have every {}",
                          time_text(quorum.anti_entropy.every)));
}

void add_store(const models::StoreConfig& store, Lines& lines) {
  if (const auto* const quorum = models::quorum_of(store)) {
    lines.add(fmt::format(
        "{}, without a leader: a write waits for {} of {} replicas, a read asks "
        "{} and waits for {}",
        counted(static_cast<std::uint64_t>(store.partitions), "partition"), quorum->write_quorum,
        quorum->replicas, quorum->asked_by_read(), quorum->read_quorum));
    add_repairs(*quorum, lines);
    return;
  }
  lines.add(fmt::format("{} consistency, writes in {}, client library {}",
                        models::consistency_names[static_cast<std::size_t>(store.consistency)],
                        writers_text(store),
                        models::sdk_names[static_cast<std::size_t>(store.sdk)]));
  lines.add(
      fmt::format("{} of {} replicas in each region; {} of them have a write before it is "
                  "acknowledged",
                  counted(static_cast<std::uint64_t>(store.partitions), "partition"),
                  store.replicas, store.write_quorum));
  if (store.replication != nullptr && store.replication->name() != "asynchronous")
    lines.add(fmt::format("replication: {}", store.replication->name()));
  if (store.failover.present)
    lines.add(fmt::format("a region that is down for {} is given up: another takes over its writes",
                          time_text(store.failover.after)));
  if (store.backup.present)
    lines.add(
        fmt::format("backups in {}, every {}", store.backup.to, time_text(store.backup.every)));
  if (store.request_units_per_second > 0)
    lines.add(fmt::format("{} RU/s in each region; what exceeds them is turned away (429)",
                          store.request_units_per_second));
}

std::string pods_text(const models::PodsConfig& pods) {
  return fmt::format("{} in each region with {}, {} at a time, {} of a core an operation; {}{}",
                     pods.count, counted(static_cast<std::uint64_t>(pods.cpu), "core"),
                     counted(static_cast<std::uint64_t>(pods.max_in_flight), "request"),
                     mean_text(pods.cpu_per_operation),
                     pods.balance == nullptr ? "" : std::string{pods.balance->name()},
                     pods.affinity == models::Affinity::cookie ? ", sticky by cookie" : "");
}

std::string tokens_text(const models::SessionTokenConfig& tokens) {
  std::vector<std::string> places;
  if (tokens.pod_cache) places.emplace_back("cached in each pod");
  for (const auto& carrier : tokens.carry)
    places.push_back("carried by the " + std::string{carrier->name()});
  return places.empty() ? "none at all" : joined(places);
}

void add_broker(const models::BrokerConfig& broker, Lines& lines) {
  std::string text = broker.placement == "per_region" ? "one in each region" : broker.placement;
  text += fmt::format("; a time-out of {}, looked for every {}", time_text(broker.client.timeout),
                      time_text(broker.client.timeout_check));
  if (broker.client.breaker.present)
    text += fmt::format(
        "; a breaker after {}",
        counted(static_cast<std::uint64_t>(broker.client.breaker.open_after), "failure"));
  lines.add(text);
  if (broker.on_unavailable != nullptr)
    lines.add(fmt::format("without its answer: {}", broker.on_unavailable->name()));
}

std::string phase_text(const WorldConfig& world, const models::PhaseConfig& phase) {
  WorldConfig alone;
  alone.phases = {phase};
  std::string text = phases_text(alone);
  text += fmt::format(": {} new sessions/s",
                      rounded(world.workload.sessions_per_second * phase.sessions));
  if (phase.stands_for_hours_per_month > 0)
    text += fmt::format("; stands for {} h a month", rounded(phase.stands_for_hours_per_month));
  return text;
}

void add_session(const WorldConfig& world, Lines& lines) {
  lines.section("session");
  lines.add(session_text(world));
  for (const models::StepConfig& step : world.workload.steps) lines.add(step_text(world, step));
  const models::SecondDeviceConfig& second = world.workload.second_device;
  if (!second.present) return;
  std::string text = fmt::format(
      "{} of the users have a second device, which reads what the first one updated {} after that",
      percent_text(second.share), mean_text(second.refetch_after));
  if (second.updates)
    text += fmt::format(", and updates it {} later", mean_text(second.update_after));
  lines.add(text);
}

void add_design(const scenarios::Scenario& scenario, const WorldConfig& world, Lines& lines) {
  lines.section("data");
  for (const models::DataClassConfig& data : world.data) lines.add(data_text(data));
  lines.section("store");
  add_store(world.store, lines);
  const bool keeps_log = models::quorum_of(world.store) == nullptr;
  const std::string lag = lag_text(scenario);
  if (keeps_log && !lag.empty()) lines.add("lag beyond the wire: " + lag);
  lines.section("pods");
  lines.add(pods_text(world.pods));
  lines.section("tokens");
  lines.add(tokens_text(world.session_token));
  for (const scenarios::Policy& policy : scenario.policies) {
    if (!scenarios::carries(policy.world.session_token, "broker")) continue;
    lines.section("broker");
    add_broker(policy.world.broker, lines);
    break;
  }
}

void add_policies(const scenarios::Scenario& scenario, Lines& lines) {
  lines.section("policies");
  for (const scenarios::Policy& policy : scenario.policies) {
    const std::string changes = changes_text(scenario, policy.name);
    lines.add(fmt::format("{}{}: {}", policy.name,
                          policy.name == scenario.baseline ? " (the baseline)" : "",
                          changes.empty() ? "as above" : changes));
  }
}

const WorldConfig& baseline_world(const scenarios::Scenario& scenario) {
  for (const scenarios::Policy& policy : scenario.policies)
    if (policy.name == scenario.baseline) return policy.world;
  return scenario.policies.front().world;
}

std::string limit_text(const scenarios::Objective& objective) {
  const scenarios::Metric* const metric = scenarios::find_metric(objective.metric);
  if (metric == nullptr) return "";
  const auto dimension = scenarios::limit_dimension(*metric);
  if (dimension == scenarios::Dimension::share && objective.limit < 0.1)
    return rounded(1e6 * objective.limit) + " per million";
  if (dimension == scenarios::Dimension::duration) return duration_text(objective.limit);
  return scenarios::format_quantity(dimension, objective.limit);
}

std::string probe_text(const models::FreshnessConfig& probe) {
  std::vector<std::string> offsets;
  for (const models::Duration offset : probe.after_commit)
    offsets.push_back(duration_text(static_cast<double>(offset.ns())));
  const std::string which =
      probe.every == 1 ? "every commit" : fmt::format("one of {} commits", probe.every);
  return fmt::format("freshness after {}: would a read see it that begins {} later?", which,
                     joined(offsets));
}

}  // namespace

std::string session_text(const WorldConfig& world) {
  const models::WorkloadConfig& workload = world.workload;
  const double length = scenarios::session_ns(workload);
  const double steps = workload.steps_per_session.mean();
  std::string text = "an average session ";
  if (std::isfinite(length))
    text += fmt::format("lasts about {} beside the time of its requests: ", duration_text(length));
  if (!std::isfinite(steps)) return text + "has no mean number of steps";
  if (steps <= 1) return text + "one step";
  return text + fmt::format("{} steps, {} apart", rounded(steps), mean_text(workload.pause));
}

std::string objective_text(const scenarios::Objective& objective) {
  std::string text = objective.metric;
  if (!objective.data_class.empty()) text += " of " + objective.data_class;
  text += objective.bound == scenarios::Bound::at_most ? " at most " : " at least ";
  text += limit_text(objective);
  if (!objective.during.empty())
    text += " in " + objective.during;
  else if (!objective.outside.empty())
    text += " in all phases but " + objective.outside + " together";
  else
    text += " in each phase";
  if (objective.each_region) text += " and each region";
  return text;
}

std::vector<ReadBackLine> read_back(const scenarios::Scenario& scenario) {
  const WorldConfig& world = baseline_world(scenario);
  Lines lines;
  lines.section("users");
  lines.add(fmt::format("{}; {} new sessions/s together", users_text(world),
                        rounded(world.workload.sessions_per_second)));
  add_session(world, lines);
  add_design(scenario, world, lines);
  add_policies(scenario, lines);
  lines.section("phases");
  for (const models::PhaseConfig& phase : world.phases) lines.add(phase_text(world, phase));
  if (world.probes.freshness.present) {
    lines.section("probes");
    lines.add(probe_text(world.probes.freshness));
  }
  lines.section("objectives");
  for (const scenarios::Objective& objective : scenario.objectives)
    lines.add(objective.name + ": " + objective_text(objective));
  return lines.take();
}

}  // namespace seatrial::analysis
