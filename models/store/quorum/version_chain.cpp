#include "models/store/quorum/version_chain.hpp"

#include <algorithm>

#include "sim/assert.hpp"

namespace seatrial::models {

void VersionChain::begin(std::size_t replicas) {
  replicas_ = replicas;
  versions_.clear();
  arrivals_.clear();
  kept_ = 0;
  newest_committed_ = {};
  questions_ = {};
}

void VersionChain::append(Version version, std::span<const Instant> arrivals, Instant now,
                          const OperationName& write) {
  SEATRIAL_ASSERT(arrivals.size() == replicas_, "a version comes to every replica");
  if (versions_.size() >= 2 * kept_ + 2) forget(now);
  Entry entry;
  entry.version = version;
  entry.write = write;
  entry.sent = now;
  versions_.push_back(entry);
  arrivals_.insert(arrivals_.end(), arrivals.begin(), arrivals.end());
}

std::size_t VersionChain::newest_index_at(std::size_t replica, Instant moment) const {
  std::size_t i = versions_.size();
  while (i > 0 && arrival_at(i - 1, replica) > moment) --i;
  return i == 0 ? 0 : i - 1;
}

// Only when there are twice as many as were kept the last time, so it is paid for by appends.
void VersionChain::forget(Instant now) {
  const Instant horizon = questions_.horizon(now);
  std::size_t oldest = versions_.empty() ? 0 : versions_.size() - 1;
  for (std::size_t replica = 0; replica < replicas_ && oldest > 0; ++replica) {
    oldest = std::min(oldest, newest_index_at(replica, horizon));
  }
  if (oldest > 0) {
    const auto gone = static_cast<std::ptrdiff_t>(oldest);
    versions_.erase(versions_.begin(), versions_.begin() + gone);
    arrivals_.erase(arrivals_.begin(),
                    arrivals_.begin() + gone * static_cast<std::ptrdiff_t>(replicas_));
  }
  kept_ = versions_.size();
}

std::size_t VersionChain::index_of(std::uint64_t lsn) const {
  const auto found =
      std::lower_bound(versions_.begin(), versions_.end(), lsn,
                       [](const Entry& entry, std::uint64_t of) { return entry.version.lsn < of; });
  return static_cast<std::size_t>(found - versions_.begin());
}

bool VersionChain::knows(Version version) const {
  const std::size_t index = index_of(version.lsn);
  return index < versions_.size() && versions_[index].version == version;
}

Instant VersionChain::arrival(Version version, std::size_t replica) const {
  return arrival_at(index_of(version.lsn), replica);
}

void VersionChain::commit(Version version, Instant now) {
  newest_committed_ = std::max(newest_committed_, version);
  if (knows(version)) versions_[index_of(version.lsn)].committed = now;
}

void VersionChain::bring(Version version, std::size_t replica, Instant now) {
  if (!knows(version)) return;  // everybody has a newer one
  Instant& arrival = arrivals_[index_of(version.lsn) * replicas_ + replica];
  arrival = std::min(arrival, now);
}

bool VersionChain::is_everywhere(Version version, Instant now) const {
  if (!knows(version)) return true;
  for (std::size_t replica = 0; replica < replicas_; ++replica) {
    if (newest_at(replica, now) < version) return false;
  }
  return true;
}

Version VersionChain::newest_at(std::size_t replica, Instant moment) const {
  for (std::size_t i = versions_.size(); i-- > 0;) {
    if (arrival_at(i, replica) <= moment) return versions_[i].version;
  }
  return {};
}

Instant VersionChain::first_with(Version version, std::size_t replica, Instant since) const {
  // It was forgotten only for a newer one that every replica had before the question began.
  if (!knows(version)) return since;
  Instant first = Instant::never();
  for (std::size_t i = index_of(version.lsn); i < versions_.size(); ++i) {
    first = std::min(first, arrival_at(i, replica));
  }
  return std::max(first, since);
}

Truth VersionChain::judge(const Invocation& invocation, Version returned) const {
  Truth truth;
  truth.newest_committed_ordinal = invocation.newest_ordinal;
  Instant oldest_commit = Instant::never();
  for (std::size_t i = index_of(returned.lsn + 1); i < versions_.size(); ++i) {
    const Entry& newer = versions_[i];
    if (newer.version.ordinal > invocation.newest_ordinal || newer.committed > invocation.at) {
      continue;
    }
    ++truth.versions_behind;
    oldest_commit = std::min(oldest_commit, newer.committed);
  }
  if (truth.versions_behind > 0) truth.behind = invocation.at - oldest_commit;
  return truth;
}

}  // namespace seatrial::models
