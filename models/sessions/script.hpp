// What one session does, drawn from a stream that only the session reads: the same under every
// policy, whatever the replies. The instants at which it is played are the policy's.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "models/network/place.hpp"
#include "models/world_config.hpp"
#include "sim/digest.hpp"
#include "sim/random/alias.hpp"
#include "sim/random/stream.hpp"
#include "sim/random/zipf.hpp"

namespace seatrial::models {

// The parts of the workload that scripts share, resolved once for a run.
class ScriptBook {
 public:
  ScriptBook(const WorldConfig& config, const sim::RandomSource& random);

  struct Action {
    ActionKind kind = ActionKind::read;
    DataClassId data_class;
    const sim::Distribution* pause = nullptr;
    std::int64_t changes = 1;
  };

  sim::StreamKey key() const { return key_; }
  const WorkloadConfig& workload() const { return *workload_; }
  const std::vector<Action>& actions(std::size_t step) const { return steps_[step]; }
  StepDocuments documents(std::size_t step) const { return workload_->steps[step].documents; }
  std::size_t draw_step(sim::Stream& draws) const { return step_shares_.sample(draws); }
  // The rank of a shared document, 0 the most popular.
  std::uint64_t draw_rank(DataClassId data_class, sim::Stream& draws) const {
    return popularity_[data_class.value()].sample(draws);
  }
  // Which paths the operation of this name changes, if it is an update; a bit each.
  std::uint64_t draw_paths(DataClassId data_class, std::int64_t changes,
                           const OperationName& operation) const;
  bool is_shared(DataClassId data_class) const {
    return (*data_)[data_class.value()].owner == Owner::shared;
  }

 private:
  const WorkloadConfig* workload_;
  const std::vector<DataClassConfig>* data_;
  sim::StreamKey key_;
  sim::StreamKey paths_key_;
  sim::Alias step_shares_;
  std::vector<std::vector<Action>> steps_;
  std::vector<sim::Zipf> popularity_;  // by data class
};

// Reads one session's script from front to back and keeps its hash.
class Script {
 public:
  Script(const ScriptBook& book, SessionId session);

  std::uint64_t steps() const { return steps_; }
  std::size_t next_step();
  Duration pause_between_steps();
  Duration pause(const ScriptBook::Action& action);
  // The rank of the shared document that an action of the current step concerns; 0 for owned
  // documents.
  std::uint64_t rank(const ScriptBook::Action& action);
  // The paths that its operation number `index` changes.
  std::uint64_t paths(const ScriptBook::Action& action, std::uint32_t index);
  sim::Hash128 hash() const { return digest_.value(); }

 private:
  Duration drawn(const sim::Distribution& distribution);

  const ScriptBook& book_;
  SessionId session_;
  sim::Stream draws_;
  sim::Digest digest_;
  std::uint64_t steps_ = 0;
  // The current step, and the ranks that its actions share, by data class.
  StepDocuments documents_ = StepDocuments::each_its_own;
  std::vector<std::pair<DataClassId, std::uint64_t>> ranks_;
};

}  // namespace seatrial::models
