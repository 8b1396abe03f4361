#include "models/store/catch_up_config.hpp"

namespace seatrial::models {

void describe(FieldVisitor& v, CatchUpConfig& config) {
  v.bytes({.key = "bytes_per_second",
           .sentence = "How fast a region that comes back is sent what it lacks, all partitions "
                       "together, or a replica that restarts.",
           .required = "say how fast what is missing is sent, for example \"20 MB\"",
           .at_least = 1,
           .at_most = 1e12},
          config.bytes_per_second);
  v.duration({.key = "log_retained",
              .sentence = "How long the log keeps an entry: where something is missing that was "
                          "committed longer ago, a snapshot of the partition is sent.",
              .source = "assumed",
              .at_least = 0},
             config.log_retained);
  v.number({.key = "snapshot_compression",
            .sentence = "How many times smaller a snapshot becomes; 1: it is not compressed.",
            .source = "assumed",
            .at_least = 1,
            .at_most = 1000},
           config.snapshot_compression);
  v.bytes({.key = "other_documents",
           .sentence = "Documents in each partition that a snapshot carries beside those of the "
                       "run's users.",
           .source = "assumed",
           .at_least = 0,
           .at_most = 1e15},
          config.other_documents);
  v.list(
      {.key = "first",
       .sentence = "Data classes with a /data/NAME/replication of their own whose partitions are "
                   "sent what they lack before all others, in this order.",
       .at_most = 64},
      [&] { return config.first.size(); },
      [&](FieldVisitor& element, std::size_t index) {
        if (index >= config.first.size()) config.first.resize(index + 1);
        element.reference({.key = "", .sentence = "A data class with partitions of its own."},
                          Reference::data_class, config.first[index]);
      });
}

}  // namespace seatrial::models
