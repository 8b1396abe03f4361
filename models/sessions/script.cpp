#include "models/sessions/script.hpp"

#include <algorithm>

#include "sim/assert.hpp"

namespace seatrial::models {

namespace {

constexpr sim::Purpose script_purpose{"session/script"};
constexpr sim::Purpose paths_purpose{"session/paths"};

std::vector<double> shares_of(const std::vector<StepConfig>& steps) {
  std::vector<double> shares;
  for (const StepConfig& step : steps) shares.push_back(step.share);
  return shares;
}

DataClassId find_class(const std::vector<DataClassConfig>& data, const std::string& name) {
  const auto found = std::find_if(data.begin(), data.end(),
                                  [&](const DataClassConfig& d) { return d.name == name; });
  SEATRIAL_ASSERT(found != data.end(), "a step names a data class that does not exist");
  return DataClassId{static_cast<std::uint32_t>(found - data.begin())};
}

}  // namespace

ScriptBook::ScriptBook(const WorldConfig& config, const sim::RandomSource& random)
    : workload_{&config.workload},
      data_{&config.data},
      key_{random.key(script_purpose)},
      paths_key_{random.key(paths_purpose)},
      step_shares_{shares_of(config.workload.steps)} {
  for (const StepConfig& step : config.workload.steps) {
    auto& actions = steps_.emplace_back();
    for (const ActionConfig& action : step.actions) {
      const bool is_pause = action.kind == ActionKind::pause;
      const DataClassId data_class =
          is_pause ? DataClassId{} : find_class(config.data, action.data_class);
      actions.push_back(
          {action.kind, data_class, is_pause ? &action.pause : nullptr, action.changes});
    }
  }
  for (const DataClassConfig& data : config.data) {
    popularity_.emplace_back(static_cast<std::uint64_t>(data.documents), data.zipf);
  }
}

std::uint64_t ScriptBook::draw_paths(DataClassId data_class, std::int64_t changes,
                                     const OperationName& operation) const {
  const std::int64_t all = (*data_)[data_class.value()].paths;
  if (all == 0) return 0;
  sim::Stream draws{paths_key_, operation.session.value(), operation.index};
  std::uint64_t paths = 0;
  // The n-th of those that are not yet chosen, `changes` times.
  for (std::int64_t chosen = 0; chosen < std::min(changes, all); ++chosen) {
    std::uint64_t skip = draws.below(static_cast<std::uint64_t>(all - chosen));
    int path = 0;
    while ((paths >> path & 1) != 0 || skip-- != 0) ++path;
    paths |= std::uint64_t{1} << path;
  }
  return paths;
}

Script::Script(const ScriptBook& book, SessionId session)
    : book_{book}, session_{session}, draws_{sim::Stream::sequence(book.key(), session.value())} {
  const double steps = book.workload().steps_per_session.sample(draws_);
  steps_ = static_cast<std::uint64_t>(std::max(0.0, steps + 0.5));
  digest_.add(session.value());
  digest_.add(steps_);
}

std::size_t Script::next_step() {
  const std::size_t step = book_.draw_step(draws_);
  digest_.add(step);
  documents_ = book_.documents(step);
  ranks_.clear();
  return step;
}

Duration Script::pause_between_steps() { return drawn(book_.workload().pause); }

Duration Script::pause(const ScriptBook::Action& action) { return drawn(*action.pause); }

std::uint64_t Script::rank(const ScriptBook::Action& action) {
  if (!book_.is_shared(action.data_class)) return 0;
  const bool is_one = documents_ == StepDocuments::same;
  for (const auto& [data_class, rank] : ranks_)
    if (is_one && data_class == action.data_class) return rank;
  const std::uint64_t rank = book_.draw_rank(action.data_class, draws_);
  digest_.add(rank);
  if (is_one) ranks_.emplace_back(action.data_class, rank);
  return rank;
}

std::uint64_t Script::paths(const ScriptBook::Action& action, std::uint32_t index) {
  if (action.kind != ActionKind::update) return 0;
  const OperationName name{session_, index};
  const std::uint64_t paths = book_.draw_paths(action.data_class, action.changes, name);
  if (paths != 0) digest_.add(paths);
  return paths;
}

Duration Script::drawn(const sim::Distribution& distribution) {
  const Duration pause = distribution.sample_duration(draws_);
  digest_.add(static_cast<std::uint64_t>(pause.ns()));
  return pause;
}

}  // namespace seatrial::models
