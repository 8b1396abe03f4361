// The part of the checks that asks what sessions do: shares, pauses, and what a step is of.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenarios/checks.hpp"

namespace seatrial::scenarios {

void check_sum(const PolicyTree& of, const std::string& pointer, double sum, std::string_view what,
               Problems& problems) {
  if (std::abs(sum - 1) < 1e-9 || problems.any_under(pointer)) return;
  const double percent = std::round(sum * 1e8) / 1e6;
  const Place place = place_of(*of.tree, pointer);
  problems.add(place, cited(of, place, pointer),
               fmt::format("the shares of {} sum to {}%, not to 100%", what, percent));
}

std::string twice_drawn(const models::WorldConfig& world, const models::StepConfig& step) {
  const auto is_shared = [&](const std::string& name) {
    return std::any_of(world.data.begin(), world.data.end(), [&](const auto& data) {
      return data.name == name && data.owner == models::Owner::shared;
    });
  };
  const auto& actions = step.actions;
  for (auto action = actions.begin(); action != actions.end(); ++action) {
    if (action->kind == models::ActionKind::pause || !is_shared(action->data_class)) continue;
    const bool again = std::any_of(action + 1, actions.end(), [&](const auto& other) {
      return other.kind != models::ActionKind::pause && other.data_class == action->data_class;
    });
    if (again) return action->data_class;
  }
  return "";
}

namespace {

class WorkloadCheck {
 public:
  WorkloadCheck(const PolicyTree& of, Problems& problems)
      : of_{of}, world_{of.policy->world}, problems_{problems} {}

  void run() {
    const auto& workload = world_.workload;
    double sum = 0;
    for (const auto& step : workload.steps) sum += step.share;
    check_sum(of_, "/workload/steps", sum, "steps", problems_);
    const bool several = workload.steps_per_session.quantile(0.999999) > 1;
    if (several && !given("/workload/pause")) {
      wrong("/workload/pause",
            "missing: a session can have several steps; say how long a person pauses between two "
            "(from analytics: time between a session's page views), for example { \"lognormal\": "
            "{ \"median\": \"3s\", \"p99\": \"30s\" } }");
    }
    for (const auto& step : workload.steps) of_step(step);
  }

 private:
  bool given(const std::string& pointer) const { return is_given(of_, pointer); }

  void wrong(const std::string& pointer, std::string message) {
    const Place place = place_of(*of_.tree, pointer);
    problems_.add(place, cited(of_, place, pointer), std::move(message));
  }

  void of_step(const models::StepConfig& step) {
    const std::string pointer = "/workload/steps/" + escaped(step.name);
    for (std::size_t i = 0; i < step.actions.size(); ++i) {
      changes(fmt::format("{}/do/{}/changes", pointer, i), step.actions[i]);
    }
    if (step.documents != models::StepDocuments::same || problems_.any_under("/data")) return;
    if (!twice_drawn(world_, step).empty()) return;
    wrong(pointer + "/documents",
          "no two actions of this step are of one class with \"owner\": \"shared\": leave it out");
  }

  void changes(const std::string& pointer, const models::ActionConfig& action) {
    const auto data = std::find_if(world_.data.begin(), world_.data.end(), [&](const auto& entry) {
      return entry.name == action.data_class;
    });
    const bool updates = action.kind == models::ActionKind::update;
    if (!updates || !given(pointer) || data == world_.data.end()) return;
    if (action.changes > std::max<std::int64_t>(data->paths, 1)) {
      return wrong(pointer,
                   fmt::format("{} paths change, but a document has {}: see {}", action.changes,
                               data->paths, "/data/" + escaped(data->name) + "/paths"));
    }
    if (!models::patches(data->update) || action.changes <= models::most_patch_operations) return;
    const std::string& cited_at =
        at_fault(of_, pointer, "/data/" + escaped(data->name) + "/update");
    wrong(cited_at,
          fmt::format("a PATCH has at most {} operations, and this update changes {} paths",
                      models::most_patch_operations, action.changes));
  }

  const PolicyTree& of_;
  const models::WorldConfig& world_;
  Problems& problems_;
};

}  // namespace

void check_workload(const PolicyTree& of, Problems& problems) { WorkloadCheck{of, problems}.run(); }

}  // namespace seatrial::scenarios
