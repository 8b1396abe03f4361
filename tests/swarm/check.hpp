// What a run of a world is held against: checks that hear everything a run tells, and what they
// found wrong. A check knows the models by their records alone.
//
//   AllowedSet allowed{world};
//   const CheckedRun run = run_checked(world, {}, {&allowed});
//   EXPECT_TRUE(run.problems.empty()) << run.problems.front();
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "models/store/witness.hpp"
#include "models/trace.hpp"
#include "models/world.hpp"

namespace seatrial::swarm {

class Check : public models::Observer, public models::StoreWitness, public models::Trace {
 public:
  void operation(const models::OperationObserved&) override {}
  void appended(const models::EntryAppended&) override {}
  void answered(const models::ReplicaAnswered&) override {}
  void at_end(const models::ReplicaAtEnd&) override {}
  void message(const models::MessageTraced&) override {}
  void moment(const models::MomentTraced&) override {}
  void applied(const models::AppliedTraced&) override {}
  // Nothing more will come.
  virtual void finish(const models::RunTotals&) {}

  // The first of them in words; `law` names what is broken, for those who look for one kind.
  struct Problem {
    std::string law;
    std::string text;
  };
  const std::vector<Problem>& problems() const { return problems_; }

 protected:
  void expect(bool holds, const char* law, const auto& text) {
    if (holds || problems_.size() >= most_told) return;
    problems_.push_back({law, text()});
  }

 private:
  static constexpr std::size_t most_told = 5;
  std::vector<Problem> problems_;
};

struct CheckedRun {
  models::RunTotals totals;
  sim::Hash128 digest;  // of what was observed
  std::vector<Check::Problem> problems;
  std::uint64_t reads = 0;               // held against what may be read
  std::uint64_t promised_takeovers = 0;  // at which nothing acknowledged may be lost
  std::uint64_t lost_versions = 0;       // committed, at takeovers
  std::uint64_t agreed = 0;              // documents of quorums that anti-entropy had to make equal
};

CheckedRun run_checked(const models::WorldConfig& world, models::RunOptions options,
                       const std::vector<Check*>& checks);

// All laws of this folder at once.
CheckedRun run_against_all(const models::WorldConfig& world, models::RunOptions options = {});

// "operation 3 of session 12"
std::string name_of(const models::OperationName& operation);

}  // namespace seatrial::swarm
