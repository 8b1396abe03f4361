#include "models/store/region_replicas.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace seatrial::models {

namespace {
// By insertion: there are a handful.
Instant nth_smallest(std::span<const Instant> values, std::size_t n) {
  std::array<std::int64_t, RegionReplicas::most_replicas> sorted;
  std::size_t size = 0;
  for (const Instant value : values) {
    std::size_t place = size++;
    for (; place > 0 && sorted[place - 1] > value.ns(); --place) sorted[place] = sorted[place - 1];
    sorted[place] = value.ns();
  }
  return Instant::at(Duration::nanoseconds(sorted[n - 1]));
}
}  // namespace

RegionReplicas::RegionReplicas(const ReplicaLag& lag, const StoreConfig& config, RegionId region,
                               RegionId write_region)
    : lag_{lag},
      region_{region},
      source_{write_region, Instant{}},
      previous_write_region_{write_region},
      receives_{region != write_region},
      in_log_order_{config.apply_order == ApplyOrder::in_log_order},
      is_said_in_log_order_{in_log_order_},
      replicas_{static_cast<std::size_t>(config.replicas)},
      applied_(replicas_, 0),
      latest_(replicas_) {
  std::iota(names_.begin(), names_.end(), std::uint8_t{0});
  SEATRIAL_ASSERT(replicas_ >= 1 && replicas_ <= most_replicas, "a region has 1 to 32 replicas");
}

void RegionReplicas::use(std::shared_ptr<Outbound> outbound) {
  outbound_ = std::move(outbound);
  in_log_order_ = is_said_in_log_order_ && !(outbound_ && outbound_->reorders());
}

std::optional<Instant> RegionReplicas::door_of(const PartitionLog& log, std::uint64_t lsn,
                                               Instant now) const {
  if (paced_) [[unlikely]] {
    if (const std::optional<Instant> leaves = paced_->leaves(lsn)) {
      ReplicationSource paced = source_;
      paced.since = std::max(paced.since, *leaves);
      return lag_.at_door(log.at(lsn), paced, region_, now);
    }
  }
  if (outbound_) return outbound_->at_door(lsn, log.at(lsn), source_, now);
  return lag_.at_door(log.at(lsn), source_, region_, now);
}

void RegionReplicas::append(const LogEntry& entry) {
  lag_.in_write_region(entry, region_, add_row());
  settle();
}

std::span<Instant> RegionReplicas::add_row() {
  arrivals_.resize(arrivals_.size() + replicas_);
  ++received_;
  return {arrivals_.data() + (arrivals_.size() - replicas_), replicas_};
}

void RegionReplicas::settle() {
  Instant* row = arrivals_.data() + (arrivals_.size() - replicas_);
  for (std::size_t i = 0; i < replicas_; ++i) {
    if (in_log_order_) row[i] = std::max(row[i], latest_[i]);
    latest_[i] = row[i];
  }
  if (down_.none()) [[likely]] {
    return;
  }
  for (std::size_t i = 0; i < replicas_; ++i) {
    if (down_[i]) row[i] = latest_[i] = Instant::never();
  }
}

void RegionReplicas::receive(const PartitionLog& log, Instant now) {
  if (!receives_) return;
  while (received_ < log.last()) {
    const LogEntry& entry = log.at(received_ + 1);
    const std::optional<Instant> door = door_of(log, received_ + 1, now);
    if (!door || *door > now) return;
    lag_.in_read_region(entry, region_, *door, add_row());
    settle();
    if (!kept_.empty()) [[unlikely]]
      put_back_kept();
  }
}

// What a replica had after a gap it still has, whatever is sent to its region once more.
void RegionReplicas::keep_overtaking(const PartitionLog& log, std::size_t replica, Instant now) {
  if (in_log_order_ || !receives_ || down_[replica]) return;
  std::array<Instant, most_replicas> row;
  for (std::uint64_t lsn = received_ + 1; lsn <= log.last(); ++lsn) {
    const std::optional<Instant> door = door_of(log, lsn, now);
    if (!door || *door > now) continue;
    lag_.in_read_region(log.at(lsn), region_, *door, std::span<Instant>{row.data(), replicas_});
    if (row[replica] > now) continue;
    kept_.try_emplace(lsn, replicas_, Instant::never()).first->second[replica] = row[replica];
  }
}

