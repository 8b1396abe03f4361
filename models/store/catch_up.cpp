#include "models/store/catch_up.hpp"

#include <algorithm>
#include <tuple>

namespace seatrial::models {

void PacedLog::add(Instant committed, Bytes bytes) {
  ++entries_;
  if (by_snapshot_ && !parts_.empty()) return;
  Part part;
  part.committed = committed;
  part.bytes_so_far = this->bytes() + bytes;
  parts_.push_back(part);
}

std::size_t PacedLog::sent(Instant now) const {
  const auto next = std::upper_bound(parts_.begin(), parts_.end(), now,
                                     [](Instant at, const Part& part) { return at < part.leaves; });
  return static_cast<std::size_t>(next - parts_.begin());
}

Bytes PacedLog::unsent(Instant now) const {
  const std::size_t left = sent(now);
  return bytes() - (left == 0 ? 0 : parts_[left - 1].bytes_so_far);
}

void CatchUpQueue::pace(Instant now) {
  std::vector<Waiting> waiting;
  Instant start = Instant::never();
  for (const Queued& queued : logs_) {
    for (std::size_t part = queued.log->sent(now); part < queued.log->parts_.size(); ++part) {
      start = std::min(start, queued.log->parts_[part].leaves);
      waiting.push_back({&queued, part});
    }
  }
  if (start == Instant::never()) return pace(std::move(waiting), now);
  std::erase_if(waiting,
                [&](const Waiting& one) { return one.of->log->parts_[one.part].leaves == start; });
  pace(std::move(waiting), start);
}

// By rank, then by age; of equal age as partitions are numbered, and in the order of their logs.
void CatchUpQueue::pace(std::vector<Waiting> waiting, Instant start) const {
  const auto key = [](const Waiting& one) {
    return std::tuple{one.of->rank, one.of->log->parts_[one.part].committed};
  };
  std::stable_sort(waiting.begin(), waiting.end(),
                   [&](const Waiting& one, const Waiting& other) { return key(one) < key(other); });
  Bytes bytes = 0;
  for (const Waiting& one : waiting) {
    bytes += one.of->log->bytes_of(one.part);
    const double ns = static_cast<double>(bytes) * 1e9 / static_cast<double>(bytes_per_second_);
    one.of->log->parts_[one.part].leaves =
        start + Duration::nanoseconds(static_cast<std::int64_t>(ns));
  }
}

}  // namespace seatrial::models
