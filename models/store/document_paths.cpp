#include "models/store/document_paths.hpp"

#include <algorithm>

namespace seatrial::models {

DocumentPaths::DocumentPaths(const std::vector<DataClassConfig>& data) {
  for (const DataClassConfig& entry : data) {
    paths_.push_back(static_cast<std::size_t>(entry.paths));
    is_needed_ = is_needed_ || entry.paths > 0;
  }
}

void DocumentPaths::open(std::uint32_t slot, DataClassId data_class) {
  if (!is_needed_) return;
  if (latest_.size() <= slot) latest_.resize(std::size_t{slot} + 1);
  latest_[slot].assign(paths_[data_class.value()], Change{});
}

bool DocumentPaths::changed_since(std::uint32_t slot, std::uint64_t paths, const Version& seen,
                                  SessionId writer) const {
  if (!is_needed_) return false;
  const std::vector<Change>& latest = latest_[slot];
  for (std::size_t path = 0; path < latest.size(); ++path) {
    if ((paths >> path & 1) == 0) continue;
    if (latest[path].is_after(seen) && latest[path].writer != writer) return true;
  }
  return false;
}

void DocumentPaths::changed(std::uint32_t slot, std::uint64_t paths, const Version& by,
                            SessionId writer) {
  if (!is_needed_) return;
  std::vector<Change>& latest = latest_[slot];
  for (std::size_t path = 0; path < latest.size(); ++path) {
    if (paths == 0 || (paths >> path & 1) != 0) latest[path] = Change{by.epoch, by.ordinal, writer};
  }
}

void DocumentPaths::cut_after(std::uint32_t slot, std::uint64_t ordinal) {
  if (!is_needed_) return;
  for (Change& change : latest_[slot]) {
    if (change.ordinal > ordinal) change = Change{change.epoch, ordinal, SessionId{}};
  }
}

}  // namespace seatrial::models
