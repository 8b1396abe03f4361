#include "analysis/capacity/session_counts.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "sim/random/zipf.hpp"

namespace seatrial::analysis {
namespace {

using models::ActionKind;
using models::Owner;
using models::WorldConfig;

constexpr std::size_t most_classes = 6;
constexpr double most_work = 3e7;
constexpr int quantiles = 4096;  // of the number of steps

// Of the number so far, over the sessions that are in one state.
struct Moments {
  double sessions = 0;
  double first = 0;
  double second = 0;

  void add(const Moments& other, double share) {
    sessions += share * other.sessions;
    first += share * other.first;
    second += share * other.second;
  }
  // One more with this probability.
  void count(double probability) {
    second += probability * (2 * first + sessions);
    first += probability * sessions;
  }
};

struct Action {
  bool counts = false;
  bool opens = false;
  bool needs_opening = false;
  std::size_t data_class = 0;
  int bit = -1;  // of the state; -1: none
};

class Walk {
 public:
  Walk(const WorldConfig& world, const Which& which, std::optional<std::size_t> only)
      : world_{world}, which_{which}, only_{only} {
    read_steps();
    states_.resize(std::size_t{1} << bits_.size());
    states_.front().sessions = 1;
    openings_.resize(world.data.size());
    for (const models::DataClassConfig& data : world.data)
      meets_.push_back(data.owner == Owner::shared ? chance_to_meet(data) : 1);
    for (std::size_t s = 0; s < steps_.size(); ++s)
      for (const Action& action : steps_[s])
        if (action.opens) openings_[action.data_class] += world.workload.steps[s].share;
  }

  // Before each further call one more step was taken.
  void step(double steps_before) {
    std::vector<Moments> after(states_.size());
    for (std::size_t s = 0; s < steps_.size(); ++s)
      for (std::size_t state = 0; state < states_.size(); ++state) {
        std::size_t mask = state;
        Moments here = states_[state];
        if (here.sessions > 0) play(steps_[s], steps_before, here, mask);
        after[mask].add(here, world_.workload.steps[s].share);
      }
    states_ = std::move(after);
  }

  Moments total() const {
    Moments sum;
    for (const Moments& state : states_) sum.add(state, 1);
    return sum;
  }

  double work_of_a_step() const {
    double actions = 1;
    for (const auto& step : steps_) actions += static_cast<double>(step.size());
    return actions * static_cast<double>(states_.size());
  }

 private:
  void read_steps() {
    for (const models::StepConfig& step : world_.workload.steps) {
      auto& actions = steps_.emplace_back();
      for (const models::ActionConfig& action : step.actions)
        if (action.kind != ActionKind::pause) actions.push_back(read(action));
    }
  }

  Action read(const models::ActionConfig& config) {
    Action action;
    const auto found = std::find_if(world_.data.begin(), world_.data.end(), [&](const auto& data) {
      return data.name == config.data_class;
    });
    if (found == world_.data.end()) return action;
    action.data_class = static_cast<std::size_t>(found - world_.data.begin());
    const bool is_read = config.kind == ActionKind::read;
    action.counts = is_read ? which_.reads : which_.updates;
    if (only_ && *only_ != action.data_class) action.counts = false;
    action.needs_opening = which_.after.has_value();
    // A write is a write.
    const ActionKind kind = is_read ? ActionKind::read : ActionKind::update;
    action.opens = which_.after == kind;
    if (found->owner != Owner::shared && action.needs_opening) action.bit = bit_of(action);
    return action;
  }

  int bit_of(const Action& action) {
    const auto known = bits_.find(action.data_class);
    if (known != bits_.end()) return known->second;
    if (bits_.size() == most_classes) return -1;
    return bits_.emplace(action.data_class, static_cast<int>(bits_.size())).first->second;
  }

  void play(const std::vector<Action>& actions, double steps_before, Moments& here,
            std::size_t& mask) const {
    for (std::size_t i = 0; i < actions.size(); ++i) {
      const Action& action = actions[i];
      const std::size_t bit = action.bit < 0 ? 0 : std::size_t{1} << action.bit;
      const double opened = chance(actions, i, steps_before, mask);
      if (action.counts) here.count(opened);
      if (is_refetched(action)) here.count(which_.refetches == Refetches::all ? 1 : opened);
      if (action.opens) mask |= bit;
    }
  }

  bool is_refetched(const Action& action) const {
    return which_.refetches != Refetches::none && action.opens &&
           world_.data[action.data_class].owner == Owner::user &&
           (!only_ || *only_ == action.data_class);
  }

