#include "models/store/replication/direct_outbound.hpp"

#include "models/store/message_names.hpp"

namespace seatrial::models {

void LimitedOutbound::send(std::uint64_t lsn, const LogEntry& entry, Instant now) {
  const MessageName name = store_message(entry.write, StoreLeg::entry, entry.attempt, to_);
  sent_.at_or_add(lsn) = now;
  network_.send_entry(lag_.write_region(), to_, entry.bytes, name, now, arrivals_.at_or_add(lsn));
}

std::optional<Instant> LimitedOutbound::at_door(std::uint64_t lsn, const LogEntry& entry,
                                                const ReplicationSource&, Instant) {
  const std::optional<Instant> arrival = arrivals_.find(lsn);
  if (!arrival) return arrival;
  return lag_.after_link(*arrival + work_of(entry), lag_.write_region(), to_, *sent_.find(lsn));
}

std::shared_ptr<Outbound> LimitedOutbound::afterwards() const {
  if (!lag_.plan().tier) return nullptr;
  return std::make_shared<LaterOutbound>(lag_, to_, sent_);
}

}  // namespace seatrial::models
