// What a write asks of the document that it meets, by how its data class is updated: the same with
// one write region and with several.
#pragma once

#include "models/store/replica_service.hpp"

namespace seatrial::models {

inline Precondition precondition_of(const StoreRequest& request) {
  if (request.kind != OperationKind::update) return Precondition::none;
  switch (request.update) {
    case UpdateBy::replace:
      return Precondition::report_overwrite;
    case UpdateBy::replace_if_match:
      return Precondition::must_match;
    case UpdateBy::patch_if_unchanged:
      return Precondition::paths_unchanged;
    case UpdateBy::patch:
      break;
  }
  return Precondition::report_paths;
}

}  // namespace seatrial::models
