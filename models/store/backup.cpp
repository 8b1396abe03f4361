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
      changed_(partitions, 0),
      free_(partitions) {
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
  for (std::size_t i = 0; i < changed_.size(); ++i) {
    made.bytes += changed_[i];
    free_[i] = std::max(made.at, free_[i]) + sending(changed_[i]);
    made.sent = std::max(made.sent, free_[i]);
    changed_[i] = 0;
  }
  cuts_.push_back(made);
}

Duration Backup::sending(Bytes bytes) const {
  if (bytes_per_second_ == 0) return {};
  const double ns = static_cast<double>(bytes) * 1e9 / bytes_per_second_;
  return Duration::nanoseconds(static_cast<std::int64_t>(ns + 0.5));
}

std::optional<Instant> Backup::complete(const Cut& cut, std::uint32_t number, Instant now) const {
  const MessageName name{entity_of_backups, number, 0, 0};
  if (cut.sent > now) return std::nullopt;
  return from_ == to_ ? cut.sent : network_.replication_arrival(from_, to_, name, cut.sent, now);
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
