#include "analysis/collectors/summary_collector.hpp"

#include <algorithm>
#include <utility>

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

// The front door gives up after its timeout; the rest is travel, and generous.
Duration longest_operation_of(const models::WorldConfig& world) {
  return std::max(Duration::seconds(600), world.regions.request_timeout * 2);
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
  counts.failed += seen.outcome != Outcome::ok;
  counts.degraded += seen.degraded != models::Degraded::no;
  counts.ru_thousandths += seen.ru.thousandths;
  counts.bytes += seen.bytes;
  counts.broker_calls += seen.broker_calls;
  counts.cross_region_calls += seen.cross_region_calls;
  counts.store_requests += seen.attempts;
}

void count_read(Cell& cell, const OperationObserved& read, const Judgement& judgement,
                Opportunities::SoFar so_far) {
  Counts& counts = cell.counts;
  count(counts.ryw, judgement.ryw.finding, so_far.session.ryw);
  count(counts.mr, judgement.mr.finding, so_far.session.mr);
  count(counts.ryw_user, judgement.ryw_user.finding, so_far.user.ryw_user);
  count(counts.lost, judgement.lost.finding, so_far.session.lost);

  const bool stale = read.truth.versions_behind > 0;
  const std::uint64_t growth = growth_of_square(so_far.session.good_reads);
  count(counts.stale, stale, growth);
  count(counts.disallowed, !read.truth.allowed, growth);
  counts.versions_behind += read.truth.versions_behind;
  if (stale) cell.behind.record(read.truth.behind.ns());
}

void count_update(Counts& counts, const OperationObserved& update, const Judgement& judgement,
                  Opportunities::OfSession& so_far) {
  count(counts.mw, judgement.mw.finding, so_far.mw);
  count(counts.wfr, judgement.wfr.finding, so_far.wfr);
  count(counts.lost_update, update.lost_update, growth_of_square(so_far.good_updates));
}

}  // namespace

SummaryCollector::SummaryCollector(const models::WorldConfig& world)
    : SummaryCollector{shape_of(world), timeline_of(world), longest_operation_of(world)} {}

SummaryCollector::SummaryCollector(const Shape& shape, Duration timeline,
                                   Duration longest_operation)
    : summary_{shape}, digest_{timeline}, guarantees_{longest_operation} {}

void SummaryCollector::operation(const OperationObserved& seen) {
  digest_.operation(seen);
  const Judgement judgement = guarantees_.operation(seen);
  if (!seen.measured) return;

  Cell& cell = summary_.cell(seen.phase, seen.region, seen.document.data_class, seen.kind);
  const Opportunities::SoFar so_far = opportunities_.find_or_add(seen.user, seen.session);
  count_price(cell.counts, seen, so_far.session.operations);
  if (seen.outcome != Outcome::ok) return;
  cell.latency.record((seen.completed - seen.invoked).ns());
  if (seen.kind == OperationKind::update)
    return count_update(cell.counts, seen, judgement, so_far.session);
  count_read(cell, seen, judgement, so_far);
  SinceWrite& since = summary_.since(seen.phase, seen.region);
  count(since.ryw, judgement.ryw);
  count(since.ryw_user, judgement.ryw_user);
}

void SummaryCollector::commit(const models::CommitObserved& seen) { digest_.commit(seen); }

void SummaryCollector::user_left(const models::UserLeft& left) {
  guarantees_.user_left(left);
  opportunities_.forget(left.user);
}

void SummaryCollector::late(const models::LateCost& cost) {
  if (!cost.measured) return;
  Counts& counts =
      summary_.cell(cost.phase, cost.region, cost.document.data_class, cost.kind).counts;
  counts.ru_thousandths += cost.ru.thousandths;
  counts.bytes += cost.bytes;
  counts.broker_calls += cost.broker_calls;
  counts.cross_region_calls += cost.cross_region_calls;
}

RunSummary SummaryCollector::finish(const models::RunTotals& totals) {
  summary_.totals = totals;
  summary_.unjudged = guarantees_.unjudged();
  summary_.digest = digest_.value();
  summary_.checkpoints = digest_.checkpoints();
  return std::move(summary_);
}

}  // namespace seatrial::analysis