// A region whose replicas were all down is sent everything after its cuts once more.
void RegionReplicas::keep_rows_after(std::uint64_t lsn) {
  if (in_log_order_) return;
  for (std::uint64_t i = std::max(lsn + 1, first_row_); i <= received_; ++i) {
    const std::span<const Instant> row = row_of(i);
    kept_[i].assign(row.begin(), row.end());
  }
}

void RegionReplicas::put_back_kept() {
  const auto kept = kept_.find(received_);
  if (kept == kept_.end()) return;
  for (std::size_t i = 0; i < replicas_; ++i) {
    Instant& arrival = arrival_of(received_, i);
    arrival = std::min(arrival, kept->second[i]);
  }
  kept_.erase(kept);
}

std::optional<Instant> RegionReplicas::next_door(const PartitionLog& log, Instant now) const {
  if (!receives_ || received_ == log.last()) return std::nullopt;
  return door_of(log, received_ + 1, now);
}

std::span<const Instant> RegionReplicas::row_of(std::uint64_t lsn) const {
  return {arrivals_.data() + (lsn - first_row_) * replicas_, replicas_};
}

void RegionReplicas::advance(std::size_t replica, Instant now) {
  std::uint64_t cut = applied_[replica];
  std::size_t next = (cut + 1 - first_row_) * replicas_ + replica;
  while (cut < received_ && arrivals_[next] <= now) {
    ++cut;
    next += replicas_;
  }
  applied_[replica] = cut;
}

std::uint64_t RegionReplicas::applied(const PartitionLog& log, std::size_t replica, Instant now) {
  receive(log, now);
  advance(replica, now);
  return applied_[replica];
}

std::uint64_t RegionReplicas::applied_by_all(const PartitionLog& log, Instant now) {
  receive(log, now);
  for (std::size_t i = 0; i < replicas_; ++i) advance(i, now);
  return lowest_cut();
}

std::uint64_t RegionReplicas::applied_by(const PartitionLog& log, std::size_t replicas,
                                         Instant now) {
  applied_by_all(log, now);
  std::vector<std::uint64_t> cuts = applied_;
  std::sort(cuts.begin(), cuts.end());
  return cuts[cuts.size() - replicas];
}

bool RegionReplicas::has(const PartitionLog& log, std::uint64_t lsn, std::size_t replica,
                         Instant now) {
  if (lsn <= applied(log, replica, now)) return true;
  if (in_log_order_) return false;
  if (lsn <= received_) return row_of(lsn)[replica] <= now;
  const auto kept = kept_.find(lsn);
  if (kept != kept_.end() && kept->second[replica] <= now) return true;
  if (!receives_ || down_[replica]) return false;
  const LogEntry& entry = log.at(lsn);
  const std::optional<Instant> door = door_of(log, lsn, now);
  if (!door || *door > now) return false;
  std::array<Instant, most_replicas> row;
  lag_.in_read_region(entry, region_, *door, std::span<Instant>{row.data(), replicas_});
  return row[replica] <= now;
}

std::optional<Instant> RegionReplicas::quorum_arrival(const PartitionLog& log, std::uint64_t lsn,
                                                      std::size_t quorum, Instant now) {
  receive(log, now);
  if (lsn > received_) return std::nullopt;
  if (lsn < first_row_) return now;
  const Instant arrival = nth_smallest(row_of(lsn), quorum);
  if (arrival == Instant::never()) return std::nullopt;
  return arrival;
}

