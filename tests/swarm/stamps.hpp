// What a store with several write regions may answer, from operations, commits and conflicts alone.
// What the order of versions (their stamps) says of them; what their logs say is in
// several_logs.hpp.
//
//   - what is read was written, and is committed in the end; never before its write was invoked
//   - of a session's token: nothing older than the version that it makes sure of is read, and what
//     is written with it is newer
//   - writes that one region acknowledges of one document rise
//   - a read is stale at least by the versions with a higher stamp that were committed when it was
//     invoked; where every write changes the whole document, by exactly these
//   - of two in conflict the higher stamp wins; each lost write is told once
#pragma once

#include <map>
#include <set>
#include <vector>

#include "tests/swarm/check.hpp"

namespace seatrial::swarm {

class Stamps final : public Check {
 public:
  explicit Stamps(const models::WorldConfig& world);

  void operation(const models::OperationObserved&) override;
  void commit(const models::CommitObserved&) override;
  void conflict(const models::ConflictObserved&) override;
  void finish(const models::RunTotals&) override;

  std::uint64_t reads = 0;  // judged
  std::uint64_t conflicts = 0;

 private:
  using Document = std::pair<std::uint32_t, std::uint64_t>;

  void check_token(const models::OperationObserved& seen);
  void check_write(const models::OperationObserved& write);
  void check_read(const models::OperationObserved& read);

  std::vector<bool> is_written_whole_;  // by data class
  std::vector<bool> reads_with_token_;  // by data class
  bool writes_with_token_;
  std::map<Document, std::map<std::uint64_t, models::Instant>> committed_;  // by stamp
  std::map<std::pair<Document, std::uint64_t>, models::Instant> invoked_;   // of a version's write
  std::map<std::pair<Document, std::uint32_t>, std::pair<models::Instant, std::uint64_t>> latest_;
  std::set<std::pair<Document, std::uint64_t>> lost_;
  std::vector<std::pair<Document, std::uint64_t>> in_conflict_;
  std::vector<models::OperationObserved> reads_;
};

}  // namespace seatrial::swarm
