#include "analysis/report/capacity_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "analysis/report/text.hpp"

namespace seatrial::analysis {
namespace {

using models::WorldConfig;

constexpr double nearly_full = 0.7;

std::string name_of(Limit limit) {
  return std::string{limit_names[static_cast<std::size_t>(limit)]};
}

std::string rate_text(const Demand& demand) {
  switch (demand.limit) {
    case Limit::broker:
      return rounded(demand.rate) + " calls/s";
    case Limit::request_units:
      return rounded(demand.rate) + " RU/s";
    case Limit::link:
      return rounded(demand.rate) + " B/s";
    default:
      return rounded(demand.rate) + " operations/s";
  }
}

std::string used_text(double share) {
  if (!std::isfinite(share)) return "?";
  return rounded(100 * share) + " %";
}

std::string load_text(double load) { return "x" + rounded(load); }

const models::PhaseConfig* busiest_phase(const WorldConfig& world) {
  const auto found =
      std::max_element(world.phases.begin(), world.phases.end(),
                       [](const auto& a, const auto& b) { return a.sessions < b.sessions; });
  return found == world.phases.end() ? nullptr : &*found;
}

bool same_demand(const Demand& a, const Demand& b) {
  return a.limit == b.limit && a.where == b.where && a.used == b.used && a.rate == b.rate;
}

std::string place_text(const LoadRow& row) {
  std::string text = fmt::format("{}, {}", name_of(row.demand.limit), row.demand.where);
  if (!row.policies.empty()) text += " (" + joined(row.policies) + ")";
  return text;
}

// Of all groups of policies the one that uses the limit most.
std::vector<LoadRow> busiest_of(const std::vector<LoadRow>& all, Limit limit) {
  const LoadRow* busiest = nullptr;
  for (const LoadRow& row : all)
    if (row.demand.limit == limit && (busiest == nullptr || row.demand.used > busiest->demand.used))
      busiest = &row;
  std::vector<LoadRow> rows;
  for (const LoadRow& row : all)
    if (busiest != nullptr && row.demand.limit == limit && row.policies == busiest->policies)
      rows.push_back(row);
  return rows;
}

std::string heading_of(const LoadRow& row) {
  std::string text = name_of(row.demand.limit);
  if (!row.policies.empty()) text += ", most under " + joined(row.policies);
  return text;
}

std::string table_line(const WorldConfig& world, const std::string& what, const std::string& rate,
                       const std::string& full,
                       const std::function<std::string(const models::PhaseConfig&)>& used) {
  constexpr std::size_t narrowest = 8, widest = 6;
  std::string line = fmt::format("{:<16} {:>18}", what, rate);
  for (std::size_t i = 0; i < std::min(widest, world.phases.size()); ++i) {
    const models::PhaseConfig& phase = world.phases[i];
    line += fmt::format("  {:>{}}", used(phase), std::max(narrowest, phase.name.size()));
  }
  return line + fmt::format("  {:>8}", full);
}

const LoadRow* first_full(const std::vector<LoadRow>& rows) {
  const auto found = std::max_element(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return a.demand.used < b.demand.used;
  });
  return found == rows.end() || !(found->demand.used > 0) ? nullptr : &*found;
}

std::string first_full_text(const WorldConfig& world, const std::vector<LoadRow>& rows) {
  const LoadRow* const row = first_full(rows);
  const models::PhaseConfig* const busiest = busiest_phase(world);
  if (row == nullptr || busiest == nullptr) return "nothing that has a limit is used";
  return fmt::format("full first: {}, at {} of the base load; the highest phase, {}, is {}",
                     place_text(*row), load_text(1 / row->demand.used), busiest->name,
                     load_text(busiest->sessions));
}

std::string wait_text(double seconds) {
  if (!std::isfinite(seconds)) return "longer and longer";
  return seconds < 1e-6 ? "less than 1 us" : duration_text(1e9 * seconds);
}

// Of the busiest phase in the region where it is worst.
std::string waits_text(const scenarios::Scenario& scenario) {
  double cpu = 0, broker = 0;
  bool has_broker = false;
  for (const scenarios::Policy& policy : scenario.policies) {
    const models::PhaseConfig* const busiest = busiest_phase(policy.world);
    if (busiest == nullptr) return "";
    for (std::size_t r = 0; r < policy.world.regions.users.size(); ++r) {
      cpu = std::max(cpu, cpu_wait(policy.world, r, busiest->sessions));
      if (!uses_broker(policy.world)) continue;
      has_broker = true;
      broker = std::max(broker, broker_wait(policy.world, r, busiest->sessions));
    }
  }
  std::string text = "in it a request waits on average for a core of its pod: " + wait_text(cpu);
  if (has_broker) text += ", for the broker's thread: " + wait_text(broker);
  return text;
}

std::string needed_text(const Evidence& evidence) {
  std::string where = " in " + evidence.phase;
  if (!evidence.region.empty()) where += ", " + evidence.region;
  return fmt::format("{} {}{}", rounded(std::ceil(evidence.needed)), evidence.of, where);
}

}  // namespace

