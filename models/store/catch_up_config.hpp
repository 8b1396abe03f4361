// How what a replica or region lacks is sent to it when it is up again (catch_up.hpp).
#pragma once

#include <string>
#include <vector>

#include "models/fields.hpp"

namespace seatrial::models {

struct CatchUpConfig {
  bool present = false;
  Bytes bytes_per_second = 0;  // to one region, or to one replica
  Duration log_retained = Duration::seconds(3600);
  double snapshot_compression = 1;  // bytes before, by bytes after
  Bytes other_documents = 0;        // of each partition, that a snapshot carries, too
  std::vector<std::string> first;   // data classes with partitions of their own
};

void describe(FieldVisitor&, CatchUpConfig&);

}  // namespace seatrial::models
