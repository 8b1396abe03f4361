// What one client knows of the account: which region takes the writes of each partition, and which
// regions have not answered lately. Every pod has a client of its own.
//
// Law: it learns from answers, and from their absence, alone: it may go on asking a region that
// nobody listens in, or writing to one that takes writes no more.
// Source: regions without an answer are avoided for 5 min, and the account is read anew every 5 min
// (LocationCache and GlobalEndpointManager of azure-cosmos-dotnet-v3).
#pragma once

#include <algorithm>
#include <vector>

#include "models/network/network.hpp"

namespace seatrial::models {

class AccountView {
 public:
  static constexpr Duration avoided_for = Duration::seconds(300);
  static constexpr Duration read_anew_after = Duration::seconds(300);

  AccountView(const Network& network, RegionId write_region)
      : network_{network}, first_write_region_{write_region}, avoided_until_(network.regions()) {}

  RegionId write_region(std::uint32_t partition) const {
    return partition < learned_.size() ? learned_[partition] : first_write_region_;
  }
  // The nearest one to read from, or to ask, that is not avoided. When all are: the one that was
  // silent longest ago, so whoever asks on comes to each of them.
  RegionId nearest(RegionId home, Instant now) const {
    if (avoided_until_[home.value()] <= now) [[likely]] {
      return home;
    }
    const Instant earliest = *std::min_element(avoided_until_.begin(), avoided_until_.end());
    const Instant latest = std::max(earliest, now);
    const auto is_good = [&](RegionId region) { return avoided_until_[region.value()] <= latest; };
    return network_.nearest(home, is_good).value_or(home);
  }

  void did_not_answer(RegionId region, Instant now) {
    avoided_until_[region.value()] = now + avoided_for;
  }
  // The partition's write region has not answered since the account was asked.
  bool is_in_doubt(std::uint32_t partition, Instant now) const {
    const Instant until = avoided_until_[write_region(partition).value()];
    return until > now && until - avoided_for > asked_;
  }
  bool is_old(Instant now) const { return now - asked_ >= read_anew_after; }

  void has_asked(Instant now) { asked_ = now; }
  void learn(std::uint32_t partition, RegionId write_region) {
    if (write_region == this->write_region(partition)) return;
    if (partition >= learned_.size()) learned_.resize(partition + 1, first_write_region_);
    learned_[partition] = write_region;
  }

 private:
  const Network& network_;
  RegionId first_write_region_;
  std::vector<RegionId> learned_;       // by partition; beyond the end: as at the start
  std::vector<Instant> avoided_until_;  // by region
  Instant asked_;
};

}  // namespace seatrial::models
