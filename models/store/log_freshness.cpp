#include "models/store/log_freshness.hpp"

#include <algorithm>

#include "models/store/replica_order.hpp"

namespace seatrial::models {

LogFreshness::LogFreshness(sim::Simulation& simulation, const WorldConfig& config,
                           const sim::RandomSource& random, Documents& documents,
                           std::vector<Partition>& partitions, Observer& observer)
    : simulation_{simulation},
      config_{config.probes.freshness},
      store_{config.store},
      regions_{static_cast<std::uint32_t>(config.regions.users.size())},
      choice_key_{random.key(sim::Purpose{"probe/replica choice"})},
      documents_{documents},
      partitions_{partitions},
      observer_{observer} {
  for (const DataClassConfig& data : config.data)
    asks_quorum_.push_back(asks_quorum(level_of(data.consistency, store_.consistency)));
  std::sort(config_.after_commit.begin(), config_.after_commit.end());
}

void LogFreshness::begin(std::uint32_t document, Version version, const OperationName& write) {
  if (free_.empty()) free_.push_back(&probes_.emplace_back());
  Probe& probe = *free_.back();
  free_.pop_back();
  probe.document = document;
  probe.version = version;
  probe.committed = simulation_.now();
  probe.write = write;
  probe.next = 0;
  probe.is_fresh.assign(regions_, false);
  documents_.use(document);
  simulation_.schedule(until_next(probe), [this, &probe] { look(probe); });
}

Duration LogFreshness::until_next(const Probe& probe) const {
  return probe.committed + config_.after_commit[probe.next] - simulation_.now();
}

void LogFreshness::look(Probe& probe) {
  const Instant now = simulation_.now();
  for (std::uint32_t r = 0; r < regions_; ++r) {
    if (probe.is_fresh[r] || !is_fresh(probe, RegionId{r}, now)) continue;
    probe.is_fresh[r] = true;
    tell(probe, RegionId{r}, config_.after_commit[probe.next]);
  }
  const bool all =
      std::find(probe.is_fresh.begin(), probe.is_fresh.end(), false) == probe.is_fresh.end();
  if (!all && ++probe.next < config_.after_commit.size()) {
    simulation_.schedule(until_next(probe), [this, &probe] { look(probe); });
    return;
  }
  for (std::uint32_t r = 0; r < regions_; ++r) {
    if (!probe.is_fresh[r]) tell(probe, RegionId{r}, Instant::never() - Instant{});
  }
  documents_.release(probe.document);
  free_.push_back(&probe);
}

bool LogFreshness::is_fresh(const Probe& probe, RegionId region, Instant now) {
  const Document& document = documents_.at(probe.document);
  const bool several = asks_quorum_[document.name.data_class.value()];
  const auto asked = several ? store_.replicas - store_.write_quorum + 1 : 1;
  ReplicaOrder order{store_, choice_key_, probe.write, static_cast<std::uint8_t>(region.value())};
  for (std::int64_t i = 0; i < asked; ++i) {
    const Version held =
        partitions_[document.partition].newest_at(document, region, order.next(), now);
    if (held >= probe.version) return true;
  }
  return false;
}

void LogFreshness::tell(const Probe& probe, RegionId region, Duration fresh_after) {
  FreshnessObserved seen;
  seen.region = region;
  seen.document = documents_.at(probe.document).name;
  seen.version = probe.version;
  seen.committed = probe.committed;
  seen.fresh_after = fresh_after;
  seen.is_exact = false;
  observer_.freshness(seen);
}

}  // namespace seatrial::models
