// An estimate from independent replications, held against theory.
//
// Law: the tolerance is 5 standard errors, taken from how the replications scatter; nobody chooses
// it. With 32 replications (Student's t, 31 degrees of freedom) a true law fails with probability
// 2e-5, once and for all: seeds are fixed. An estimate that is too wide to mean anything fails,
// too.
#pragma once

#include <string>
#include <vector>

namespace seatrial::validation {

// Of one replication: the estimate is the ratio of the sums over all of them.
struct Sample {
  double sum = 0;
  double count = 0;
  void add(double value) {
    sum += value;
    ++count;
  }
};

class Estimate {
 public:
  void add(Sample sample) { samples_.push_back(sample); }
  double value() const;
  double standard_error() const;  // of a ratio, by linearisation
  double tolerance() const { return 5 * standard_error(); }
  double count() const;

 private:
  std::vector<Sample> samples_;
};

// SEATRIAL_DEEP=1 multiplies counts by this.
int deep_factor();

// Prints estimate, interval and theory. The tolerance must be below `at_widest` of the theory.
void expect_near(const std::string& what, const Estimate& estimate, double theory,
                 double at_widest = 0.1);

}  // namespace seatrial::validation
