// The warnings of checks.hpp about worlds that are doubtful: what they say they show, they may not.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/network/azure_matrix.hpp"
#include "scenarios/checks.hpp"
#include "scenarios/quantities.hpp"

namespace seatrial::scenarios {
namespace {

using models::WorldConfig;

bool uses_broker(const WorldConfig& world) { return carries(world.session_token, "broker"); }

// No place at all, rather than the file's first character, for what the file does not say.
Place place_of_given(const PolicyTree& of, const std::string& pointer) {
  const Node* const node = node_at(*of.tree, pointer);
  return node == nullptr ? Place{} : node->place;
}

// 74s rather than 1.2333min; from ten minutes on whole minutes, from ten hours on whole hours.
std::string rounded_duration(double ns) {
  const double unit = ns < 1e9 ? 1e6 : ns < 600e9 ? 1e9 : ns < 36e12 ? 60e9 : 3'600e9;
  return format_quantity(Dimension::duration, std::round(ns / unit) * unit);
}

void warn_of_short_phases(const PolicyTree& of, Problems& problems) {
  const WorldConfig& world = of.policy->world;
  const double session = session_ns(world.workload);
  for (std::size_t i = 0; i < world.phases.size(); ++i) {
    if (static_cast<double>(world.phases[i].length.ns()) >= session) continue;
    const std::string pointer = fmt::format("/phases/{}/for", i);
    problems.warn(place_of(*of.tree, pointer), pointer,
                  fmt::format("the phase is shorter than a session, which lasts {} on average: its "
                              "operations are mostly those of sessions that came before",
                              rounded_duration(session)));
  }
}

// Sessions that arrived before are missing at the start of the first phase: exp(-warm-up / session)
// of them, were their length exponential.
void warn_of_warmup(const PolicyTree& of, Problems& problems) {
  const WorldConfig& world = of.policy->world;
  const double session = session_ns(world.workload);
  if (!std::isfinite(session) || world.phases.empty()) return;
  const auto warmup = static_cast<double>(world.warmup.ns());
  const auto first = static_cast<double>(world.phases.front().length.ns());
  if (warmup >= 2 * session || session < first / 100) return;
  const std::string pointer = "/run/warmup";
  problems.warn(
      place_of_given(of, pointer), pointer,
      fmt::format("{}shorter than two sessions of {} on average: when the first phase "
                  "begins, about {:.0f} % of its load is there; take {} or more",
                  is_given(of, pointer) ? "" : "left out, so it is 0s: ", rounded_duration(session),
                  100 * (1 - std::exp(-warmup / session)), rounded_duration(3 * session)));
}

// A time-out that the client notices late is not the one that was configured.
void warn_of_late_timeouts(const PolicyTree& of, Problems& problems) {
  const auto& client = of.policy->world.broker.client;
  constexpr std::int64_t much = 5;
  if (!uses_broker(of.policy->world) || client.timeout_check < client.timeout * much) return;
  const std::string pointer = "/broker/client/timeout_check";
  const Place place = place_of(*of.tree, pointer);
  const auto shown = [](models::Duration duration) {
    return format_quantity(Dimension::duration, static_cast<double>(duration.ns()));
  };
  problems.warn(place, cited(of, place, pointer),
                fmt::format("the client looks for time-outs only every {}: one of {} fires after "
                            "up to {}",
                            shown(client.timeout_check), shown(client.timeout),
                            shown(client.timeout + client.timeout_check)));
}

void warn_of_distance(const PolicyTree& of, Problems& problems) {
  const WorldConfig& world = of.policy->world;
  if (world.store.consistency != models::Consistency::strong) return;
  double farthest = 0;
  std::string from, to;
  for (const auto& a : world.regions.users) {
    for (const auto& b : world.regions.users) {
      const double km = models::distance_km(a.region, b.region).value_or(0);
      if (km <= farthest) continue;
      farthest = km;
      from = a.region;
      to = b.region;
    }
  }
  if (farthest <= 8'000) return;
  const std::string pointer = "/store/consistency";
  const Place place = place_of(*of.tree, pointer);
  problems.warn(place, cited(of, place, pointer),
                fmt::format("Azure blocks strong consistency beyond 8,000 km unless you ask for "
                            "it: {} to {} is about {} km",
                            from, to, static_cast<int>(std::round(farthest / 100) * 100)));
}

// What is left out makes the question go away, and nobody would see that it has.
void warn_of_one_pod(const PolicyTree& of, Problems& problems) {
  if (of.policy->world.pods.count != 1 || node_at(*of.tree, "/pods/count") != nullptr) return;
  problems.warn(place_of_given(of, "/pods"), "/pods/count",
                "left out, so there is one pod in each region, and a session's token is never in "
                "another: say how many there are (kubectl get deploy)");
}

bool some_action(const WorldConfig& world, const std::string& data_class, models::ActionKind kind) {
  for (const auto& step : world.workload.steps) {
    for (const auto& action : step.actions) {
      if (action.kind == kind && action.data_class == data_class && step.share > 0) return true;
    }
  }
  return false;
}

bool some_write(const models::StepConfig& step, const std::string& data_class) {
  return std::any_of(step.actions.begin(), step.actions.end(), [&](const auto& action) {
    return action.kind != models::ActionKind::pause && action.kind != models::ActionKind::read &&
           action.data_class == data_class;
  });
}

bool is_in_some_step(const WorldConfig& world, const std::string& data_class) {
  return std::any_of(
      world.workload.steps.begin(), world.workload.steps.end(), [&](const auto& step) {
        return std::any_of(step.actions.begin(), step.actions.end(), [&](const auto& action) {
          return action.kind != models::ActionKind::pause && action.data_class == data_class;
        });
      });
}

// Every insert is a conflict, or nothing is ever found.
void warn_of_lifetimes(const PolicyTree& of, Problems& problems) {
  const WorldConfig& world = of.policy->world;
  for (const auto& data : world.data) {
    const bool inserts = some_action(world, data.name, models::ActionKind::insert);
    const bool deletes = some_action(world, data.name, models::ActionKind::delete_);
    const bool is_absent = data.at_start == models::AtStart::absent;
    const std::string pointer = "/data/" + escaped(data.name) + "/at_start";
    const Place place = place_of(*of.tree, pointer);
    if (is_absent && !inserts && is_in_some_step(world, data.name)) {
      problems.warn(place, pointer, "no step inserts this class, so there never is a document");
    } else if (!is_absent && inserts && !deletes && data.ttl == models::Duration{}) {
      problems.warn(place, pointer,
                    "the documents are there, and nothing deletes them: every insert is a "
                    "conflict (409); say \"absent\"");
    }
  }
}

// Gauges look at every partition, used or not.
void warn_of_idle_partitions(const PolicyTree& of, Problems& problems) {
  const WorldConfig& world = of.policy->world;
  const double operations = operations_of(world);
  const std::string pointer = "/store/partitions";
  if (static_cast<double>(world.store.partitions) <= operations || !is_given(of, pointer)) return;
  const Place place = place_of(*of.tree, pointer);
  problems.warn(place, cited(of, place, pointer),
                fmt::format("a run has about {:.0f} operations for {} partitions: most see none, "
                            "and all of them cost time",
                            operations, world.store.partitions));
}

// "Read it, then update it" is of two documents, unless the step says otherwise.
void warn_of_other_documents(const PolicyTree& of, Problems& problems) {
  const WorldConfig& world = of.policy->world;
  for (const auto& step : world.workload.steps) {
    const std::string drawn = twice_drawn(world, step);
    const std::string pointer = "/workload/steps/" + escaped(step.name);
    if (drawn.empty() || is_given(of, pointer + "/documents")) continue;
    const auto data = std::find_if(world.data.begin(), world.data.end(),
                                   [&](const auto& entry) { return entry.name == drawn; });
    if (data->documents == 1 || !some_write(step, drawn)) continue;
    problems.warn(place_of(*of.tree, pointer + "/do"), pointer + "/documents",
                  fmt::format("left out, so each action draws another of the {} documents of {}: "
                              "say \"same\" if the step reads a document and then writes that "
                              "one, or else \"each_its_own\"",
                              data->documents, quoted(drawn)));
  }
}

}  // namespace

void warn_of_doubts(std::span<const PolicyTree> policies, Problems& problems) {
  if (policies.empty()) return;
  warn_of_short_phases(policies.front(), problems);
  warn_of_warmup(policies.front(), problems);
  warn_of_one_pod(policies.front(), problems);
  warn_of_lifetimes(policies.front(), problems);
  warn_of_other_documents(policies.front(), problems);
  warn_of_outages(policies, problems);
  warn_of_partitions_that_are_gone(policies.front(), problems);
  for (const PolicyTree& of : policies) {
    warn_of_idle_partitions(of, problems);
    warn_of_late_timeouts(of, problems);
    warn_of_distance(of, problems);
  }
}

}  // namespace seatrial::scenarios