std::optional<Instant> RegionReplicas::arrival(const PartitionLog& log, std::uint64_t lsn,
                                               std::size_t replica, Instant now) {
  receive(log, now);
  if (lsn > received_ || row_of(lsn)[replica] == Instant::never()) return std::nullopt;
  return row_of(lsn)[replica];
}

std::uint64_t RegionReplicas::lowest_cut() const {
  return *std::min_element(applied_.begin(), applied_.end());
}

void RegionReplicas::forget_up_to(std::uint64_t lsn) {
  const std::uint64_t end_of_rows = std::min(lowest_cut(), lsn) + 1;
  if (end_of_rows <= first_row_) return;
  const std::uint64_t rows = end_of_rows - first_row_;
  // Moving the rest is paid for by what goes.
  if (rows * replicas_ * 2 < arrivals_.size()) return;
  const auto end = arrivals_.begin() + static_cast<std::ptrdiff_t>(rows * replicas_);
  arrivals_.erase(arrivals_.begin(), end);
  first_row_ += rows;
  if (outbound_) outbound_->forget(first_row_ - 1);
}

void RegionReplicas::crash(const PartitionLog& log, std::size_t replica, Instant now) {
  receive(log, now);
  advance(replica, now);
  keep_overtaking(log, replica, now);
  down_.set(replica);
  for (std::uint64_t lsn = applied_[replica] + 1; lsn <= received_; ++lsn) {
    Instant& arrival = arrival_of(lsn, replica);
    if (arrival > now) arrival = Instant::never();
  }
  latest_[replica] = Instant::never();
  end_refill(replica, now);
  if (up() != 0) return;
  receives_ = false;
  end_catch_up(now);
  came_back_ = false;
  if (outbound_) outbound_->receiver_down(now);
}

void RegionReplicas::restart(const PartitionLog& log, const Some& replicas, Instant now,
                             const Refill* refill) {
  receive(log, now);
  const bool nobody_was_up = up() == 0;
  down_ &= ~replicas;
  if (up() == 0) return;
  Some lacking;  // of the arrivals since they went down
  for (std::size_t i = 0; i < replicas_; ++i) {
    lacking[i] = !down_[i] && latest_[i] == Instant::never();
  }
  if (nobody_was_up && !leads()) {
    // Nobody kept what was on its way, and who writes may have changed.
    previous_write_region_ = source_.region;
    source_.since = now;
    receives_ = true;
    came_back_ = true;
    const std::uint64_t cut = longest(log, now);
    keep_rows_after(cut);
    drop_rows_after(cut);
    if (outbound_) outbound_->receiver_up(received_ + 1, log, now);
  }
  for (std::size_t i = 0; i < replicas_; ++i) {
    if (lacking[i]) catch_up(log, i, now, nobody_was_up ? nullptr : refill);
  }
}

RegionReplicas::Some RegionReplicas::numbers_of(const Some& names) const {
  Some numbers;
  for (std::size_t i = 0; i < replicas_; ++i) numbers[i] = names[names_[i]];
  return numbers;
}

Instant RegionReplicas::earliest_of(std::uint64_t lsn) const {
  Instant earliest = Instant::never();
  for (std::size_t i = 0; i < replicas_; ++i) {
    if (down_[i]) continue;
    if (lsn <= applied_[i]) return Instant{};
    earliest = std::min(earliest, row_of(lsn)[i]);
  }
  return earliest;
}

std::uint64_t RegionReplicas::longest(const PartitionLog& log, Instant now) {
  std::uint64_t longest = 0;
  for (std::size_t i = 0; i < replicas_; ++i) {
    if (!down_[i]) longest = std::max(longest, applied(log, i, now));
  }
  return longest;
}

void RegionReplicas::truncate_after(const PartitionLog& log, std::uint64_t survived, Instant now) {
  receive(log, now);
  for (std::size_t i = 0; i < replicas_; ++i) {
    advance(i, now);
    applied_[i] = std::min(applied_[i], survived);
  }
  drop_rows_after(survived);
  kept_.erase(kept_.upper_bound(survived), kept_.end());
}

