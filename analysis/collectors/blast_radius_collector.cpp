#include "analysis/collectors/blast_radius_collector.hpp"

#include <algorithm>

namespace seatrial::analysis {
namespace {

// Whether it is the first time.
bool mark(std::uint64_t& phases, std::uint64_t phase) {
  const bool is_new = (phases & phase) == 0;
  phases |= phase;
  return is_new;
}

}  // namespace

BlastRadiusCollector::BlastRadiusCollector(std::uint32_t phases, std::uint32_t regions)
    : regions_{regions},
      counted_(std::min<std::size_t>(phases, BlastRadius::most_phases) * regions) {}

void BlastRadiusCollector::operation(const models::OperationObserved& seen, bool wrong,
                                     PhasesMet& met) {
  if (seen.phase.value() >= BlastRadius::most_phases) return;
  const std::uint64_t phase = std::uint64_t{1} << seen.phase.value();
  BlastRadius& here = counted_[seen.phase.value() * std::size_t{regions_} + seen.region.value()];
  here.users += mark(met.any, phase);
  const bool failed = !models::is_served(seen.outcome);
  const bool degraded = seen.degraded != models::Degraded::no;
  if (!wrong && !failed && !degraded) return;
  here.hit += ((met.wrong | met.failed | met.degraded) & phase) == 0;
  here.wrong += wrong && mark(met.wrong, phase);
  here.failed += failed && mark(met.failed, phase);
  here.degraded += degraded && mark(met.degraded, phase);
}

}  // namespace seatrial::analysis
