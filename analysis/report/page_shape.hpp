// The keys of a report's JSON, told once for who writes it, who reads it back and who compares it
// with page/src/data.ts. A visitor has
//
//   visit("key", member)            text, number, count, list, pair or struct
//   visit.word("key", member, ws)   one of a few words
//   visit.flag("key", member)       left out when false
//   visit.extra("key", member)      may be missing: who wrote it did not know it
#pragma once

#include "analysis/report/page_data.hpp"

namespace seatrial::analysis::data {

inline constexpr std::string_view report_format = "seatrial-report/1";

template <class Visit>
void describe(Visit& visit, Interval& x) {
  visit("estimate", x.estimate);
  visit("low", x.low);
  visit("high", x.high);
  visit.flag("zero_bound", x.zero_bound);
  visit("text", x.text);
}

template <class Visit>
void describe(Visit& visit, TableCell& x) {
  visit("text", x.text);
  visit("interval", x.interval);
  visit.word("verdict", x.verdict, verdict_names);
  visit.extra("place", x.place);
}

template <class Visit>
void describe(Visit& visit, TableHead& x) {
  visit("name", x.name);
  visit("what", x.what);
  visit("limit", x.limit);
}

template <class Visit>
void describe(Visit& visit, TableRow& x) {
  visit("policy", x.policy);
  visit("cells", x.cells);
  visit("ru", x.ru);
  visit("month", x.month);
  visit("cost", x.cost);
  visit("met", x.met);
}

template <class Visit>
void describe(Visit& visit, Table& x) {
  visit("heads", x.heads);
  visit("rows", x.rows);
  visit("has_months", x.has_months);
  visit("cost_head", x.cost_head);
  visit("legend", x.legend);
}

template <class Visit>
void describe(Visit& visit, Contender& x) {
  visit("policy", x.policy);
  visit("standing", x.standing);
  visit("shortfall", x.shortfall);
  visit("preference", x.preference);
}

template <class Visit>
void describe(Visit& visit, VerdictText& x) {
  visit.word("kind", x.kind, verdict_kinds);
  visit("policy", x.policy);
  visit("standing", x.standing);
  visit("shortfall", x.shortfall);
  visit("runner_up", x.runner_up);
}

template <class Visit>
void describe(Visit& visit, Phase& x) {
  visit("name", x.name);
  visit("from_s", x.from_s);
  visit("to_s", x.to_s);
  visit("load", x.load);
  visit("stands_for", x.stands_for);
  visit("faults", x.faults);
}

template <class Visit>
void describe(Visit& visit, Curves& x) {
  visit("region", x.region);
  visit("read", x.read);
  visit("update", x.update);
  visit("staleness", x.staleness);
}

template <class Visit>
void describe(Visit& visit, AgeBucket& x) {
  visit("from_ms", x.from_ms);
  visit("to_ms", x.to_ms);
  visit("opportunities", x.opportunities);
  visit("violations", x.violations);
}

template <class Visit>
void describe(Visit& visit, CauseCount& x) {
  visit.word("guarantee", x.guarantee, guarantee_names);
  visit("cause", x.cause);
  visit("sentence", x.sentence);
  visit("count", x.count);
  visit("share", x.share);
}

template <class Visit>
void describe(Visit& visit, RegionRow& x) {
  visit("region", x.region);
  visit("writes", x.writes);
  visit("wrong_per_million", x.wrong_per_million);
  visit("cells", x.cells);
}

template <class Visit>
void describe(Visit& visit, ExtraCalls& x) {
  visit("cross_region_per_operation", x.cross_region_per_operation);
  visit("store_requests_per_operation", x.store_requests_per_operation);
  visit("broker_calls_per_operation", x.broker_calls_per_operation);
  visit("bytes_per_operation", x.bytes_per_operation);
  visit("write_region_share", x.write_region_share);
}

template <class Visit>
void describe(Visit& visit, Blast& x) {
  visit("phase", x.phase);
  visit("faults", x.faults);
  visit("users", x.users);
  visit("wrong", x.wrong);
  visit("failed", x.failed);
  visit("degraded", x.degraded);
  visit("hit", x.hit);
  visit("usual", x.usual);
  visit("regions_hit", x.regions_hit);
  visit("regions", x.regions);
}

template <class Visit>
void describe(Visit& visit, RegionTimeline& x) {
  visit("region", x.region);
  visit("operations_per_s", x.operations_per_s);
  visit("opportunities_per_s", x.opportunities_per_s);
  visit("wrong_per_million", x.wrong_per_million);
  visit("read_p99_ms", x.read_p99_ms);
  visit("update_p99_ms", x.update_p99_ms);
  visit("failed_per_s", x.failed_per_s);
  visit("broker_calls_per_s", x.broker_calls_per_s);
  visit("breakers_open", x.breakers_open);
  visit("ru_per_s", x.ru_per_s);
  visit("pods_ready", x.pods_ready);
  visit("lag_ms", x.lag_ms);
  visit.extra("lag_partition", x.lag_partition);
  visit.extra("entries_lacking", x.entries_lacking);
  visit.extra("bytes_waiting", x.bytes_waiting);
}

template <class Visit>
void describe(Visit& visit, StoreTimeline& x) {
  visit("request_bytes_per_s", x.request_bytes_per_s);
  visit("replication_bytes_per_s", x.replication_bytes_per_s);
  visit("backup_bytes_per_s", x.backup_bytes_per_s);
  visit("catch_up_bytes_per_s", x.catch_up_bytes_per_s);
  visit("bus_waiting", x.bus_waiting);
  visit("at_risk", x.at_risk);
  visit("backup_age_s", x.backup_age_s);
  visit("busiest_ru_per_s", x.busiest_ru_per_s);
  visit("busiest", x.busiest);
  visit("ru_limit_per_s", x.ru_limit_per_s);
}

template <class Visit>
void describe(Visit& visit, Policy& x) {
  visit("name", x.name);
  visit("changes", x.changes);
  visit("met", x.met);
  visit("missed", x.missed);
  visit("inconclusive", x.inconclusive);
  visit("wrong_per_million", x.wrong_per_million);
  visit("read_p99_ms", x.read_p99_ms);
  visit("read_p99_region", x.read_p99_region);
  visit("update_p99_ms", x.update_p99_ms);
  visit("update_p99_region", x.update_p99_region);
  visit("availability", x.availability);
  visit("ru_per_operation", x.ru_per_operation);
  visit("differences", x.differences);
  visit("curves", x.curves);
  visit("since_write", x.since_write);
  visit("nearly_all_within", x.nearly_all_within);
  visit("causes", x.causes);
  visit("regions", x.regions);
  visit("extra", x.extra);
  visit("blast", x.blast);
  visit("timeline", x.timeline);
  visit.extra("store", x.store);
  visit("not_exercised", x.not_exercised);
  visit.extra("takes", x.takes);
}

template <class Visit>
void describe(Visit& visit, Input& x) {
  visit("pointer", x.pointer);
  visit("value", x.value);
  visit.word("origin", x.origin, origin_names);
  visit("source", x.source);
  visit("policies", x.policies);
  visit.flag("idle", x.idle);
}

template <class Visit>
void describe(Visit& visit, Lane& x) {
  visit("label", x.label);
  visit("place", x.place);
  visit.word("kind", x.kind, lane_kind_names);
}

template <class Visit>
void describe(Visit& visit, Message& x) {
  visit("from", x.from);
  visit("to", x.to);
  visit("sent_ms", x.sent_ms);
  visit("arrives_ms", x.arrives_ms);
  visit("label", x.label);
  visit("token", x.token);
  visit.word("role", x.role, role_names);
}

template <class Visit>
void describe(Visit& visit, Mark& x) {
  visit("lane", x.lane);
  visit("at_ms", x.at_ms);
  visit("label", x.label);
  visit.word("role", x.role, role_names);
}

template <class Visit>
void describe(Visit& visit, Diagram& x) {
  visit("policy", x.policy);
  visit("verdict", x.verdict);
  visit("wrong", x.wrong);
  visit("lanes", x.lanes);
  visit("messages", x.messages);
  visit("marks", x.marks);
  visit("text", x.text);
}

template <class Visit>
void describe(Visit& visit, SameReadTwice& x) {
  visit("number", x.number);
  visit.word("guarantee", x.guarantee, guarantee_names);
  visit("cause", x.cause);
  visit("sentence", x.sentence);
  visit("evidence", x.evidence);
  visit("left", x.left);
  visit("right", x.right);
}

template <class Visit>
void describe(Visit& visit, Omission& x) {
  visit("what", x.what);
  visit("direction", x.direction);
}

template <class Visit>
void describe(Visit& visit, Program& x) {
  visit("name", x.name);
  visit("version", x.version);
}

template <class Visit>
void describe(Visit& visit, ScenarioText& x) {
  visit("file", x.file);
  visit("title", x.title);
  visit("question", x.question);
  visit("baseline", x.baseline);
  visit("text", x.text);
}

template <class Visit>
void describe(Visit& visit, Timeline& x) {
  visit("window_s", x.window_s);
  visit("starts_s", x.starts_s);
  visit("phases", x.phases);
}

template <class Visit>
void describe(Visit& visit, RecoveryCell& x) {
  visit("text", x.text);
  visit("where", x.where);
}

template <class Visit>
void describe(Visit& visit, RecoveryRow& x) {
  visit("fault", x.fault);
  visit("policy", x.policy);
  visit("cells", x.cells);
}

template <class Visit>
void describe(Visit& visit, Recoveries& x) {
  visit("heads", x.heads);
  visit("rows", x.rows);
  visit("said", x.said);
}

template <class Visit>
void describe(Visit& visit, MeasureCell& x) {
  visit("text", x.text);
  visit("note", x.note);
}

template <class Visit>
void describe(Visit& visit, MeasureRow& x) {
  visit("policy", x.policy);
  visit("region", x.region);
  visit("cells", x.cells);
}

template <class Visit>
void describe(Visit& visit, Measures& x) {
  visit("heads", x.heads);
  visit("rows", x.rows);
  visit("legend", x.legend);
}

template <class Visit>
void describe(Visit& visit, Reproduce& x) {
  visit("command", x.command);
  visit("seed", x.seed);
  visit("digest", x.digest);
  visit("replications", x.replications);
  visit("overrides", x.overrides);
}

template <class Visit>
void describe(Visit& visit, Report& x) {
  visit.constant("format", report_format);
  visit("program", x.program);
  visit("scenario", x.scenario);
  visit("verdict", x.verdict);
  visit("table", x.table);
  visit("policies", x.policies);
  visit("region_heads", x.region_heads);
  visit("timeline", x.timeline);
  visit("why", x.why);
  visit.extra("recovery", x.recovery);
  visit.extra("freshness", x.freshness);
  visit.extra("guarantees", x.guarantees);
  visit("trust", x.trust);
  visit("setting", x.setting);
  visit("pairs", x.pairs);
  visit("inputs", x.inputs);
  visit("not_exercised", x.not_exercised);
  visit("not_modelled", x.not_modelled);
  visit("warnings", x.warnings);
  visit("reproduce", x.reproduce);
}

}  // namespace seatrial::analysis::data
