#include "analysis/run_summary.hpp"

#include <algorithm>

#include "models/world_config.hpp"
#include "sim/assert.hpp"

namespace seatrial::analysis {

namespace {

void add(sim::Hash128& sum, const sim::Hash128& other) {
  sim::CommutativeDigest both;
  both.add(sum);
  both.add(other);
  sum = both.value();
}

template <class Array>
void add_each(Array& sums, const Array& others) {
  for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += others[i];
}

void add(models::RunTotals& sum, const models::RunTotals& other) {
  sum.operations += other.operations;
  sum.sessions += other.sessions;
  sum.events += other.events;
  sum.dropped_answers += other.dropped_answers;
  sum.lost_messages += other.lost_messages;
  sum.unsent_bytes += other.unsent_bytes;
  add(sum.workload_digest, other.workload_digest);
  sum.cancelled |= other.cancelled;
  sum.limit_reached |= other.limit_reached;
}

std::size_t index(const Shape& shape, models::PhaseId phase, models::RegionId region) {
  SEATRIAL_ASSERT(phase.value() < shape.phases, "no such phase");
  SEATRIAL_ASSERT(region.value() < shape.regions, "no such region");
  return std::size_t{phase.value()} * shape.regions + region.value();
}

std::size_t index(const Shape& shape, models::PhaseId phase, models::RegionId region,
                  models::DataClassId data_class, models::OperationKind kind) {
  SEATRIAL_ASSERT(data_class.value() < shape.data_classes, "no such data class");
  const std::size_t of_kind = models::is_write(kind) ? 1 : 0;
  return (index(shape, phase, region) * shape.data_classes + data_class.value()) * shape.kinds +
         of_kind;
}

}  // namespace

void Looks::merge(const Looks& other) {
  regions += other.regions;
  lag_ns += other.lag_ns;
  store += other.store;
  between_ns += other.between_ns;
  replication_bytes += other.replication_bytes;
  at_risk += other.at_risk;
  backups += other.backups;
  backup_age_ns += other.backup_age_ns;
}

void RegionLooks::merge(const RegionLooks& other) {
  looks.merge(other.looks);
  lag.merge(other.lag);
}

void Counts::merge(const Counts& other) {
  operations += other.operations;
  operation_squares += other.operation_squares;
  failed += other.failed;
  degraded += other.degraded;
  throttled += other.throttled;
  for (const auto tally : {&Counts::ryw, &Counts::mr, &Counts::ryw_user, &Counts::mw, &Counts::wfr,
                           &Counts::lost, &Counts::stale, &Counts::lost_update, &Counts::conflict,
                           &Counts::disallowed, &Counts::to_write_region})
    (this->*tally).merge(other.*tally);
  versions_behind += other.versions_behind;
  lost_to_conflict += other.lost_to_conflict;
  add_each(outcomes, other.outcomes);
  for (std::size_t i = 0; i < causes.size(); ++i) add_each(causes[i], other.causes[i]);
  ru_thousandths += other.ru_thousandths;
  bytes += other.bytes;
  broker_calls += other.broker_calls;
  cross_region_calls += other.cross_region_calls;
  store_requests += other.store_requests;
  recovery.merge(other.recovery);
  looks.merge(other.looks);
}

void Cell::merge(const Cell& other) {
  counts.merge(other.counts);
  latency.merge(other.latency);
  behind.merge(other.behind);
}

void ByAge::merge(const ByAge& other) {
  opportunities.merge(other.opportunities);
  violations.merge(other.violations);
}

void SinceWrite::merge(const SinceWrite& other) {
  ryw.merge(other.ryw);
  ryw_user.merge(other.ryw_user);
}

void Use::merge(const Use& other) {
  operations += other.operations;
  ru_thousandths += other.ru_thousandths;
  bytes += other.bytes;
}

Shape shape_of(const models::WorldConfig& world) {
  Shape shape;
  shape.phases = static_cast<std::uint32_t>(world.phases.size());
  shape.regions = static_cast<std::uint32_t>(world.regions.users.size());
  shape.data_classes = static_cast<std::uint32_t>(world.data.size());
  return shape;
}

RunSummary::RunSummary(const Shape& of)
    : shape{of},
      cells(of.cells()),
      since_write(std::size_t{of.phases} * of.regions),
      blast(std::min<std::size_t>(of.phases, BlastRadius::most_phases) * of.regions),
      wrong_in_phase(of.phases),
      uses(std::size_t{of.phases} * of.regions),
      region_looks(std::size_t{of.phases} * of.regions),
      store_looks(of.phases),
      checkpoints(checkpoint_count) {}

Cell& RunSummary::cell(models::PhaseId phase, models::RegionId region,
                       models::DataClassId data_class, models::OperationKind kind) {
  return cells[index(shape, phase, region, data_class, kind)];
}

const Cell& RunSummary::cell(models::PhaseId phase, models::RegionId region,
                             models::DataClassId data_class, models::OperationKind kind) const {
  return cells[index(shape, phase, region, data_class, kind)];
}

Use& RunSummary::use(models::PhaseId phase, models::RegionId region) {
  return uses[index(shape, phase, region)];
}

const Use& RunSummary::use(models::PhaseId phase, models::RegionId region) const {
  return uses[index(shape, phase, region)];
}

SinceWrite& RunSummary::since(models::PhaseId phase, models::RegionId region) {
  return since_write[index(shape, phase, region)];
}

const SinceWrite& RunSummary::since(models::PhaseId phase, models::RegionId region) const {
  return since_write[index(shape, phase, region)];
}

void AtRisk::merge(const AtRisk& other) {
  looks += other.looks;
  writes += other.writes;
  most = std::max(most, other.most);
  oldest = std::max(oldest, other.oldest);
}

void RunSummary::merge(const RunSummary& other) {
  if (cells.empty()) *this = RunSummary{other.shape};
  SEATRIAL_ASSERT(shape == other.shape, "summaries of different shapes do not add up");
  for (std::size_t i = 0; i < cells.size(); ++i) cells[i].merge(other.cells[i]);
  for (std::size_t i = 0; i < since_write.size(); ++i) since_write[i].merge(other.since_write[i]);
  for (std::size_t i = 0; i < blast.size(); ++i) blast[i].merge(other.blast[i]);
  add_each(wrong_in_phase, other.wrong_in_phase);
  for (std::size_t i = 0; i < uses.size(); ++i) uses[i].merge(other.uses[i]);
  for (std::size_t i = 0; i < region_looks.size(); ++i)
    region_looks[i].merge(other.region_looks[i]);
  for (std::size_t i = 0; i < store_looks.size(); ++i) store_looks[i].merge(other.store_looks[i]);
  freshness.resize(std::max(freshness.size(), other.freshness.size()));
  for (std::size_t i = 0; i < other.freshness.size(); ++i) freshness[i].merge(other.freshness[i]);
  timeline.merge(other.timeline);
  exercised.merge(other.exercised);
  analysis::merge(recoveries, other.recoveries);
  unjudged += other.unjudged;
  replication.merge(other.replication);
  at_risk.merge(other.at_risk);
  add(totals, other.totals);
  add(digest, other.digest);
  for (std::size_t i = 0; i < checkpoints.size(); ++i) add(checkpoints[i], other.checkpoints[i]);
}

}  // namespace seatrial::analysis
