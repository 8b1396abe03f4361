// Nothing is lost and nothing appears from nowhere: what users asked for is what was finished, what
// replicas charged is what operations cost, and an acknowledged write is in the log.
//
// A killed pod takes with it what its requests had cost, and a primary that goes down the answers
// to its writes: then the sum may be smaller.
#pragma once

#include <map>
#include <set>
#include <tuple>

#include "tests/swarm/check.hpp"

namespace seatrial::swarm {

class Conservation final : public Check {
 public:
  explicit Conservation(const models::WorldConfig& world);

  void operation(const models::OperationObserved&) override;
  void commit(const models::CommitObserved&) override;
  void user_left(const models::UserLeft&) override;
  void late(const models::LateCost&) override;
  void answered(const models::ReplicaAnswered&) override;
  void finish(const models::RunTotals&) override;

 private:
  using Document = std::tuple<std::uint32_t, std::uint64_t>;
  void check_first_device(std::uint64_t session, const std::set<std::uint32_t>& indexes);

  bool costs_vanish_;
  std::uint64_t operations_ = 0;
  std::map<std::uint64_t, std::set<std::uint32_t>> indexes_;   // of operations, by session
  std::set<std::pair<std::uint64_t, std::uint32_t>> updated_;  // acknowledged, by (user, index)
  std::set<std::uint64_t> left_;                               // users
  // Committed versions: document, epoch, LSN. (Its partition may split while a write waits.)
  std::set<std::tuple<Document, std::uint32_t, std::uint64_t>> committed_;
  std::map<std::uint64_t, std::int64_t> charged_;  // thousandths of RU, by session
  std::map<std::uint64_t, std::int64_t> paid_;
};

}  // namespace seatrial::swarm
