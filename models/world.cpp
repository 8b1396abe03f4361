#include "models/world.hpp"

#include <algorithm>
#include <memory>
#include <vector>

#include "models/faults/fault_schedule.hpp"
#include "models/faults/timeline.hpp"
#include "models/gauges.hpp"
#include "models/network/network.hpp"
#include "models/pods/front_door.hpp"
#include "models/pods/pod.hpp"
#include "models/sessions/crowd.hpp"
#include "models/store/store.hpp"

namespace seatrial::models {

namespace {

constexpr sim::Purpose cpu_purpose{"pod/cpu"};
constexpr sim::Purpose publish_purpose{"pod/publish"};
constexpr sim::Purpose check_purpose{"broker client/check phase"};

constexpr Duration time_slice = Duration::seconds(1);

// Some 4 GB of sessions: a run that needs more has no steady state. Assumed.
constexpr std::size_t most_pending = 4'000'000;

bool needs_broker(const WorldConfig& config) {
  return std::any_of(
      config.session_token.carry.begin(), config.session_token.carry.end(),
      [](const auto& kind) { return dynamic_cast<const TransportKind&>(*kind).needs_broker(); });
}

// Places know no phases: what they tell the observer of late answers gets its phase here.
class ObserverWithPhases final : public Observer {
 public:
  ObserverWithPhases(Observer& observer, const Timeline& timeline)
      : observer_{observer}, timeline_{timeline} {}

  void operation(const OperationObserved& seen) override { observer_.operation(seen); }
  void commit(const CommitObserved& seen) override { observer_.commit(seen); }
  void fault(const FaultObserved& seen) override { observer_.fault(seen); }
  void takeover(const TakeoverObserved& seen) override { observer_.takeover(seen); }
  void partitions(const PartitionsObserved& seen) override { observer_.partitions(seen); }
  void catch_up(const CatchUpObserved& seen) override { observer_.catch_up(seen); }
  void conflict(const ConflictObserved& seen) override {
    ConflictObserved conflict = seen;
    conflict.phase = timeline_.phase_at(conflict.at);
    conflict.measured = conflict.at >= timeline_.start();
    observer_.conflict(conflict);
  }
  void user_left(const UserLeft& seen) override { observer_.user_left(seen); }
  void late(const LateCost& seen) override {
    LateCost cost = seen;
    cost.phase = timeline_.phase_at(cost.at);
    cost.measured = cost.at >= timeline_.start();
    observer_.late(cost);
  }
  void gauges(const GaugesObserved& seen) override { observer_.gauges(seen); }
  void store(const StoreObserved& seen) override { observer_.store(seen); }
  StoreWitness* witness() override { return observer_.witness(); }
  void replication(const ReplicationObserved& seen) override { observer_.replication(seen); }
  void freshness(const FreshnessObserved& seen) override {
    FreshnessObserved probe = seen;
    probe.measured = probe.committed >= timeline_.start() && probe.committed < timeline_.end();
    observer_.freshness(probe);
  }

 private:
  Observer& observer_;
  const Timeline& timeline_;
};

// The places of one world, in the order in which they need each other.
class World {
 public:
  World(const WorldConfig& config, const RunOptions& options, Observer& observer);

  RunTotals run();

 private:
  void build_brokers();
  void build_pods();
  void play(RunTotals& totals);
  void run_until(Instant until);
  Instant end_of_slice(Instant last) const;
  void check_nothing_is_left() const;

