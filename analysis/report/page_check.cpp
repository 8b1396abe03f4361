#include <set>

#include "analysis/report/page_json.hpp"

namespace seatrial::analysis {
namespace {

void expect(bool good, const std::string& what) {
  if (!good) throw PageError{"page: " + what};
}

void check_table(const data::Table& table, std::size_t policies) {
  expect(table.rows.size() == policies, "the table has not one row a policy");
  for (const data::TableRow& row : table.rows)
    expect(row.cells.size() == table.heads.size(), "a row of the table has not one cell a head");
}

void check_timeline(const data::RegionTimeline& region, std::size_t windows) {
  for (const data::Numbers* series :
       {&region.operations_per_s, &region.opportunities_per_s, &region.wrong_per_million,
        &region.read_p99_ms, &region.update_p99_ms, &region.failed_per_s,
        &region.broker_calls_per_s, &region.breakers_open, &region.ru_per_s, &region.pods_ready,
        &region.lag_ms})
    expect(series->size() == windows, "a timeline has not one value a window");
  for (const data::Numbers* series :
       {&region.lag_partition, &region.entries_lacking, &region.bytes_waiting})
    expect(series->empty() || series->size() == windows, "a timeline has not one value a window");
}

void check_store(const data::StoreTimeline& store, std::size_t windows) {
  for (const std::size_t size :
       {store.request_bytes_per_s.size(), store.replication_bytes_per_s.size(),
        store.backup_bytes_per_s.size(), store.catch_up_bytes_per_s.size(),
        store.bus_waiting.size(), store.at_risk.size(), store.backup_age_s.size(),
        store.busiest_ru_per_s.size(), store.busiest.size()})
    expect(size == 0 || size == windows, "a timeline of the store has not one value a window");
  expect(store.busiest.size() == store.busiest_ru_per_s.size(),
         "a timeline of the store has not one partition a value");
}

void check_curve(const data::Curve& curve) {
  double before = 0;
  for (const auto& [percentile, milliseconds] : curve) {
    expect(percentile >= before && percentile <= 100, "a curve's percentiles do not rise to 100");
    before = percentile;
  }
}

void check_policy(const data::Policy& policy, const data::Report& report) {
  for (const data::RegionRow& row : policy.regions)
    expect(row.cells.size() == report.region_heads.size(), "a region has not one cell a head");
  for (const data::RegionTimeline& region : policy.timeline)
    check_timeline(region, report.timeline.starts_s.size());
  check_store(policy.store, report.timeline.starts_s.size());
  for (const data::Blast& blast : policy.blast)
    expect(blast.hit <= blast.users && blast.regions_hit.size() <= blast.regions,
           "a fault hits more than there are");
  for (const data::Curves& curves : policy.curves)
    for (const data::Curve* curve : {&curves.read, &curves.update, &curves.staleness})
      check_curve(*curve);
}

void check_diagram(const data::Diagram& diagram) {
  for (const data::Message& message : diagram.messages)
    expect(message.from < diagram.lanes.size() && message.to < diagram.lanes.size(),
           "a message is on no lane");
  for (const data::Mark& mark : diagram.marks)
    expect(mark.lane < diagram.lanes.size(), "a mark is on no lane");
}

}  // namespace

void check(const data::Report& report) {
  const std::size_t policies = report.policies.size();
  expect(report.scenario.baseline < policies && report.verdict.policy < policies &&
             (!report.verdict.runner_up || report.verdict.runner_up->policy < policies),
         "it speaks of a policy that is not in it");
  expect(report.timeline.starts_s.empty() || report.timeline.window_s > 0,
         "the windows of the timeline have no length");
  check_table(report.table, policies);
  for (const data::Policy& policy : report.policies) check_policy(policy, report);
  for (const data::RecoveryRow& row : report.recovery.rows)
    expect(row.cells.size() == report.recovery.heads.size(), "a recovery has not one cell a head");
  for (const data::Measures* table : {&report.freshness, &report.guarantees})
    for (const data::MeasureRow& row : table->rows)
      expect(row.cells.size() == table->heads.size(), "a row of measures has not one cell a head");
  std::set<std::uint64_t> numbers;
  for (const data::SameReadTwice& pair : report.pairs) {
    expect(numbers.insert(pair.number).second, "two violations have one number");
    check_diagram(pair.left);
    check_diagram(pair.right);
  }
}

}  // namespace seatrial::analysis
