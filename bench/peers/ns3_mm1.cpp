// ns-3: callbacks on its default scheduler. Times are its int64 nanoseconds; a unit of the model's
// time is a millisecond.
#include <ns3/core-module.h>

#include <cstdint>
#include <deque>

#include "bench/peers/mm1.hpp"

namespace {

constexpr double nanoseconds_per_unit = 1e6;

ns3::Time units(double value) {
  return ns3::NanoSeconds(static_cast<std::uint64_t>(value * nanoseconds_per_unit));
}

class Queue {
 public:
  explicit Queue(long customers) : to_arrive_{customers} {
    ns3::Simulator::Schedule(units(draws_.interarrival()), &Queue::arrive, this);
  }

  const double& total_sojourn() const { return total_sojourn_; }

 private:
  void arrive() {
    arrived_.push_back(ns3::Simulator::Now().GetNanoSeconds());
    if (arrived_.size() == 1) serve();
    if (--to_arrive_ > 0) {
      ns3::Simulator::Schedule(units(draws_.interarrival()), &Queue::arrive, this);
    }
  }

  void serve() { ns3::Simulator::Schedule(units(draws_.service()), &Queue::leave, this); }

  void leave() {
    const std::int64_t sojourn = ns3::Simulator::Now().GetNanoSeconds() - arrived_.front();
    total_sojourn_ += static_cast<double>(sojourn) / nanoseconds_per_unit;
    arrived_.pop_front();
    if (!arrived_.empty()) serve();
  }

  peers::Draws draws_;
  std::deque<std::int64_t> arrived_;
  long to_arrive_;
  double total_sojourn_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  const long customers = peers::customers_from(argc, argv, 2'000'000);
  Queue queue{customers};
  peers::measure("ns-3", customers, queue.total_sojourn(), [] { ns3::Simulator::Run(); });
  ns3::Simulator::Destroy();
}
