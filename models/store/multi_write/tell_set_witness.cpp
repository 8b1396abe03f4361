// What the service with several write regions tells a witness: see witness.hpp. A write is told
// when it is appended and charged for.
#include "models/store/multi_write/multi_write_service.hpp"

namespace seatrial::models {

void MultiWriteService::tell_appended(const Document& document, OriginId origin,
                                      const VersionLink& version, SessionId writer) const {
  if (witness_ == nullptr) return;
  EntryAppended appended;
  appended.partition = PartitionId{document.partition};
  appended.document = document.name;
  appended.version = Version{PartitionSet::epoch, version.stamp, version.ordinal};
  appended.writer = writer;
  appended.at = simulation_.now();
  appended.log = origin.value();
  appended.lsn = version.lsn;
  appended.paths = version.paths;
  witness_->appended(appended);
}

template <class Request>
void MultiWriteService::tell_answered(const Request& request, const SetAnswer& answer) {
  if (witness_ == nullptr) return;
  const Document& document = documents_.at(request.document);
  ReplicaAnswered answered;
  answered.operation = request.operation;
  answered.kind = request.kind;
  answered.ok = answer.status == ReplicaStatus::ok;
  answered.partition = PartitionId{document.partition};
  answered.document = document.name;
  answered.region = request.to.region;
  answered.replica = request.to.replica;
  answered.token = request.barrier;
  answered.version = answer.version;
  answered.ru = answer.ru;
  answered.cuts = answer.applied;
  answered.read_indexes = sets_[document.partition].applied_everywhere(simulation_.now());
  answered.at = simulation_.now();
  witness_->answered(answered);
}

template void MultiWriteService::tell_answered(const SetRead&, const SetAnswer&);
template void MultiWriteService::tell_answered(const SetWrite&, const SetAnswer&);

void MultiWriteService::tell_end() {
  if (witness_ == nullptr) return;
  const Instant then = simulation_.now() + until_all_has_come;
  for (std::uint32_t p = 0; p != partitions(); ++p) {
    for (std::uint32_t r = 0; r != regions(); ++r) {
      sets_[p].tell_end(PartitionId{p}, RegionId{r}, then, *witness_);
    }
  }
}

}  // namespace seatrial::models
