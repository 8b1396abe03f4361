// How often a read without a token is stale, t after a write: closed forms, each in its apply
// order. Times in milliseconds.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <ostream>

#include "tests/validation/still_world.hpp"

namespace seatrial::validation {
namespace {

std::string text_of(double ms) { return std::to_string(ms) + "ms"; }

std::string update_and_read_after(double ms) {
  return R"(/workload/steps/step={"share":"100%","do":[{"update":"cart"},{"pause":")" +
         text_of(ms) + R"("},{"read":"cart"}]})";
}

constexpr double mean_lag = 50;
constexpr double writes = 0.1;  // a millisecond: 100/s

models::WorldConfig read_region(const std::string& order, double after) {
  return still_world({"/store/apply_order=" + order, update_and_read_after(after),
                      R"(/store/replication_lag={"entry":{"exponential":{"mean":"50ms"}}})",
                      "/workload/sessions=100/s", "/phases/0/for=40s"});
}

// A replica applies an entry when it has arrived and all before it are applied.
double late_in_log_order(double t) {
  const double late = std::exp(-t / mean_lag);
  return 1 - (1 - late) * std::exp(-writes * mean_lag * late);
}

class StaleAfter : public testing::TestWithParam<double> {};

TEST_P(StaleAfter, InLogOrderAnEntryWaitsForTheSlowestBefore) {
  const double t = GetParam();

  expect_near("in log order, t = " + text_of(t), ryw_share(read_region("in_log_order", t)),
              late_in_log_order(t), 0.15);
}

TEST_P(StaleAfter, IndependentEntriesAreLateByTheirOwnLag) {
  const double t = GetParam();

  expect_near("independent, t = " + text_of(t), ryw_share(read_region("independent", t)),
              std::exp(-t / mean_lag), 0.15);
}

INSTANTIATE_TEST_SUITE_P(Milliseconds, StaleAfter, testing::Values(20, 50, 150));

// One document that everybody writes and reads.
models::WorldConfig one_document(const std::string& order) {
  return still_world({"/store/apply_order=" + order,
                      R"(/store/replication_lag={"entry":{"exponential":{"mean":"50ms"}}})",
                      "/data/cart/owner=shared", "/data/cart/documents=1",
                      R"(/workload/steps={"write":{"share":"50%","do":[{"update":"cart"}]},)"
                      R"("read":{"share":"50%","do":[{"read":"cart"}]}})",
                      "/workload/sessions=200/s", "/phases/0/for=20s"});
}

Estimate versions_behind(const models::WorldConfig& world) {
  const Questions question = [](const Replication& run) -> std::vector<Sample> {
    const analysis::Counts counts = counts_of(run.summary);
    return {{static_cast<double>(counts.versions_behind),
             static_cast<double>(counts.stale.opportunities)}};
  };
  return replicate(world, Keep::counts, question).front();
}

// An entry is behind the cut for as long as it is not applied: Little's law over P(late at t).
TEST(VersionsBehind, InLogOrderAreTheEntriesThatAreNotApplied) {
  const double theory = writes * integral(late_in_log_order, 2000);

  expect_near("mean versions behind, in log order", versions_behind(one_document("in_log_order")),
              theory);
}

// Of entries that arrive by themselves a read returns the newest that has: those younger count.
// The youngest arrived is older than a with probability exp(-lambda int_0^a F); younger than it
// are the late ones, lambda int_0^a (1 - F) of them.
TEST(VersionsBehind, OfIndependentEntriesAreThoseNewerThanTheNewestThatArrived) {
  const auto arrived_until = [](double a) { return a - mean_lag * (1 - std::exp(-a / mean_lag)); };
  const double theory = integral(
      [&](double a) {  // by parts: int P(A > a) d(late ones)
        return std::exp(-writes * arrived_until(a)) * writes * std::exp(-a / mean_lag);
      },
      2000);

  expect_near("mean versions behind, independent", versions_behind(one_document("independent")),
              theory);
}

// In the write region nothing but in-region lag is late. Hardly ever do two writes of a partition
// meet: 500 partitions.
struct Quorum {
  int replicas;
  int acknowledge;
  const char* read_from;
  double at_commit;
  double after;
  friend std::ostream& operator<<(std::ostream& out, const Quorum& quorum) {
    return out << quorum.read_from << " of " << quorum.replicas << ", " << quorum.after << "ms";
  }
};

class WriteQuorum : public testing::TestWithParam<Quorum> {};

TEST_P(WriteQuorum, LeavesTheOthersBehindAndTheyCatchUpAtTheirLag) {
  const Quorum& quorum = GetParam();
  const auto world = still_world(
      {R"(/regions/users={"West":"100%","East":"0%"})", "/store/apply_order=independent",
       "/store/partitions=500", R"(/store/in_region_lag={"exponential":{"mean":"3ms"}})",
       "/store/replicas=" + std::to_string(quorum.replicas),
       "/store/write_quorum=" + std::to_string(quorum.acknowledge),
       "/store/read_from=" + std::string{quorum.read_from}, update_and_read_after(quorum.after),
       "/workload/sessions=40/s", "/phases/0/for=50s", "/run/warmup=0s"});

  char what[80];
  std::snprintf(what, sizeof what, "N=%d W=%d R=1 %s, %gms", quorum.replicas, quorum.acknowledge,
                quorum.read_from, quorum.after);
  expect_near(what, stale_share(world), quorum.at_commit * std::exp(-quorum.after / 3));
}

INSTANTIATE_TEST_SUITE_P(Cosmos, WriteQuorum,
                         testing::Values(Quorum{4, 3, "any_replica", 1.0 / 4, 0},
                                         Quorum{4, 3, "any_replica", 1.0 / 4, 2},
                                         Quorum{4, 3, "secondaries_first", 1.0 / 3, 0},
                                         Quorum{4, 3, "secondaries_first", 1.0 / 3, 2},
                                         Quorum{5, 2, "any_replica", 3.0 / 5, 0},
                                         Quorum{5, 2, "any_replica", 3.0 / 5, 4}));

}  // namespace
}  // namespace seatrial::validation
