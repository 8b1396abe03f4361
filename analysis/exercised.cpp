#include "analysis/exercised.hpp"

namespace seatrial::analysis {
namespace {

template <class Array>
void add_each(Array& sums, const Array& others) {
  for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += others[i];
}

}  // namespace

void Exercised::merge(const Exercised& other) {
  add_each(token_sources, other.token_sources);
  add_each(degraded, other.degraded);
  add_each(outcomes, other.outcomes);
  for (const auto counter :
       {&Exercised::reads_sent_back, &Exercised::reads_ended_elsewhere,
        &Exercised::degraded_without_a_call, &Exercised::second_device_reads,
        &Exercised::updates_over_unseen, &Exercised::late_answers, &Exercised::takeovers,
        &Exercised::pods_missing, &Exercised::no_pod_ready, &Exercised::breaker_open,
        &Exercised::broker_refused, &Exercised::broker_unreachable})
    this->*counter += other.*counter;
}

}  // namespace seatrial::analysis