std::vector<LoadRow> load_rows(const scenarios::Scenario& scenario) {
  std::vector<LoadRow> rows;
  for (const scenarios::Policy& policy : scenario.policies)
    for (const Demand& demand : demands_of(policy.world)) {
      const auto known = std::find_if(rows.begin(), rows.end(), [&](const LoadRow& row) {
        return same_demand(row.demand, demand);
      });
      if (known != rows.end())
        known->policies.push_back(policy.name);
      else
        rows.push_back({demand, {policy.name}});
    }
  for (LoadRow& row : rows)
    if (row.policies.size() == scenario.policies.size()) row.policies.clear();
  std::stable_sort(rows.begin(), rows.end(), [](const LoadRow& a, const LoadRow& b) {
    return a.demand.limit < b.demand.limit;
  });
  return rows;
}

std::vector<std::string> load_lines(const scenarios::Scenario& scenario) {
  const WorldConfig& world = scenario.policies.front().world;
  const std::vector<LoadRow> all = load_rows(scenario);
  std::vector<std::string> lines{
      table_line(world, "", "at x1", "full at", [](const auto& phase) { return phase.name; })};
  for (std::size_t limit = 0; limit < limit_names.size(); ++limit) {
    const std::vector<LoadRow> rows = busiest_of(all, static_cast<Limit>(limit));
    if (rows.empty()) continue;
    lines.push_back(heading_of(rows.front()));
    for (const LoadRow& row : rows) {
      const double used = row.demand.used;
      lines.push_back(table_line(world, "  " + row.demand.where, rate_text(row.demand),
                                 used > 0 ? load_text(1 / used) : "-", [&](const auto& phase) {
                                   return used_text(phase.sessions * used);
                                 }));
    }
  }
  lines.push_back(first_full_text(world, all));
  lines.push_back(waits_text(scenario));
  return lines;
}

std::vector<std::string> load_warnings(const scenarios::Scenario& scenario) {
  std::vector<std::string> warnings;
  const models::PhaseConfig* const busiest = busiest_phase(scenario.policies.front().world);
  if (busiest == nullptr) return warnings;
  for (const LoadRow& row : load_rows(scenario)) {
    const double used = row.demand.used * busiest->sessions;
    if (!(used >= nearly_full)) continue;
    std::string text =
        fmt::format("{}: {} in use in {}", place_text(row), used_text(used), busiest->name);
    if (row.demand.limit == Limit::request_units) {
      if (used < 1) continue;
      text += "; an account throttles (429), here where /store/request_units_per_second says so";
    } else {
      text += used >= 1 ? "; requests wait longer and longer" : "; expect queues";
    }
    warnings.push_back(text);
  }
  return warnings;
}

bool is_enough(const Evidence& evidence, std::int64_t replications) {
  return evidence.replications <= static_cast<double>(replications);
}

std::string evidence_text(const Evidence& evidence, std::int64_t replications) {
  const auto runs = static_cast<double>(replications);
  if (evidence.each_run <= 0)
    return fmt::format("nothing to measure in {}: no {}", evidence.phase, evidence.of);
  if (std::isinf(evidence.needed)) return "no run can show a limit of nothing at all: allow some";
  const std::string given = fmt::format(
      "{} give about {}", counted(static_cast<std::uint64_t>(replications), "replication"),
      rounded(evidence.each_run * runs));
  if (std::isnan(evidence.needed))
    return fmt::format("{} {}; how many decide shows only a run", given, evidence.of);
  const std::string needs = evidence.needed > 0 ? "needs " + needed_text(evidence) + "; " : "";
  if (is_enough(evidence, replications)) return needs + given + ": enough";
  constexpr double too_many = 100'000;
  if (evidence.replications > too_many)
    return fmt::format("{}{}: too few; lengthen the phase or loosen the limit", needs, given);
  return fmt::format("{}{}: too few; raise /run/replications to {}, or a pass stays inconclusive",
                     needs, given, count_text(evidence.replications));
}

}  // namespace seatrial::analysis
