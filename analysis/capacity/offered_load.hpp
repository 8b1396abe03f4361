// What a scenario asks of each thing that has a limit, by closed form, before anything runs. Every
// demand grows in proportion to the load, so one number at load x1 says at which load it is full.
//
//   pods     operations/s x mean cpu time / (pods x cores); and by Little's law
//            operations/s x time in the pod / (pods x max_in_flight)
//   broker   (GET/s x its time + SET/s x its time) on one thread, where a policy carries tokens in
//   it
//   store    RU/s of the busiest physical partition / its part of the provisioned ones, or 10,000;
//            reads where the user is, updates in the write region
//   link     bytes/s of requests and replies / bandwidth, where a link has one
//
// Source of the 10,000: Cosmos gives a physical partition at most that.
// Left out: retries and fallbacks, tails of the network, replication on links of limited bandwidth,
// publications by reads, pods that a fault has killed.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "models/world_config.hpp"

namespace seatrial::analysis {

enum class Limit : std::uint8_t { pod_cpu, pod_in_flight, broker, request_units, link };
inline constexpr std::array<std::string_view, 5> limit_names{
    "pod cpu", "requests in flight", "broker", "RU/s of a partition", "link"};

struct Demand {
  Limit limit = Limit::pod_cpu;
  std::string where;  // region, or "East US > West Europe"
  double used = 0;    // share of the limit at load x1
  double rate = 0;    // operations, calls, RU or bytes in a second at load x1
};

inline constexpr double most_ru_per_partition = 10'000;  // a second

// In the order of the regions.
std::vector<Demand> demands_of(const models::WorldConfig&);

// Mean seconds that a request waits for the broker's thread (Pollaczek and Khinchine), and for a
// core of its pod (Allen and Cunneen; an upper estimate where the balancer knows the queues), at
// this load in this region. Infinite from saturation on.
double broker_wait(const models::WorldConfig&, std::size_t region, double load);
double cpu_wait(const models::WorldConfig&, std::size_t region, double load);

// Seconds of a request in its pod, without queueing and tails.
double seconds_in_pod(const models::WorldConfig&, std::size_t region);

bool uses_broker(const models::WorldConfig&);

}  // namespace seatrial::analysis