  // That the action's document was opened before.
  double chance(const std::vector<Action>& actions, std::size_t at, double steps_before,
                std::size_t mask) const {
    const Action& action = actions[at];
    if (!action.needs_opening) return 1;
    if (action.bit >= 0) return (mask >> action.bit & 1) != 0 ? 1 : 0;
    if (world_.data[action.data_class].owner != Owner::shared) return 1;
    double openings = steps_before * openings_[action.data_class];
    for (std::size_t i = 0; i < at; ++i)
      if (actions[i].opens && actions[i].data_class == action.data_class) openings += 1;
    return std::min(1.0, openings * meets_[action.data_class]);
  }

  const WorldConfig& world_;
  const Which& which_;
  std::optional<std::size_t> only_;
  std::vector<std::vector<Action>> steps_;  // without pauses
  std::map<std::size_t, int> bits_;         // data class to bit
  std::vector<Moments> states_;
  std::vector<double> openings_;  // by data class: in one step, on average
  std::vector<double> meets_;     // by data class: the chance of one opening
};

// How many of `quantiles` sessions have so many steps.
std::map<double, int> lengths_of(const models::WorkloadConfig& workload) {
  std::map<double, int> lengths;
  for (int i = 0; i < quantiles; ++i) {
    const double steps = workload.steps_per_session.quantile((i + 0.5) / quantiles);
    ++lengths[std::max(0.0, std::floor(steps + 0.5))];
  }
  return lengths;
}

SessionCount walked(const WorldConfig& world, const Which& which, std::optional<std::size_t> only) {
  const std::map<double, int> lengths = lengths_of(world.workload);
  Walk walk{world, which, only};
  const double longest = std::clamp(std::floor(most_work / walk.work_of_a_step()), 16.0, 1024.0);
  SessionCount count;
  double steps = 0, before = 0, remaining = quantiles;
  for (const auto& [length, sessions] : lengths) {
    for (; steps < std::min(length, longest); ++steps) {
      walk.step(steps);
      const double now = walk.total().first;
      count.pauses_before += remaining / quantiles * (now - before) * steps;
      before = now;
    }
    const double beyond = steps > 0 ? length / steps : 0;
    const double share = static_cast<double>(sessions) / quantiles;
    count.mean += share * beyond * walk.total().first;
    count.squares += share * beyond * beyond * walk.total().second;
    remaining -= sessions;
  }
  count.pauses_before = count.mean > 0 ? count.pauses_before / count.mean : 0;
  return count;
}

double& number_of(ClassOperations& operations, ActionKind kind) {
  if (kind == ActionKind::insert) return operations.inserts;
  if (kind == ActionKind::delete_) return operations.deletes;
  return kind == ActionKind::read ? operations.reads : operations.updates;
}

}  // namespace

double chance_to_meet(const models::DataClassConfig& data) {
  const auto documents =
      static_cast<std::uint64_t>(std::min<std::int64_t>(data.documents, 1 << 30));
  const double most_popular = sim::Zipf{documents, data.zipf}.share(0);
  return most_popular * most_popular / sim::Zipf{documents, 2 * data.zipf}.share(0);
}

SessionCount count_of(const WorldConfig& world, const Which& which,
                      std::optional<std::size_t> data_class) {
  const SessionCount all = walked(world, which, std::nullopt);
  if (!data_class) return all;
  SessionCount part = walked(world, which, data_class);
  // A session's other opportunities share its luck.
  part.squares = all.mean > 0 ? part.mean * all.squares / all.mean : 0;
  return part;
}

std::vector<ClassOperations> operations_of_session(const WorldConfig& world) {
  std::vector<ClassOperations> all(world.data.size());
  const double steps = world.workload.steps_per_session.mean();
  const models::SecondDeviceConfig& second = world.workload.second_device;
  for (std::size_t c = 0; c < all.size(); ++c) {
    for (const models::StepConfig& step : world.workload.steps)
      for (const models::ActionConfig& action : step.actions) {
        if (action.kind == ActionKind::pause || action.data_class != world.data[c].name) continue;
        number_of(all[c], action.kind) += steps * step.share;
      }
    if (!second.present || world.data[c].owner != Owner::user) continue;
    const double followed = second.share * all[c].writes();
    all[c].reads += followed;
    if (second.updates) all[c].updates += followed;
  }
  return all;
}

}  // namespace seatrial::analysis
