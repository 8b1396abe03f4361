// A percentile of a histogram and how far its sample bounds it.
#pragma once

#include <vector>

#include "analysis/statistics/interval.hpp"
#include "sim/statistics/histogram.hpp"

namespace seatrial::analysis {

// The value at rank p * count, linear inside of a bucket; 0 when empty. A histogram's own
// quantile() is the middle of a bucket and would hide differences smaller than one.
double percentile_of(const sim::Histogram&, double p);

// Percentile p of all `replications` together and of each one, nothing where one has no sample. The
// order statistics that bound it are edges of buckets, so the width of a bucket is part of the
// error; above the greatest recorded value there is no bound.
PercentileSample percentile_sample(const std::vector<const sim::Histogram*>& replications,
                                   const sim::Histogram& pooled, double p, Confidence);

}  // namespace seatrial::analysis