  const WorldConfig& config_;
  const RunOptions& options_;
  sim::Simulation simulation_;
  sim::RandomSource random_;
  Timeline timeline_;
  ObserverWithPhases observer_;
  Network network_;
  Store store_;
  std::vector<std::unique_ptr<Broker>> brokers_;
  std::vector<Broker*> broker_of_region_;
  std::vector<std::unique_ptr<FrontDoor>> doors_;
  std::vector<std::unique_ptr<Pod>> pods_;
  std::vector<std::vector<Pod*>> pods_of_region_;
  std::unique_ptr<FaultSchedule> faults_;
  std::unique_ptr<Crowd> crowd_;
  std::unique_ptr<Gauges> gauges_;
};

World::World(const WorldConfig& config, const RunOptions& options, Observer& observer)
    : config_{config},
      options_{options},
      simulation_{options.seed, sim::TieOrder{options.shuffle_ties, options.tie_seed}},
      random_{options.seed, options.replication},
      timeline_{config},
      observer_{observer, timeline_},
      network_{config.regions, random_, options.followed},
      store_{simulation_, network_, config, random_, observer_} {
  build_brokers();
  build_pods();
  faults_ =
      std::make_unique<FaultSchedule>(FaultTargets{simulation_, network_, store_, config_,
                                                   observer_, broker_of_region_, pods_of_region_},
                                      timeline_, random_);
  crowd_ =
      std::make_unique<Crowd>(CrowdSurroundings{simulation_, network_, store_, config_, timeline_,
                                                doors_, broker_of_region_, observer_},
                              random_);
  gauges_ = std::make_unique<Gauges>(config_, network_, store_, broker_of_region_, pods_of_region_,
                                     observer_);
}

// A broker exists only where a policy uses it.
void World::build_brokers() {
  broker_of_region_.assign(network_.regions(), nullptr);
  if (!needs_broker(config_)) return;
  for (std::uint32_t r = 0; r != network_.regions(); ++r) {
    const bool is_central = config_.broker.placement != "per_region";
    if (is_central && network_.region_named(config_.broker.placement) != RegionId{r}) continue;
    brokers_.push_back(std::make_unique<Broker>(simulation_, network_, config_.broker,
                                                Place{RegionId{r}, 0}, random_, observer_,
                                                config_.session_token.asynchronous));
    broker_of_region_[r] = brokers_.back().get();
    if (is_central) broker_of_region_.assign(network_.regions(), brokers_.back().get());
  }
}

void World::build_pods() {
  const PodSurroundings surroundings{simulation_,
                                     network_,
                                     store_,
                                     config_,
                                     observer_,
                                     random_.key(cpu_purpose),
                                     random_.key(publish_purpose)};
  const sim::StreamKey check_key = random_.key(check_purpose);
  pods_of_region_.resize(network_.regions());
  for (std::uint32_t r = 0; r != network_.regions(); ++r) {
    doors_.push_back(std::make_unique<FrontDoor>(config_.pods, random_));
    for (std::int64_t i = 0; i != config_.pods.count; ++i) {
      const PodId id{static_cast<std::uint32_t>(pods_.size())};
      const Place place{RegionId{r}, static_cast<std::uint8_t>(i % config_.regions.zones)};
      sim::Stream draws{check_key, id.value()};
      const auto period = static_cast<double>(config_.broker.client.timeout_check.ns());
      const auto phase = Duration::nanoseconds(static_cast<std::int64_t>(draws.uniform() * period));
      pods_.push_back(std::make_unique<Pod>(surroundings, id, place, broker_of_region_[r], phase));
      doors_.back()->add(*pods_.back());
      pods_of_region_[r].push_back(pods_.back().get());
    }
  }
}

RunTotals World::run() {
  RunTotals totals;
  sim::Limits limits;
  limits.pending = most_pending;
  simulation_.limit(limits);
  faults_->start();
  crowd_->start();
  play(totals);
  if (simulation_.pending() == 0) check_nothing_is_left();
  store_.tell_end();
  observer_.replication(store_.replication(simulation_.now()));
  totals.operations = crowd_->operations();
  totals.sessions = crowd_->sessions();
  totals.events = simulation_.events();
  totals.dropped_answers = simulation_.dropped_answers();
  totals.lost_messages = network_.lost();
  totals.unsent_bytes = network_.unsent();
  totals.workload_digest = crowd_->workload_digest();
  return totals;
}

// In slices of simulated time, so that somebody can look at the progress or end it.
void World::play(RunTotals& totals) {
  const double whole = static_cast<double>(timeline_.end().ns());
  Instant until;
  while (simulation_.pending() != 0) {
    until = end_of_slice(until);
    run_until(until);
    if (simulation_.ended_by() == sim::EndedBy::pending_limit) {
      totals.limit_reached = true;
      return;
    }
    store_.look_at_followed();
    if (options_.cancelled && options_.cancelled()) {
      totals.cancelled = true;
      return;
    }
    if (options_.progress) {
      options_.progress(std::min(1.0, static_cast<double>(until.ns()) / whole));
    }
  }
}

// Stops on the way to tell gauges; a limit ends it for good.
void World::run_until(Instant until) {
  while (gauges_->next() <= until) {
    simulation_.run_until(gauges_->next());
    if (simulation_.ended_by() == sim::EndedBy::pending_limit) return;
    gauges_->tell();
  }
  simulation_.run_until(until);
}

// After the last phase only the last sessions are played out, and some pause for years.
Instant World::end_of_slice(Instant last) const {
  if (last <= timeline_.end()) return last + time_slice;
  const Duration longer = last - timeline_.end() + time_slice;
  return longer < Instant::never() - last ? last + longer : Instant::never();
}

// When nothing more will happen, whoever still waits would wait for ever.
void World::check_nothing_is_left() const {
  SEATRIAL_ASSERT(crowd_->users_alive() == 0, "a user is left when nothing can happen any more");
  for (const auto& pod : pods_) {
    SEATRIAL_ASSERT(pod->is_idle(), "a request is left when nothing can happen any more");
  }
}

}  // namespace

RunTotals run_world(const WorldConfig& config, const RunOptions& options, Observer& observer) {
  World world{config, options, observer};
  return world.run();
}

}  // namespace seatrial::models