void RegionReplicas::drop_rows_after(std::uint64_t lsn) {
  if (received_ <= lsn) return;
  received_ = lsn;
  first_row_ = std::min(first_row_, lsn + 1);
  arrivals_.resize((received_ + 1 - first_row_) * replicas_);
  for (std::size_t i = 0; i < replicas_; ++i) {
    const bool has_row = first_row_ <= received_;
    if (!down_[i]) latest_[i] = has_row ? arrival_of(received_, i) : Instant{};
  }
}

void RegionReplicas::lead(Instant now) {
  std::size_t longest = 0;
  for (std::size_t i = 1; i < replicas_; ++i) {
    if (down_[i] || (!down_[longest] && applied_[i] <= applied_[longest])) continue;
    longest = i;
  }
  exchange_with_primary(longest);
  end_catch_up(now);
  came_back_ = false;
  previous_write_region_ = region_;
  source_ = ReplicationSource{region_, now};
  receives_ = false;
  if (!in_log_order_ && is_said_in_log_order_) settle_order(now);
}

// Entries have come in another order; from now on they come in that of the log. What a replica
// shows it keeps, so it gets what was missing before.
void RegionReplicas::settle_order(Instant now) {
  in_log_order_ = true;
  for (std::size_t i = 0; i < replicas_; ++i) {
    if (down_[i]) continue;
    std::uint64_t shown = received_;
    while (shown >= first_row_ && arrival_of(shown, i) > now) --shown;
    Instant before;
    for (std::uint64_t lsn = first_row_; lsn <= received_; ++lsn) {
      Instant& arrival = arrival_of(lsn, i);
      arrival = lsn <= shown ? std::min(arrival, now) : std::max(arrival, before);
      before = arrival;
    }
    latest_[i] = std::max(latest_[i], before);
  }
}

void RegionReplicas::go_on_after(std::uint64_t lsn) {
  applied_.assign(replicas_, lsn);
  latest_.assign(replicas_, Instant{});
  arrivals_.clear();
  first_row_ = lsn + 1;
  received_ = lsn;
  came_back_ = false;
  paced_.reset();
  refills_.clear();
  kept_.clear();
  news_.clear();
  if (outbound_) outbound_->go_on_after(lsn);
}

void RegionReplicas::load_all(Instant now) {
  for (std::size_t i = 0; i < replicas_; ++i) {
    if (down_[i]) continue;
    for (std::uint64_t lsn = first_row_; lsn <= received_; ++lsn) {
      Instant& arrival = arrival_of(lsn, i);
      arrival = latest_[i] = std::min(arrival, now);
    }
  }
}

void RegionReplicas::exchange_with_primary(std::size_t replica) {
  if (!refills_.empty()) std::swap(refills_[0], refills_[replica]);
  std::swap(applied_[0], applied_[replica]);
  std::swap(latest_[0], latest_[replica]);
  std::swap(names_[0], names_[replica]);
  const bool was_down = down_[0];
  down_[0] = down_[replica];
  down_[replica] = was_down;
  for (std::uint64_t lsn = first_row_; lsn <= received_; ++lsn) {
    std::swap(arrival_of(lsn, 0), arrival_of(lsn, replica));
  }
}

void RegionReplicas::follow(ReplicationSource source) {
  end_catch_up(source.since);
  previous_write_region_ = leads() ? source.region : source_.region;
  source_ = source;
  receives_ = up() != 0;
}

void RegionReplicas::source_came_back(const PartitionLog& log, Instant now) {
  receive(log, now);
  end_catch_up(now);
  source_.since = now;
  source_.until = Instant::never();
}

RegionId RegionReplicas::write_region(std::uint32_t epoch, Instant now) const {
  if (source_.region == previous_write_region_) return source_.region;
  const std::optional<Instant> news = lag_.news_of_epoch(epoch, source_, region_, now);
  return news && *news <= now ? source_.region : previous_write_region_;
}

}  // namespace seatrial::models
