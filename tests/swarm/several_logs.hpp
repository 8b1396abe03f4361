// What a replica of a store with several write regions may answer: the rule of one log
// (allowed_set.hpp), log by log, from the appends, the token and the points of each log.
//
//   log of West    1  2  3  4 | 5     each | is the later of what the token asks for and what all
//   log of East    1  2 | 3  4  5     replicas have applied: nothing before it may be missed
//
//   - a replica answers when it has applied all of the token, and with the winner of its cuts: the
//     highest stamp (in log order; a replica that applies independently may have more)
//   - the answer is in the allowed set: at least the highest stamp before any |
//   - an answer is stale by the versions that were committed when it was asked for, that lie after
//     the replica's cuts, and some path of which nothing higher before the cuts has changed; it was
//     allowed if none of them is before a |
//
// Points only grow, and lie before the cuts of whoever answers.
#pragma once

#include <map>
#include <vector>

#include "tests/swarm/check.hpp"

namespace seatrial::swarm {

class SeveralLogs final : public Check {
 public:
  explicit SeveralLogs(const models::WorldConfig& world);

  void operation(const models::OperationObserved&) override;
  void commit(const models::CommitObserved&) override;
  void appended(const models::EntryAppended&) override;
  void answered(const models::ReplicaAnswered&) override;
  void finish(const models::RunTotals&) override;

  std::uint64_t answers = 0;  // of reads, judged
  std::uint64_t old = 0;      // of these: that were not the newest version

 private:
  struct Entry {
    std::uint64_t lsn = 0;
    std::uint64_t stamp = 0;
    std::uint64_t paths = 0;
    models::Instant committed = models::Instant::never();
  };
  using Log = std::vector<Entry>;  // of one document: both rise
  using Document = std::pair<std::uint32_t, std::uint64_t>;
  struct Partition {
    std::vector<std::uint64_t> lengths;  // by log
    models::SessionToken read_indexes;   // as they were told last
  };
  struct Read {
    models::OperationObserved seen;
    models::ReplicaAnswered answer;
  };
  using Name = std::pair<std::uint64_t, std::uint32_t>;

  static Document key_of(const models::DocumentName& name) {
    return {name.data_class.value(), name.owner};
  }
  std::vector<Log>& logs_of(const models::DocumentName& name);
  void check_points(const models::ReplicaAnswered& answer);
  void check_answer(const models::ReplicaAnswered& answer);
  void check_read(const Read& read);
  static bool is_hidden(const Entry& missed, const std::vector<Log>& logs,
                        const models::SessionToken& cuts);

  bool in_log_order_;
  std::size_t count_;  // of logs
  std::map<std::uint32_t, Partition> partitions_;
  std::map<Document, std::vector<Log>> documents_;
  std::map<Name, std::vector<models::ReplicaAnswered>> under_way_;
  std::vector<Read> reads_;
};

}  // namespace seatrial::swarm
