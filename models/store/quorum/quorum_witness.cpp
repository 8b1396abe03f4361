// What a witness is told of a quorum: see models/store/witness.hpp. A version is told when it is
// sent, for nobody appends it to anything.
#include "models/store/quorum/quorum_protocol.hpp"

namespace seatrial::models {

void QuorumProtocol::tell_appended(const Sent& sent) const {
  if (witness_ == nullptr) return;
  const Document& document = documents_.at(sent.document);
  EntryAppended appended;
  appended.partition = PartitionId{document.partition};
  appended.document = document.name;
  appended.version = sent.version;
  appended.writer = sent.write.name.session;
  appended.at = sent.write.sent;
  witness_->appended(appended);
}

void QuorumProtocol::tell_versions(std::uint32_t document) const {
  if (witness_ == nullptr) return;
  const Instant then = simulation_.now() + until_all_has_come;
  for (std::size_t i = 0; i != static_cast<std::size_t>(config_.replicas); ++i) {
    VersionAtEnd end;
    end.document = documents_.at(document).name;
    end.replica = static_cast<std::uint8_t>(i);
    end.version = chains_[document].newest_at(i, then);
    end.at = simulation_.now();
    witness_->version_at_end(end);
  }
}

void QuorumProtocol::tell_end() {
  for (std::uint32_t slot = 0; slot != chains_.size(); ++slot) {
    if (documents_.at(slot).is_open) tell_versions(slot);
  }
}

}  // namespace seatrial::models
