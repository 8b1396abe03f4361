#include "analysis/statistics/quantiles.hpp"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace seatrial::analysis {
namespace {

using DoubleOnly = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

}  // namespace

double normal_quantile(double probability) {
  return quantile(boost::math::normal_distribution<double, DoubleOnly>{0, 1}, probability);
}

double student_t_quantile(double probability, double degrees_of_freedom) {
  return quantile(boost::math::students_t_distribution<double, DoubleOnly>{degrees_of_freedom},
                  probability);
}

double beta_quantile(double probability, double alpha, double beta) {
  return quantile(boost::math::beta_distribution<double, DoubleOnly>{alpha, beta}, probability);
}

}  // namespace seatrial::analysis
