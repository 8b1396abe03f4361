// ns-3: callbacks on its default scheduler, twice: with times in seconds as doubles, as its manual
// writes them, and in integer nanoseconds, which spares its conversions. A unit of the model's time
// is a millisecond.
#include <ns3/core-module.h>

#include <cstdint>
#include <deque>

#include "bench/peers/mm1.hpp"

namespace {

struct InSeconds {
  static ns3::Time units(double value) { return ns3::Seconds(value * 1e-3); }
  static double now_in_units() { return ns3::Simulator::Now().GetSeconds() * 1e3; }
};

struct InNanoseconds {
  static ns3::Time units(double value) {
    return ns3::NanoSeconds(static_cast<std::uint64_t>(value * 1e6));
  }
  static double now_in_units() {
    return static_cast<double>(ns3::Simulator::Now().GetNanoSeconds()) * 1e-6;
  }
};

template <class Clock>
class Queue {
 public:
  explicit Queue(long customers) : to_arrive_{customers} {
    ns3::Simulator::Schedule(Clock::units(draws_.interarrival()), &Queue::arrive, this);
  }

  const double& total_sojourn() const { return total_sojourn_; }

 private:
  void arrive() {
    arrived_.push_back(Clock::now_in_units());
    if (arrived_.size() == 1) serve();
    if (--to_arrive_ > 0) {
      ns3::Simulator::Schedule(Clock::units(draws_.interarrival()), &Queue::arrive, this);
    }
  }

  void serve() { ns3::Simulator::Schedule(Clock::units(draws_.service()), &Queue::leave, this); }

  void leave() {
    total_sojourn_ += Clock::now_in_units() - arrived_.front();
    arrived_.pop_front();
    if (!arrived_.empty()) serve();
  }

  peers::Draws draws_;
  std::deque<double> arrived_;
  long to_arrive_;
  double total_sojourn_ = 0;
};

template <class Clock>
void run(const char* name, long customers) {
  Queue<Clock> queue{customers};
  peers::measure(name, customers, queue.total_sojourn(), [] { ns3::Simulator::Run(); });
  ns3::Simulator::Destroy();
}

}  // namespace

int main(int argc, char** argv) {
  const long customers = peers::customers_from(argc, argv, 2'000'000);
  run<InSeconds>("ns-3 (seconds)", customers);
  run<InNanoseconds>("ns-3 (nanoseconds)", customers);
}
