// The store's published specification as an oracle: which versions a read may return at the moment
// when a replica answers. Written from the specification alone, it keeps a log of its own from what
// the store tells, and knows nothing of how the store decides.
//
//   GeneralRead(document, index, dirty) = the newest version at or before index (or none)
//                                         + if dirty every version after index
//   strong       GeneralRead(commitIndex, clean)        eventual, consistent prefix
//   session      of the token's epoch, or none:             GeneralRead(readIndex, dirty)
//                GeneralRead(max(token, readIndex), dirty); else nothing
//
// Tighter than the specification, from what a replica is: its answer is the newest version within
// its cut (in log order), so answers are prefixes; and a replica that has applied less than the
// token says so.
// A strong read is made of several answers: it must be the newest committed version of some moment
// between its invocation and its answer.
// Source: azure-cosmos-tla, simple-model/CosmosDB.tla at 2cfd1c34 (Hackett, Rowe, Kuppe:
// Understanding Inconsistency in Azure Cosmos DB with TLA+, ICSE-SEIP 2023).
#pragma once

#include <map>
#include <utility>

#include "tests/swarm/check.hpp"

namespace seatrial::swarm {

class AllowedSet final : public Check {
 public:
  explicit AllowedSet(const models::WorldConfig& world);

  void operation(const models::OperationObserved&) override;
  void commit(const models::CommitObserved&) override;
  void appended(const models::EntryAppended&) override;
  void answered(const models::ReplicaAnswered&) override;

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
    models::LogState last;  // as it was told last
  };

  static Document key_of(const models::DocumentName& name) {
    return {name.data_class.value(), name.owner};
  }
  const History& history(const models::PartitionId& partition, const models::DocumentName& name);
  void check_points(Log& log, const models::LogState& state);
  void check_answer(const models::ReplicaAnswered& answer, const History& history);
  void check_strong(const models::OperationObserved& read);
  bool is_in_set(const models::ReplicaAnswered& answer, const History& history) const;

  models::Consistency level_;
  bool in_log_order_;
  std::map<std::uint32_t, Log> logs_;  // by partition
  // The last good answer to each operation that is under way, and whether it was in the set.
  std::map<std::pair<std::uint64_t, std::uint32_t>, models::ReplicaAnswered> last_answer_;
};

}  // namespace seatrial::swarm
