#include "models/store/replication/durability.hpp"

#include <algorithm>

namespace seatrial::models {

Instant Durability::add(const LogEntry& entry) {
  sim::Stream draws{key_, entry.write.session.value(), entry.write.index,
                    static_cast<std::uint8_t>(entry.attempt)};
  const std::int64_t stretch = entry.committed.since_start() / flush_every_;
  const Instant begins = Instant::at(flush_every_ * (stretch + 1));
  latest_ = std::max(latest_, begins + flush_.sample_duration(draws));
  in_memory_.push_back({entry.committed, latest_});
  return latest_;
}

std::uint64_t Durability::durable(Instant now) {
  for (; !in_memory_.empty() && in_memory_.front().durable <= now; ++durable_) {
    in_memory_.pop_front();
  }
  return durable_;
}

Durability::AtRisk Durability::at_risk(Instant now) {
  durable(now);
  if (in_memory_.empty()) return {};
  return {in_memory_.size(), now - in_memory_.front().committed};
}

}  // namespace seatrial::models
