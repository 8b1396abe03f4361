// What a tier of memory loses with its primary: of Poisson writes of rate l, flushed every F in a
// time s, a crash at an instant that is uniform over the flushes finds l * (F/2 + s) that are not
// durable.
#include <gtest/gtest.h>

#include "analysis/experiment/simulate.hpp"
#include "tests/validation/still_world.hpp"

namespace seatrial::validation {
namespace {

// In each of 64 seconds the one replica crashes, at an instant drawn over two periods or one; it is
// back in a millisecond, as writes that come again would be no Poisson process.
models::WorldConfig crashing_world(const std::string& tier, const std::string& within) {
  std::string phases;
  for (int i = 0; i < 64; ++i) {
    phases += R"({"name":")" + std::to_string(i) + R"(","for":"1s","faults":[{"replicas":"West",)" +
              R"("crash":1,"restart_after":"1ms","start_within":")" + within + R"("}]},)";
  }
  phases.pop_back();
  return still_world({R"(/regions/users={"West":"100%"})", "/regions/links={}",
                      R"(/store/replication={"kind":"tiered",)" + tier + "}",
                      R"(/workload/steps={"write":{"share":"100%","do":[{"update":"cart"}]}})",
                      "/workload/sessions=100/s", "/phases=[" + phases + "]"});
}

class Losses final : public models::Observer {
 public:
  void operation(const models::OperationObserved&) override {}
  void fault(const models::FaultObserved& seen) override { lost.count += seen.begins ? 1 : 0; }
  void takeover(const models::TakeoverObserved& seen) override {
    lost.sum += static_cast<double>(seen.lost);
  }
  Sample lost;  // at a crash
};

Estimate lost_at_a_crash(const models::WorldConfig& world) {
  Estimate lost;
  for (int i = 0; i < 32 * deep_factor(); ++i) {
    models::RunOptions options;
    options.replication = static_cast<std::uint32_t>(i);
    Losses losses;
    analysis::watch(world, options, losses);
    lost.add(losses.lost);
  }
  return lost;
}

TEST(TierMemory, LosesHalfAPeriodAndAFlushOfWrites) {
  const Estimate with_flush =
      lost_at_a_crash(crashing_world(R"("flush_every":"200ms","flush":"50ms")", "400ms"));
  const Estimate without =
      lost_at_a_crash(crashing_world(R"("flush_every":"300ms","flush":"0ms")", "300ms"));

  expect_near("lost at a crash, every 200 ms, flush 50 ms", with_flush, 100 * (0.1 + 0.05));
  expect_near("lost at a crash, every 300 ms, flush 0", without, 100 * 0.15);
}

}  // namespace
}  // namespace seatrial::validation
