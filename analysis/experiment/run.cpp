#include "analysis/experiment/run.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

namespace seatrial::analysis {
namespace {

// The tasks of one experiment and what has become of them.
class Board {
 public:
  Board(const scenarios::Scenario& scenario, const ExperimentOptions& options,
        const Simulate& simulate, std::uint64_t seed, std::uint32_t replications)
      : scenario_{scenario},
        options_{options},
        simulate_{simulate},
        seed_{seed},
        policies_{scenario.policies.size()},
        results_(policies_ * replications),
        shares_(results_.size(), 0.0),
        timelines_(policies_) {}

  void work() {
    while (!stopped()) {
      const std::size_t task = next_.fetch_add(1);
      if (task >= results_.size()) return;
      try {
        perform(task);
      } catch (...) {
        const std::lock_guard lock{mutex_};
        if (!failure_) failure_ = std::current_exception();
      }
    }
  }

  // Whole replications from the first on; the rest is dropped.
  void collect(Experiment& experiment) {
    if (failure_) std::rethrow_exception(failure_);
    experiment.runs.resize(policies_);
    for (std::size_t task = 0; task < whole_ * policies_; ++task)
      experiment.runs[task % policies_].push_back(std::move(*results_[task]));
    experiment.timelines = std::move(timelines_);
    experiment.replications = whole_;
  }

 private:
  bool cancelled() const { return options_.cancelled && options_.cancelled(); }
  bool stopped() {
    const std::lock_guard lock{mutex_};
    return failure_ || cancelled();
  }

  void perform(std::size_t task) {
    models::RunOptions run;
    run.seed = seed_;
    run.replication = static_cast<std::uint32_t>(task / policies_);
    run.shuffle_ties = options_.shuffle_ties.has_value();
    run.tie_seed = options_.shuffle_ties.value_or(0);
    run.cancelled = [this] { return cancelled(); };
    run.progress = [this, task](double share) { tell(task, share); };
    RunSummary summary = simulate_(scenario_.policies[task % policies_].world, run);
    if (summary.totals.cancelled) return;
    keep(task, std::move(summary));
    tell(task, 1);
  }

  // Timelines are large: those of whole replications become one.
  void keep(std::size_t task, RunSummary summary) {
    const std::lock_guard lock{mutex_};
    results_[task] = std::move(summary);
    while (is_whole(whole_)) {
      for (std::size_t policy = 0; policy < policies_; ++policy)
        timelines_[policy].merge(
            std::exchange(results_[whole_ * policies_ + policy]->timeline, Timeline{}));
      ++whole_;
    }
  }

  bool is_whole(std::uint32_t replication) const {
    const std::size_t first = replication * policies_;
    if (first >= results_.size()) return false;
    const auto begin = results_.begin() + static_cast<std::ptrdiff_t>(first);
    return std::all_of(begin, begin + static_cast<std::ptrdiff_t>(policies_),
                       [](const auto& result) { return result.has_value(); });
  }

  void tell(std::size_t task, double share) {
    if (!options_.progress) return;
    const std::lock_guard lock{mutex_};
    done_ += share - shares_[task];
    shares_[task] = share;
    options_.progress(done_ / static_cast<double>(results_.size()));
  }

  const scenarios::Scenario& scenario_;
  const ExperimentOptions& options_;
  const Simulate& simulate_;
  const std::uint64_t seed_;
  const std::size_t policies_;
  std::vector<std::optional<RunSummary>> results_;  // by replication, then policy
  std::vector<double> shares_;
  std::vector<Timeline> timelines_;  // by policy, of the first `whole_` replications
  std::uint32_t whole_ = 0;
  double done_ = 0;
  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;
  std::exception_ptr failure_;
};

void work_on_all_cores(Board& board, std::size_t tasks, unsigned jobs) {
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  const std::size_t workers = std::min<std::size_t>(tasks, jobs == 0 ? cores : jobs);
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < workers; ++i) others.emplace_back([&board] { board.work(); });
  board.work();
  for (std::thread& other : others) other.join();
}

// Common random numbers: every policy must have been offered the same sessions.
void check_workload(const scenarios::Scenario& scenario, const Experiment& experiment) {
  for (std::uint32_t r = 0; r < experiment.replications; ++r)
    for (std::size_t policy = 1; policy < experiment.runs.size(); ++policy)
      if (experiment.runs[policy][r].totals.workload_digest !=
          experiment.runs[0][r].totals.workload_digest)
        throw ExperimentError{
            "replication " + std::to_string(r) + ": policy \"" + scenario.policies[policy].name +
            "\" was offered other sessions than \"" + scenario.policies[0].name + "\""};
}

}  // namespace

Experiment run_experiment(const scenarios::Scenario& scenario, const ExperimentOptions& options,
                          const Simulate& simulate) {
  Experiment experiment;
  experiment.seed = options.seed.value_or(scenario.run.seed);
  experiment.replications_asked =
      static_cast<std::uint32_t>(options.replications.value_or(scenario.run.replications));
  experiment.shuffle_ties = options.shuffle_ties;
  Board board{scenario, options, simulate, experiment.seed, experiment.replications_asked};
  work_on_all_cores(board, scenario.policies.size() * experiment.replications_asked, options.jobs);
  board.collect(experiment);
  check_workload(scenario, experiment);
  return experiment;
}

}  // namespace seatrial::analysis
