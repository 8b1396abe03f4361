// Request units by the second: what a physical partition turns away (429), and what the client
// library does about it.
//
//   /store/request_units_per_second, in every region ──evenly──> physical partitions
//   request ──> used up in this second? ──no──> served, and charged when it is done
//                                       └─yes─> 429, retry after: the rest of the second
//
// Law: a request is turned away when what its partition's replicas in its region have charged in
// the current second has reached their part; what a request costs is known when it has been
// served, so the last one of a second may go beyond. What was turned away has cost nothing and
// changed nothing: a client may send it again, a write too.
// Sources: "the available request units are reset each second" (troubleshoot-request-rate-too-large
// of the Azure Cosmos DB documentation); throughput is provisioned in every region
// (request-units.md); 9 retries and 30 s of waiting in sum, each as long as the server says
// (RetryOptions.cs, CosmosClientOptions of the .NET client).
// Assumed: seconds begin with the run, everywhere; retry-after is the rest of the second; a 429
// costs no request units.
// Not modelled: autoscale, burst capacity (what an idle partition saves up), the part of a read
// region's request units that replication of writes may take.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "models/ids.hpp"
#include "models/observation.hpp"
#include "models/store/store_config.hpp"

namespace seatrial::models {

class ThroughputLimit {
 public:
  // `partitions`: physical ones, of all data classes.
  ThroughputLimit(const StoreConfig& config, std::uint32_t partitions, std::uint32_t regions);

  // How long until the partition takes requests in that region again; nothing: it does now.
  std::optional<Duration> full_until(std::uint32_t partition, RegionId region, Instant now) const {
    if (part_.thousandths == 0) [[likely]] {
      return std::nullopt;
    }
    return rest_of_second(partition, region, now);
  }
  void charge(std::uint32_t partition, RegionId region, RequestUnits ru, Instant now) {
    if (part_.thousandths == 0) [[likely]] {
      return;
    }
    add(partition, region, ru, now);
  }
  // For the observer: the busiest second since the look before.
  void look(StoreObserved& seen) {
    seen.busiest = std::exchange(busiest_, {});
    seen.limit = part_;
  }
  // One partition has become two new ones: there is one more to share among.
  void split();
  // Two have become a new one.
  void merge();

 private:
  struct Second {
    std::int64_t number = -1;
    RequestUnits used;
  };

  std::optional<Duration> rest_of_second(std::uint32_t partition, RegionId region,
                                         Instant now) const;
  void add(std::uint32_t partition, RegionId region, RequestUnits ru, Instant now);

  RequestUnits provisioned_;  // in one region, each second
  std::int64_t partitions_;   // that share it
  RequestUnits part_;         // of one partition in one region, each second; 0: no limit
  std::uint32_t regions_;
  std::vector<Second> seconds_;  // by partition and region; the latest that was charged
  BusiestSecond busiest_;
};

// One request of an application to the library, whatever it sends for it.
class ThrottleRetries {
 public:
  static constexpr int most = 9;
  static constexpr Duration longest = Duration::seconds(30);

  // After a 429: how long to wait before sending again; nothing: that was the last.
  std::optional<Duration> next_wait(Duration retry_after) {
    if (retries_ == most || waited_ + retry_after > longest) return std::nullopt;
    ++retries_;
    waited_ += retry_after;
    return retry_after;
  }

 private:
  int retries_ = 0;
  Duration waited_;
};

}  // namespace seatrial::models
