#include "scenarios/metrics.hpp"

#include <array>

namespace seatrial::scenarios {
namespace {

using enum MetricDimension;

constexpr std::string_view good_reads = "reads that were answered";
constexpr std::string_view good_updates = "updates, inserts and deletes that were acknowledged";
constexpr std::string_view all_operations = "all finished operations, good or not";

constexpr std::string_view region_looks = "looks at a region, four times a window of the timeline";
constexpr std::string_view store_looks = "looks at the store, four times a window of the timeline";
constexpr std::string_view store_faults = "faults of the store, in the phase where they begin";

constexpr Metric latency(std::string_view name, std::string_view sentence,
                         std::string_view denominator) {
  return {.name = name,
          .sentence = sentence,
          .dimension = duration,
          .unit = "ns",
          .denominator = denominator};
}

constexpr std::array metrics{
    Metric{.name = "ryw",
           .sentence = "Read-your-writes broken: the read missed an update of its own session.",
           .denominator = "reads of a document that the same session had updated"},
    Metric{.name = "mr",
           .sentence = "Monotonic reads broken: the read went back behind one that its session "
                       "had seen.",
           .denominator = "reads of a document that the same session had read before"},
    Metric{.name = "ryw_user",
           .sentence = "Read-your-writes broken for the user: the read missed an update of any of "
                       "the user's devices.",
           .denominator = "reads of a document that the same user had updated on any device"},
    Metric{.name = "stale",
           .sentence = "The read returned an older version than was committed when it was invoked.",
           .denominator = good_reads},
    Metric{.name = "lost_updates",
           .sentence = "The update overwrote what another had changed: on its own paths since its "
                       "device had read them, by a replace also on others since its pod had.",
           .denominator = "updates that were acknowledged"},
    Metric{.name = "conflicts",
           .sentence = "The update met a concurrent one that another write region had taken, on a "
                       "path that both change: one of the two is lost.",
           .denominator = "updates that were acknowledged"},
    Metric{.name = "availability",
           .sentence = "The operation was served: answered or acknowledged; also when the answer "
                       "was that the document is there already (409), or is not there (404).",
           .higher_is_better = true,
           .denominator = all_operations},
    Metric{.name = "degraded",
           .sentence = "The answer was less than was asked for, for a reason that is known.",
           .denominator = all_operations},
    latency("read.mean", "Mean time of a read, seen from the device.", good_reads),
    latency("read.p50", "Median time of a read, seen from the device.", good_reads),
    latency("read.p90", "90th percentile of the time of a read.", good_reads),
    latency("read.p99", "99th percentile of the time of a read.", good_reads),
    latency("read.p99.9", "99.9th percentile of the time of a read.", good_reads),
    latency("update.mean", "Mean time of an update, seen from the device.", good_updates),
    latency("update.p50", "Median time of an update, seen from the device.", good_updates),
    latency("update.p90", "90th percentile of the time of an update.", good_updates),
    latency("update.p99", "99th percentile of the time of an update.", good_updates),
    latency("update.p99.9", "99.9th percentile of the time of an update.", good_updates),
    Metric{.name = "ru_per_operation",
           .sentence = "Request units of the store for each operation, retries included.",
           .dimension = request_units,
           .unit = "RU",
           .denominator = all_operations},
    Metric{.name = "cross_region_calls",
           .sentence = "Calls to another region for each operation.",
           .dimension = count,
           .unit = "calls",
           .denominator = all_operations},
    Metric{.name = "broker_calls",
           .sentence = "Calls to the broker for each operation.",
           .dimension = count,
           .unit = "calls",
           .denominator = all_operations},
    Metric{.name = "cross_region_bytes",
           .sentence = "Bytes sent between regions for each operation, replication of writes "
                       "included.",
           .dimension = bytes,
           .unit = "bytes",
           .denominator = all_operations},
    Metric{.name = "cost_per_million",
           .sentence = "What a million operations cost by /prices: request units, bytes between "
                       "regions, and what is paid by the hour. In the currency of /prices.",
           .dimension = money,
           .unit = "money",
           .denominator = all_operations},
    Metric{.name = "throttled",
           .sentence = "The store turned a request of the operation away (429), whether or not a "
                       "later one was served.",
           .denominator = all_operations},
    Metric{.name = "writes_lost",
           .sentence = "Acknowledged writes that are lost when another region takes over, or with "
                       "a tier's memory, over all partitions.",
           .dimension = count,
           .unit = "writes",
           .denominator = store_faults},
    latency("rpo",
            "From the commit of the oldest lost write to the fault, of the partition where that is "
            "longest; 0 where nothing is lost.",
            store_faults),
    latency("rto_writes",
            "From the fault to the first good answer to a write that was sent after it, of the "
            "partition that waited longest.",
            store_faults),
    latency("rto_reads",
            "From the fault to the first answer to a read of the region's users, of the partition "
            "that waited longest.",
            store_faults),
    latency("rto_lag",
            "From the end of the fault until the region lags no more than any did before it.",
            store_faults),
    latency("replication_lag.mean",
            "Age of the oldest committed entry that a replica of the region lacks, the greatest "
            "over partitions: its mean over time.",
            region_looks),
    latency("replication_lag.p99",
            "The same, exceeded for a hundredth of the time; left alone by what is committed and "
            "applied between two looks.",
            region_looks),
    Metric{.name = "replication_bytes",
           .sentence = "Bytes of entries sent between regions, a second.",
           .dimension = bytes,
           .unit = "bytes",
           .denominator = "seconds of the phases"},
    Metric{.name = "writes_at_risk",
           .sentence = "Acknowledged writes that are in memory alone and would be lost with it: "
                       "their mean number over time.",
           .dimension = count,
           .unit = "writes",
           .denominator = store_looks},
    latency("backup_age",
            "How much of the past a restore would lose, from the newest complete backup: its mean "
            "over time.",
            store_looks),
};

}  // namespace

std::span<const Metric> metric_catalogue() { return metrics; }

const Metric* find_metric(std::string_view name) {
  for (const Metric& metric : metrics) {
    if (metric.name == name) return &metric;
  }
  return nullptr;
}

Dimension limit_dimension(const Metric& metric) {
  switch (metric.dimension) {
    case MetricDimension::share:
      return Dimension::share;
    case MetricDimension::duration:
      return Dimension::duration;
    case MetricDimension::request_units:
      return Dimension::request_units;
    case MetricDimension::bytes:
      return Dimension::bytes;
    case MetricDimension::count:
    case MetricDimension::money:
      return Dimension::plain;
  }
  return Dimension::plain;
}

}  // namespace seatrial::scenarios
