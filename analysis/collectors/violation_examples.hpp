// Keeps the first violations of each guarantee and cause, in the order in which they were observed.
//
// Law: at most `examples_of_each` of each, so memory does not grow with the run.
#pragma once

#include <utility>
#include <vector>

#include "analysis/violation.hpp"

namespace seatrial::analysis {

class ViolationExamples {
 public:
  void add(const Violation& violation) {
    std::uint64_t& kept = kept_[static_cast<std::size_t>(violation.guarantee)]
                               [static_cast<std::size_t>(violation.cause)];
    if (kept == examples_of_each) return;
    ++kept;
    violations_.push_back(violation);
  }

  [[nodiscard]] std::vector<Violation> take() { return std::move(violations_); }

 private:
  CausesByGuarantee kept_{};
  std::vector<Violation> violations_;
};

}  // namespace seatrial::analysis
