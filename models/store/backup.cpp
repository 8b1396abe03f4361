#include "models/store/backup.hpp"

#include <algorithm>

namespace seatrial::models {

namespace {
// No session has this number.
constexpr std::uint64_t entity_of_backups = std::uint64_t{1} << 63;
}  // namespace

Backup::Backup(sim::Simulation& simulation, Network& network, const BackupConfig& config,
               RegionId write_region, std::size_t partitions, Instant end)
    : simulation_{simulation},
      network_{network},
      is_on_{config.present},
      every_{config.every},
      bytes_per_second_{static_cast<double>(config.bytes_per_second)},
      from_{write_region},
      to_{network.region_named(config.to).value_or(write_region)},
      end_{end},
      changed_(partitions, 0) {
  if (is_on_) schedule_next();
}

void Backup::schedule_next() {
  if (end_ - simulation_.now() < every_) return;
  simulation_.schedule(every_, [this] {
    cut();
    schedule_next();
  });
}

void Backup::cut() {
  Cut made;
  made.at = simulation_.now();
  for (Bytes& bytes : changed_) {
    made.bytes += bytes;
    made.largest = std::max(made.largest, bytes);
    bytes = 0;
  }
  cuts_.push_back(made);
}

std::optional<Instant> Backup::complete(const Cut& cut, std::uint32_t number, Instant now) const {
  Duration sending;
  if (bytes_per_second_ > 0) {
    const double ns = static_cast<double>(cut.largest) * 1e9 / bytes_per_second_;
    sending = Duration::nanoseconds(static_cast<std::int64_t>(ns + 0.5));
  }
  const MessageName name{entity_of_backups, number, 0, 0};
  const Instant sent = cut.at + sending;
  if (sent > now) return std::nullopt;
  return from_ == to_ ? sent : network_.replication_arrival(from_, to_, name, sent, now);
}

void Backup::count(ReplicationObserved& seen, Instant now) const {
  Instant newest;  // cut of the newest complete backup; at the start everything is there
  Instant latest;  // when a backup was complete
  for (std::uint32_t i = 0; i < cuts_.size(); ++i) {
    const std::optional<Instant> done = complete(cuts_[i], i, now);
    if (!done || *done > now) return;
    latest = std::max(latest, *done);
    const Duration age = latest - newest;
    ++seen.backups;
    seen.backup_bytes += cuts_[i].bytes;
    seen.backup_age += age;
    seen.oldest_backup_age = std::max(seen.oldest_backup_age, age);
    newest = cuts_[i].at;
  }
}

std::optional<Duration> Backup::age(Instant now) const {
  if (!is_on_) return std::nullopt;
  Instant newest;
  for (std::uint32_t i = 0; i < cuts_.size(); ++i) {
    const std::optional<Instant> done = complete(cuts_[i], i, now);
    if (!done || *done > now) break;
    newest = cuts_[i].at;
  }
  return now - newest;
}

}  // namespace seatrial::models
