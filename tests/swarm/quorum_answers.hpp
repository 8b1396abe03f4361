// What a quorum without a leader may answer, from its messages and commits alone: no log, no token,
// no prefix, and so a weaker law than that of the published model of logs (allowed_set.hpp).
//
//   write ──> all N          committed at the W-th acknowledgement, a hint's or its own
//   read  ──> some of them   the newest of the first R answers
//
// A read returns a version that was sent before it was answered (or the document as it was), is
// stale by exactly the newer versions that were committed when it was invoked, and with R + W > N
// by none, whatever is lost, repaired or crashed. That is all: a version may be seen by one read
// and not by the next.
#pragma once

#include <map>
#include <vector>

#include "models/store/quorum/quorum_config.hpp"
#include "tests/swarm/check.hpp"

namespace seatrial::swarm {

class QuorumAnswers final : public Check {
 public:
  explicit QuorumAnswers(const models::QuorumConfig& config, bool replicas_crash = false)
      : config_{config}, replicas_crash_{replicas_crash} {}

  void operation(const models::OperationObserved&) override;
  void commit(const models::CommitObserved&) override;
  void message(const models::MessageTraced&) override;
  void finish(const models::RunTotals&) override;

  std::uint64_t reads = 0;     // judged
  std::uint64_t followed = 0;  // of these: of users whose messages are told
  std::uint64_t stale = 0;

 private:
  using Name = std::pair<std::uint64_t, std::uint32_t>;
  using Document = std::pair<std::uint32_t, std::uint64_t>;
  struct Write {
    models::Instant sent;
    std::vector<models::Instant> acknowledged;
    models::Version version;
  };
  void check_write(Name name, Write& write);
  void check_read(const models::OperationObserved& read);
  void check_staleness(const models::OperationObserved& read);

  models::QuorumConfig config_;
  bool replicas_crash_;
  std::map<Name, Write> writes_;
  std::map<Name, std::vector<models::Version>> answers_;
  std::map<Name, Document> documents_;
  std::map<Document, std::map<std::uint64_t, models::Instant>> committed_;  // by LSN
  std::map<std::pair<Document, std::uint64_t>, models::Instant> sent_;      // by LSN
  std::vector<models::OperationObserved> reads_;
};

}  // namespace seatrial::swarm
