#include "sim/fifo_servers.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "sim/random/stream.hpp"

namespace seatrial::sim {
namespace {

constexpr Instant at(std::int64_t ns) { return Instant::at(Duration::nanoseconds(ns)); }

struct Job {
  std::int64_t arrival;
  std::int64_t work;
  std::int64_t end = 0;
};

std::vector<Job> draw_jobs(std::uint64_t seed, std::size_t servers) {
  Stream stream = Stream::sequence(StreamKey{seed}, servers);
  std::vector<Job> jobs;
  std::int64_t now = 0;
  for (int i = 0; i != 300; ++i) {
    now += static_cast<std::int64_t>(stream.below(6));
    jobs.push_back({now, static_cast<std::int64_t>(stream.below(6 * servers))});
  }
  return jobs;
}

// Goes through time one nanosecond after the other with an explicit queue. Returns the time at
// work of all servers before each nanosecond.
std::vector<std::int64_t> simulate(std::vector<Job>& jobs, std::size_t servers) {
  std::vector<std::int64_t> busy_before{0};
  std::vector<std::int64_t> ends;  // of the running jobs
  std::size_t first_waiting = 0;
  for (std::int64_t now = 0; first_waiting != jobs.size() || !ends.empty(); ++now) {
    std::erase_if(ends, [now](std::int64_t end) { return end <= now; });
    while (first_waiting != jobs.size() && jobs[first_waiting].arrival <= now &&
           ends.size() < servers) {
      Job& job = jobs[first_waiting++];
      job.end = now + job.work;
      if (job.work > 0) ends.push_back(job.end);
    }
    busy_before.push_back(busy_before.back() + static_cast<std::int64_t>(ends.size()));
  }
  return busy_before;
}

TEST(FifoServers, EndEveryJobWhenAnExplicitQueueDoes) {
  for (const std::size_t servers : {1, 2, 3, 8}) {
    for (std::uint64_t seed = 1; seed != 21; ++seed) {
      std::vector<Job> jobs = draw_jobs(seed, servers);
      const std::vector<std::int64_t> busy_before = simulate(jobs, servers);
      FifoServers queue{servers};
      for (const Job& job : jobs) {
        ASSERT_EQ(queue.admit(at(job.arrival), Duration::nanoseconds(job.work)), at(job.end))
            << servers << " servers, seed " << seed;
        ASSERT_LE(queue.busy_time(at(job.arrival)).ns(),
                  busy_before[static_cast<std::size_t>(job.arrival)]);
      }
      const std::int64_t last = jobs.back().arrival;
      EXPECT_EQ(queue.busy_time(at(last)).ns(), busy_before[static_cast<std::size_t>(last)]);
    }
  }
}

TEST(FifoServers, ForgetTheirJobsWhenThePlaceCrashes) {
  FifoServers queue{1};
  queue.admit(at(0), Duration::nanoseconds(100));
  queue.admit(at(10), Duration::nanoseconds(100));

  queue.clear(at(50));

  EXPECT_EQ(queue.busy_time(at(50)), Duration::nanoseconds(50)) << "unfinished work is not done";
  EXPECT_EQ(queue.admit(at(60), Duration::nanoseconds(5)), at(65));
  EXPECT_EQ(queue.busy_time(at(70)), Duration::nanoseconds(55));
}

}  // namespace
}  // namespace seatrial::sim
