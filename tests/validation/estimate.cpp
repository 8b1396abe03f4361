#include "tests/validation/estimate.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace seatrial::validation {

namespace {
Sample sum_of(const std::vector<Sample>& samples) {
  Sample all;
  for (const Sample& sample : samples) {
    all.sum += sample.sum;
    all.count += sample.count;
  }
  return all;
}
}  // namespace

double Estimate::value() const {
  const Sample all = sum_of(samples_);
  return all.sum / all.count;
}

double Estimate::count() const { return sum_of(samples_).count; }

double Estimate::standard_error() const {
  const double ratio = value();
  double squares = 0;
  for (const Sample& sample : samples_) {
    const double residual = sample.sum - ratio * sample.count;
    squares += residual * residual;
  }
  const auto n = static_cast<double>(samples_.size());
  return std::sqrt(squares * n / (n - 1)) / count();
}

int deep_factor() {
  const char* const deep = std::getenv("SEATRIAL_DEEP");
  return deep != nullptr && std::string_view{deep} == "1" ? 20 : 1;
}

void expect_near(const std::string& what, const Estimate& estimate, double theory,
                 double at_widest) {
  std::printf("  %-46s estimate %10.5g  +- %-9.3g theory %10.5g  n %.0f\n", what.c_str(),
              estimate.value(), estimate.tolerance(), theory, estimate.count());
  EXPECT_NEAR(estimate.value(), theory, estimate.tolerance()) << what;
  EXPECT_LE(estimate.tolerance(), at_widest * theory) << what << ": too wide to mean anything";
}

}  // namespace seatrial::validation
