// What the service tells a witness: see witness.hpp. A write is told when it is appended and
// charged for, its answer may follow later or be lost.
#include "models/store/replica_service.hpp"

namespace seatrial::models {

void ReplicaService::tell_appended(std::uint32_t partition, const Document& document,
                                   const LogEntry& entry) {
  if (witness_ == nullptr) return;
  EntryAppended appended;
  appended.partition = PartitionId{partition};
  appended.document = document.name;
  appended.version = Version{partitions_[partition].epoch(), document.newest_lsn, entry.ordinal};
  appended.writer = entry.write.session;
  appended.at = entry.appended;
  witness_->appended(appended);
}

void ReplicaService::tell_answered(const ReplicaRequest& request, SessionToken token,
                                   const ReplicaAnswer& answer, Consistency level) {
  if (witness_ == nullptr || answer.status == ReplicaStatus::not_serving) return;
  const Document& document = documents_.at(request.document);
  ReplicaAnswered answered;
  answered.operation = request.operation;
  answered.kind = request.kind;
  answered.ok = answer.status == ReplicaStatus::ok;
  answered.partition = PartitionId{document.partition};
  answered.document = document.name;
  answered.region = request.to.region;
  answered.replica = request.to.replica;
  answered.token = token;
  answered.level = level;
  answered.version = answer.version;
  answered.applied = answer.applied.lsn;
  answered.ru = answer.ru;
  answered.log = partitions_[document.partition].state(simulation_.now());
  answered.at = simulation_.now();
  witness_->answered(answered);
}

void ReplicaService::tell_end() {
  if (witness_ == nullptr) return;
  const Instant then = simulation_.now() + until_all_has_come;
  for (std::uint32_t p = 0; p != partitions(); ++p) {
    for (std::uint32_t r = 0; r != regions_; ++r) {
      for (std::size_t i = 0; i != replicas_; ++i) {
        ReplicaAtEnd end;
        end.partition = PartitionId{p};
        end.region = RegionId{r};
        end.replica = static_cast<std::uint8_t>(i);
        end.applied = partitions_[p].applied(RegionId{r}, i, then);
        end.log = partitions_[p].state(then);
        witness_->at_end(end);
      }
    }
  }
}

}  // namespace seatrial::models
