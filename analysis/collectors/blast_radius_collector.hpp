// Counts the users whom a phase reached, and who of them met something bad, each once: a user
// carries a bit for each phase and thing that it has met.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "analysis/blast_radius.hpp"
#include "models/observation.hpp"

namespace seatrial::analysis {

class BlastRadiusCollector {
 public:
  BlastRadiusCollector(std::uint32_t phases, std::uint32_t regions);

  // Measured; `wrong`: the read missed a write of its user.
  void operation(const models::OperationObserved&, bool wrong, PhasesMet& by_user);

  // By phase, then region.
  [[nodiscard]] std::vector<BlastRadius> take() { return std::move(counted_); }

 private:
  std::uint32_t regions_;
  std::vector<BlastRadius> counted_;
};

}  // namespace seatrial::analysis
