#include "models/store/replication/shipping.hpp"

#include <array>

#include "models/store/message_names.hpp"

namespace seatrial::models {

namespace {

constexpr std::array<std::string_view, 3> ship_names{"as_written", "delta", "full"};

Duration work_of(Duration per_mb, Bytes bytes) {
  return Duration::nanoseconds(per_mb.ns() * bytes / (1024 * 1024));
}

}  // namespace

Shipped shipped(const ShippingPlan& plan, OperationKind kind, Bytes document, Bytes patch,
                Bytes carried) {
  const bool is_update = kind == OperationKind::update;
  Bytes payload = carried;
  if (plan.ship == Ship::full && is_update) payload = document;
  Shipped result;
  if (plan.ship == Ship::delta && is_update && patch < carried) {
    payload = patch;
    result.work_each_end += work_of(plan.diff_per_mb, document);
  }
  result.work_each_end += work_of(plan.compress_per_mb, payload);
  const double packed = static_cast<double>(payload) / plan.compression;
  result.bytes = header_bytes + static_cast<Bytes>(packed + 0.5);
  return result;
}

void describe(FieldVisitor& v, ShippingPlan& plan) {
  v.one_of({.key = "ship",
            .sentence = "What of a write travels to other regions: what the request carried, the "
                        "changed part (patch_size), or the full document."},
           ship_names, plan.ship);
  v.number({.key = "compression",
            .sentence = "How many times smaller it becomes; 1: it is not compressed.",
            .source = "assumed",
            .at_least = 1,
            .at_most = 1000},
           plan.compression);
  v.duration({.key = "compress_per_mb",
              .sentence = "CPU time at each end to compress and decompress a MB.",
              .source = "assumed",
              .at_least = 0,
              .at_most = 1e9},
             plan.compress_per_mb);
  v.duration({.key = "diff_per_mb",
              .sentence = "CPU time at each end to find and apply the change of an update that is "
                          "no PATCH, for each MB of the document; with \"ship\": \"delta\".",
              .source = "assumed",
              .at_least = 0,
              .at_most = 1e9},
             plan.diff_per_mb);
}

}  // namespace seatrial::models
