#include "models/store/replication/direct_outbound.hpp"

#include <algorithm>

#include "models/store/message_names.hpp"

namespace seatrial::models {

void LimitedOutbound::send(std::uint64_t lsn, const LogEntry& entry, Instant now) {
  while (end() <= lsn) sent_.emplace_back();
  sent_[lsn - first_].at = now;
  if (is_led_ && is_heard_) give(lsn, entry, now);
}

void LimitedOutbound::give(std::uint64_t lsn, const LogEntry& entry, Instant now) {
  const MessageName name = store_message(entry.write, StoreLeg::entry, entry.attempt, to_);
  Sent& sent = sent_[lsn - first_];
  if (sent.flight.waits_for_a_route) network_.withdraw_entry(sent.bytes, now, sent.flight);
  sent.last = now;
  sent.bytes = entry.bytes;
  network_.send_entry(lag_.write_region(), to_, entry.bytes, name, now, sent.flight);
}

std::optional<Instant> LimitedOutbound::at_door(std::uint64_t lsn, const LogEntry& entry,
                                                const ReplicationSource&, Instant) {
  if (lsn < first_ || lsn >= end()) return std::nullopt;
  const Sent& sent = sent_[lsn - first_];
  if (sent.at == Instant::never() || sent.flight.arrival == Instant::never()) return std::nullopt;
  const Instant unpacked = sent.flight.arrival + work_of(entry);
  return lag_.after_link(unpacked, lag_.write_region(), to_, sent.last);
}

void LimitedOutbound::withdraw(Instant now) {
  for (Sent& sent : sent_) {
    const Instant left = sent.flight.left;
    const bool has_left = left != Instant::never() &&
                          lag_.after_link(left, lag_.write_region(), to_, sent.last) <= now;
    if (!has_left) network_.withdraw_entry(sent.bytes, now, sent.flight);
  }
}

void LimitedOutbound::send_rest(const PartitionLog& log, Instant now) {
  if (!is_led_ || !is_heard_) return;
  for (std::uint64_t lsn = std::max(first_, log.first()); lsn < end() && lsn <= log.last(); ++lsn) {
    const Sent& sent = sent_[lsn - first_];
    const bool is_under_way =
        sent.flight.waits_for_a_route || sent.flight.arrival != Instant::never();
    if (sent.at != Instant::never() && !is_under_way) give(lsn, log.at(lsn), now);
  }
}

void LimitedOutbound::stop(Instant now) {
  if (is_led_) withdraw(now);
  is_led_ = false;
}

void LimitedOutbound::lead(RegionId, const PartitionLog& log, Instant now) {
  if (is_led_) return;
  is_led_ = true;
  send_rest(log, now);
}

void LimitedOutbound::receiver_down(Instant now) {
  if (is_heard_) withdraw(now);
  is_heard_ = false;
}

void LimitedOutbound::receiver_up(std::uint64_t first, const PartitionLog& log, Instant now) {
  is_heard_ = true;
  for (std::uint64_t lsn = std::max(first, first_); lsn < end(); ++lsn) leave_out(lsn, now);
  send_rest(log, now);
}

void LimitedOutbound::leave_out(std::uint64_t lsn, Instant now) {
  if (lsn < first_ || lsn >= end()) return;
  Sent& sent = sent_[lsn - first_];
  network_.withdraw_entry(sent.bytes, now, sent.flight);
}

void LimitedOutbound::forget(std::uint64_t lsn) {
  for (; first_ <= lsn && !sent_.empty(); ++first_) sent_.pop_front();
}

// What the network still has to send it writes to a flight that must stay where it is.
void LimitedOutbound::truncate_after(std::uint64_t survived) {
  for (std::uint64_t lsn = std::max(first_, survived + 1); lsn < end(); ++lsn) {
    sent_[lsn - first_].at = Instant::never();
  }
}

std::shared_ptr<Outbound> LimitedOutbound::afterwards() const {
  if (!lag_.plan().tier) return nullptr;
  InstantsByLsn sent;
  sent.go_on_after(first_ - 1);
  for (std::uint64_t lsn = first_; lsn < end(); ++lsn) sent.at_or_add(lsn) = sent_[lsn - first_].at;
  return std::make_shared<LaterOutbound>(lag_, to_, std::move(sent));
}

}  // namespace seatrial::models
