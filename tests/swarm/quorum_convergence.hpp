// Replicas without a leader agree in the end: when nobody owns a document any more, and when the
// run is over, each has
//
//   - the newest version that was sent, where no message is lost and no replica crashes, or hints
//     outlast all crashes
//   - with anti-entropy at least what was committed so long ago that rounds have carried it from
//     any replica to every other since; and all have the same version, when all were sent so long
//     ago that they had come by then if they came at all
//
//   committed <──── 0 <─> 1 <──── 1 <─> 2 <──── at the end      in time, from 0 to 2
//
// Not promised: without anti-entropy anything of what is lost with a message or a crash (read
// repair brings what somebody reads, a hint may be lost as often as it is sent, or be too old); of
// what was sent after the last rounds, or is kept by a hint, that all have the same.
#pragma once

#include <map>
#include <vector>

#include "models/store/quorum/quorum_config.hpp"
#include "tests/swarm/check.hpp"

namespace seatrial::swarm {

class QuorumConvergence final : public Check {
 public:
  QuorumConvergence(const models::WorldConfig& world, const models::QuorumConfig& config);

  void fault(const models::FaultObserved&) override;
  void commit(const models::CommitObserved&) override;
  void appended(const models::EntryAppended&) override;
  void exchanged(const models::ReplicasExchanged&) override;
  void version_at_end(const models::VersionAtEnd&) override;

  std::uint64_t complete = 0;  // documents whose newest version had to be everywhere,
  std::uint64_t carried = 0;   // that had a version which rounds had to carry,
  std::uint64_t agreed = 0;    // and whose replicas had to agree

 private:
  using Key = std::pair<std::uint32_t, std::uint64_t>;
  struct Document {
    models::Version newest;  // sent
    models::Instant sent;
    std::vector<models::CommitObserved> commits;
  };
  struct Crash {
    models::Instant from;
    models::Instant until = models::Instant::never();
  };

  static Key key_of(const models::DocumentName& name) {
    return {name.data_class.value(), name.owner};
  }
  bool some_is_down(models::Instant moment) const;
  // What some replica had before that moment all have by `until`; the start: none need have.
  models::Instant carried_before(models::Instant until) const;
  models::Instant carried_to(std::size_t replica, models::Instant until) const;
  void check(const models::DocumentName& name, models::Instant at);

  models::QuorumConfig config_;
  std::size_t replicas_;
  bool loses_nothing_;
  models::Duration longest_write_;
  std::vector<bool> crashes_;               // by fault: whether it is one of replicas
  std::map<std::uint32_t, Crash> crashed_;  // by fault
  std::map<Key, Document> documents_;
  std::vector<models::ReplicasExchanged> rounds_;  // in the order of `compared`
  std::vector<models::Version> versions_;          // of the document that is being told
};

}  // namespace seatrial::swarm
