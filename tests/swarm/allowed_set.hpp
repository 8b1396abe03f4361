// The store's published specification as an oracle: which versions a read may return at the moment
// when a replica answers. Written from the specification alone, it keeps a log of its own from what
// the store tells, and knows nothing of how the store decides.
//
//   GeneralRead(document, index, dirty) = the newest version at or before index (or none)
//                                         + if dirty every version after index
//   strong       GeneralRead(commitIndex, clean)        eventual, consistent prefix
//   bounded      GeneralRead(commitIndex, dirty)            GeneralRead(readIndex, dirty)
//   session      of the token's epoch, or none:
//                GeneralRead(max(token, readIndex), dirty); else nothing
//
// One step looser: a token of an earlier epoch is void in the specification, and here when a
// takeover has cut its entry off.
//
// Tighter than the specification, from what a replica is: its answer is the newest version within
// its cut (in log order), so answers are prefixes; and a replica that has applied less than the
// token says so.
// Strong and bounded reads are made of several answers. A bounded one must be allowed by the commit
// index at one of them, a local quorum is held to the read index alone; a strong one must be the
// newest committed version of some moment between its invocation and its answer. Source:
// azure-cosmos-tla, simple-model/CosmosDB.tla at 2cfd1c34 (Hackett, Rowe, Kuppe: Understanding
// Inconsistency in Azure Cosmos DB with TLA+, ICSE-SEIP 2023).
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "tests/swarm/check.hpp"

namespace seatrial::swarm {

class AllowedSet final : public Check {
 public:
  explicit AllowedSet(const models::WorldConfig& world);

  void operation(const models::OperationObserved&) override;
  void commit(const models::CommitObserved&) override;
  void appended(const models::EntryAppended&) override;
  void answered(const models::ReplicaAnswered&) override;
  void split(const models::PartitionSplit&) override;
  void merged(const models::PartitionsMerged&) override;
  void takeover(const models::TakeoverObserved&) override;

  std::uint64_t answers = 0;     // of reads, judged
  std::uint64_t operations = 0;  // reads, judged
  std::uint64_t old = 0;         // answers that were not the newest version
  std::uint64_t dirty = 0;       // answers that were not committed everywhere

 private:
  using Document = std::pair<std::uint32_t, std::uint64_t>;
  struct History {
    std::vector<std::uint64_t> lsns;  // rising; the version of ordinal n is the n-th
    std::vector<std::pair<std::uint64_t, models::Instant>> commits;  // ordinal and when
  };
  struct Log {
    std::map<Document, History> documents;
    std::uint64_t length = 0;
    std::uint32_t first_epoch = 1;
    std::vector<std::uint64_t> cuts;           // the LSN after which each takeover cut the log off
    std::vector<std::uint32_t> parents;        // of a merge
    std::map<Document, std::uint32_t> before;  // that it was in, where that is known
    models::LogState last;                     // as it was told last
  };

  struct Judged {
    models::ReplicaAnswered answer;
    bool is_allowed = false;
    bool is_dirty = false;  // after the commit index; a takeover may cut it off while the read ends
  };

  static Document key_of(const models::DocumentName& name) {
    return {name.data_class.value(), name.owner};
  }
  const History& history(const models::PartitionId& partition, const models::DocumentName& name);
  void check_points(Log& log, const models::LogState& state);
  void check_answer(const models::ReplicaAnswered& answer);
  void check_bounded(const models::OperationObserved& read, const std::vector<Judged>& judged);
  void check_strong(const models::OperationObserved& read, models::PartitionId partition);
  bool is_in_set(const models::ReplicaAnswered& answer);
  enum class Doubt { lost, kept };
  bool is_lost(std::uint32_t partition, Document document, const models::SessionToken& token,
               Doubt doubt) const;

  bool in_log_order_;
  std::map<std::uint32_t, Log> logs_;  // by partition
  std::map<std::pair<std::uint64_t, std::uint32_t>, std::vector<Judged>> under_way_;
};

}  // namespace seatrial::swarm
