#include "analysis/collectors/summary_collector.hpp"

#include <algorithm>
#include <utility>

#include "analysis/read_level.hpp"
#include "models/world_config.hpp"

namespace seatrial::analysis {

using models::Duration;
using models::OperationKind;
using models::OperationObserved;
using models::Outcome;

namespace {

Duration timeline_of(const models::WorldConfig& world) {
  Duration all = world.warmup;
  for (const models::PhaseConfig& phase : world.phases) all += phase.length;
  return all;
}

std::vector<models::Instant> starts_of_phases(const models::WorldConfig& world) {
  std::vector<models::Instant> starts;
  models::Instant start = models::Instant::at(world.warmup);
  for (const models::PhaseConfig& phase : world.phases) {
    starts.push_back(start);
    start = start + phase.length;
  }
  return starts;
}

// The front door gives up after its timeout; the rest is travel, and generous.
Duration longest_operation_of(const models::WorldConfig& world) {
  return std::max(Duration::seconds(600), world.regions.request_timeout * 2);
}

// None of the regions when the world does not name it.
models::RegionId write_region_of(const models::WorldConfig& world) {
  const auto& users = world.regions.users;
  const auto found = std::find_if(users.begin(), users.end(), [&](const models::UserShare& share) {
    return share.region == world.store.write_region;
  });
  return models::RegionId{static_cast<std::uint32_t>(found - users.begin())};
}

// What the next opportunity adds to the square of how many there were.
std::uint64_t growth_of_square(std::uint32_t& so_far) { return 2 * std::uint64_t{so_far++} + 1; }

void count(Tally& tally, Finding finding, std::uint32_t& so_far) {
  if (finding == Finding::no_opportunity) return;
  ++tally.opportunities;
  tally.violations += finding == Finding::broken;
  tally.squares += growth_of_square(so_far);
}

void count(Tally& tally, bool violated, std::uint64_t growth) {
  ++tally.opportunities;
  tally.violations += violated;
  tally.squares += growth;
}

void count(ByAge& by_age, const Judged& judged) {
  if (judged.finding == Finding::no_opportunity) return;
  by_age.opportunities.record(judged.age.ns());
  if (judged.finding == Finding::broken) by_age.violations.record(judged.age.ns());
}

void count_price(Counts& counts, const OperationObserved& seen, std::uint32_t& so_far) {
  ++counts.operations;
  counts.operation_squares += growth_of_square(so_far);
  ++counts.outcomes[static_cast<std::size_t>(seen.outcome)];
  counts.failed += !models::is_served(seen.outcome);
  counts.degraded += seen.degraded != models::Degraded::no;
  counts.throttled += seen.throttled != 0;
  counts.ru_thousandths += seen.ru.thousandths;
  counts.bytes += seen.bytes;
  counts.broker_calls += seen.broker_calls;
  counts.cross_region_calls += seen.cross_region_calls;
  counts.store_requests += seen.attempts;
}

void count_write(Counts& counts, const OperationObserved& update, const Judgement& judgement,
                 Opportunities::OfSession& so_far) {
  count(counts.mw, judgement.mw.finding, so_far.mw);
  count(counts.wfr, judgement.wfr.finding, so_far.wfr);
  if (update.kind != OperationKind::update) return;
  const std::uint64_t growth = growth_of_square(so_far.good_updates);
  count(counts.lost_update, update.lost_update, growth);
  count(counts.conflict, update.in_conflict, growth);
}

}  // namespace

SummaryCollector::SummaryCollector(const models::WorldConfig& world)
    : heeds_token_{classes_that_heed_tokens(world)},
      write_region_{write_region_of(world)},
      phases_{starts_of_phases(world)},
      phases_start_{models::Instant::at(world.warmup)},
      phases_end_{models::Instant::at(timeline_of(world))},
      offsets_{world.probes.freshness.after_commit},
      summary_{shape_of(world)},
      digest_{timeline_of(world)},
      guarantees_{longest_operation_of(world)},
      timeline_{models::windows_of(world), summary_.shape.regions, write_region_},
      blast_{summary_.shape.phases, summary_.shape.regions},
      exercised_{heeds_token_, write_region_, phases_start_},
      recovery_{phases_} {}

void SummaryCollector::operation(const OperationObserved& seen) {
  digest_.operation(seen);
  const Judgement judgement = guarantees_.operation(seen);
  timeline_.operation(seen, judgement);
  count_by_the_clock(seen, judgement);
  recovery_.operation(seen);
  if (!seen.measured) return;

  Cell& cell = summary_.cell(seen.phase, seen.region, seen.document.data_class, seen.kind);
  const Opportunities::SoFar so_far = opportunities_.find_or_add(seen.user, seen.session);
  count_price(cell.counts, seen, so_far.session.operations);
  exercised_.operation(seen);
  blast_.operation(seen, judgement.ryw_user.finding == Finding::broken, so_far.user.met);
  if (seen.outcome == Outcome::ok) good_operation(seen, judgement, cell, so_far);
}

// Sessions of the warm-up go on into the phases and are part of their load.
void SummaryCollector::count_by_the_clock(const OperationObserved& seen,
                                          const Judgement& judgement) {
  if (seen.invoked < phases_start_ || seen.invoked >= phases_end_) return;
  summary_.use(seen.phase, seen.region).merge({1, seen.ru.thousandths, seen.bytes});
  if (judgement.ryw_user.finding != Finding::broken) return;
  ++summary_.wrong_in_phase[seen.phase.value()];
}

void SummaryCollector::good_operation(const OperationObserved& seen, const Judgement& judgement,
                                      Cell& cell, Opportunities::SoFar so_far) {
  cell.latency.record((seen.completed - seen.invoked).ns());
  if (models::is_write(seen.kind)) return count_write(cell.counts, seen, judgement, so_far.session);
  good_read(seen, judgement, cell, so_far);
  SinceWrite& since = summary_.since(seen.phase, seen.region);
  count(since.ryw, judgement.ryw);
  count(since.ryw_user, judgement.ryw_user);
}

void SummaryCollector::good_read(const OperationObserved& read, const Judgement& judgement,
                                 Cell& cell, Opportunities::SoFar so_far) {
  Counts& counts = cell.counts;
  count(counts.ryw, judgement.ryw.finding, so_far.session.ryw);
  count(counts.mr, judgement.mr.finding, so_far.session.mr);
  count(counts.ryw_user, judgement.ryw_user.finding, so_far.user.ryw_user);
  count(counts.lost, judgement.lost.finding, so_far.session.lost);
  explain(Guarantee::ryw, judgement.ryw, read, counts);
  explain(Guarantee::mr, judgement.mr, read, counts);
  explain(Guarantee::ryw_user, judgement.ryw_user, read, counts);

  const bool stale = read.truth.versions_behind > 0;
  const std::uint64_t growth = growth_of_square(so_far.session.good_reads);
  count(counts.stale, stale, growth);
  count(counts.disallowed, !read.truth.allowed, growth);
  if (read.region != write_region_)
    count(counts.to_write_region, read.served_by == write_region_, growth);
  counts.versions_behind += read.truth.versions_behind;
  if (stale) cell.behind.record(read.truth.behind.ns());
}

void SummaryCollector::explain(Guarantee guarantee, const Judged& judged,
                               const OperationObserved& read, Counts& counts) {
  if (judged.finding != Finding::broken) return;
  const Cause cause = cause_of(read, judged.floor, heeds_token_[read.document.data_class.value()]);
  ++counts.causes[static_cast<std::size_t>(guarantee)][static_cast<std::size_t>(cause)];
  examples_.add({guarantee, cause, judged.floor, judged.age, read});
}

void SummaryCollector::commit(const models::CommitObserved& seen) { digest_.commit(seen); }

void SummaryCollector::takeover(const models::TakeoverObserved& seen) {
  if (seen.from != seen.to) exercised_.takeover(seen);
  digest_.takeover(seen);
  recovery_.takeover(seen);
  guarantees_.takeover(seen);
}

void SummaryCollector::conflict(const models::ConflictObserved& seen) {
  digest_.conflict(seen);
  if (!seen.measured) return;
  const models::DataClassId data_class = seen.document.data_class;
  Counts& counts =
      summary_.cell(seen.phase, seen.lost_in, data_class, OperationKind::update).counts;
  ++counts.lost_to_conflict;
}

void SummaryCollector::user_left(const models::UserLeft& left) {
  guarantees_.user_left(left);
  opportunities_.forget(left.user);
}

void SummaryCollector::late(const models::LateCost& cost) {
  timeline_.late(cost);
  if (!cost.measured) return;
  if (cost.at < phases_end_) {
    summary_.use(cost.phase, cost.region).merge({0, cost.ru.thousandths, cost.bytes});
  }
  exercised_.late(cost);
  Counts& counts =
      summary_.cell(cost.phase, cost.region, cost.document.data_class, cost.kind).counts;
  counts.ru_thousandths += cost.ru.thousandths;
  counts.bytes += cost.bytes;
  counts.broker_calls += cost.broker_calls;
  counts.cross_region_calls += cost.cross_region_calls;
}

void SummaryCollector::gauges(const models::GaugesObserved& seen) {
  timeline_.gauges(seen);
  exercised_.gauges(seen);
  recovery_.gauges(seen);
  at_risk_ += seen.not_durable;
  if (seen.at >= phases_start_) {
    RegionLooks& here =
        summary_.region_looks[phase_at(seen.at) * summary_.shape.regions + seen.region.value()];
    ++here.looks.regions;
    here.looks.lag_ns += seen.replication_lag.ns();
    here.lag.record(seen.replication_lag.ns());
  }
  if (seen.region != write_region_ || seen.at < phases_start_) return;
  summary_.at_risk.merge({1, seen.not_durable, seen.not_durable, seen.not_durable_age});
}

std::size_t SummaryCollector::phase_at(models::Instant at) const {
  const auto next = std::upper_bound(phases_.begin(), phases_.end(), at);
  return static_cast<std::size_t>(next - phases_.begin()) - 1;
}

// Comes after the gauges of all regions.
void SummaryCollector::store(const models::StoreObserved& seen) {
  timeline_.store(seen);
  const models::StoreObserved before = std::exchange(last_look_, seen);
  const std::uint64_t at_risk = std::exchange(at_risk_, 0);
  if (seen.at < phases_start_) return;
  Looks& looks = summary_.store_looks[phase_at(seen.at)];
  ++looks.store;
  looks.between_ns += (seen.at - before.at).ns();
  looks.replication_bytes += seen.so_far.replication_bytes - before.so_far.replication_bytes;
  looks.at_risk += at_risk;
  looks.backups += seen.backup_age ? 1 : 0;
  looks.backup_age_ns += seen.backup_age.value_or(Duration{}).ns();
}

void SummaryCollector::replication(const models::ReplicationObserved& seen) {
  summary_.replication = seen;
}

void SummaryCollector::count_recoveries() {
  summary_.recoveries = recovery_.finish(phases_end_);
  for (const FaultRecovery& fault : summary_.recoveries) {
    Cell& cell = summary_.cell(fault.phase, fault.region, models::DataClassId{0},
                               models::OperationKind::read);
    cell.counts.recovery.merge(fault.whole);
  }
}

void SummaryCollector::freshness(const models::FreshnessObserved& seen) {
  if (!seen.measured) return;
  summary_.freshness.resize(summary_.shape.regions);
  summary_.freshness[seen.region.value()].add(seen, offsets_);
}

RunSummary SummaryCollector::finish(const models::RunTotals& totals) {
  summary_.totals = totals;
  summary_.unjudged = guarantees_.unjudged();
  summary_.digest = digest_.value();
  summary_.checkpoints = digest_.checkpoints();
  summary_.timeline = timeline_.take();
  summary_.blast = blast_.take();
  summary_.exercised = exercised_.counted();
  summary_.violations = examples_.take();
  count_recoveries();
  return std::move(summary_);
}

}  // namespace seatrial::analysis
