// What goes between regions is paid for once, by an operation or by a late cost, whether or not it
// arrives and whether or not there was a route: whoever sends knows nothing of routes.
//
//   given   requests, answers, tokens: sent, or without a route; entries, once to each other region
//   paid    by operations and late costs
//   given = paid + what is nobody's
//
// Nobody's, and of one size (the headers alone): what regions say of entries to the primary that
// waits for them. Where nobody waits, it is an equation.
//
// Weaker, because something vanishes or is paid for too early:
//   - a killed pod takes with it what its requests had cost: less is paid
//   - a strong write is answered before its commit, which a takeover may prevent: its entry is paid
//     for, and never left
#pragma once

#include <optional>

#include "tests/swarm/check.hpp"

namespace seatrial::swarm {

class BytesBetweenRegions final : public Check {
 public:
  explicit BytesBetweenRegions(const models::WorldConfig& world);

  void operation(const models::OperationObserved&) override;
  void late(const models::LateCost&) override;
  void commit(const models::CommitObserved&) override;
  void appended(const models::EntryAppended&) override;
  void takeover(const models::TakeoverObserved&) override;
  void replication(const models::ReplicationObserved&) override;
  void finish(const models::RunTotals&) override;

 private:
  void read_plans(const models::WorldConfig& world);
  void check_entries();
  // Entries that were paid for and cut off, at the most.
  models::Bytes most_paid_early() const;
  // Messages that are nobody's; nothing: any number.
  std::optional<std::int64_t> most_unpaid(const models::RunTotals& totals) const;

  std::int64_t others_ = 0;  // regions that an entry goes to
  models::Bytes largest_entry_ = 0;
  std::int64_t reports_needed_ = 0;  // for a commit, at the least
  bool regions_report_ = false;
  bool reports_once_ = true;  // of an entry, but for reports that are lost
  bool pods_die_ = false;
  bool answers_early_ = false;

  std::int64_t appended_ = 0;
  std::int64_t committed_ = 0;
  std::int64_t takeovers_ = 0;
  models::Bytes paid_ = 0;
  models::ReplicationObserved sent_;
};

}  // namespace seatrial::swarm
