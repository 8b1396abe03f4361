// Whoever holds a session token never holds an older one later: a pod's cache, a device, an entry
// of a broker.
//
// After a merge a holder without a token of the new partition shows that of the partition in which
// the document was before: in a world with merges each document is asked by itself.
//
// Not asked of what a message brings a second device (messages overtake each other, and it keeps
// none), of a pod that may have died (it comes back empty), of a broker that replaces what it
// has (write: set), and of one that forgets (a short ttl).
#pragma once

#include <map>
#include <tuple>

#include "tests/swarm/check.hpp"

namespace seatrial::swarm {

class TokenHolders final : public Check {
 public:
  explicit TokenHolders(const models::WorldConfig& world);

  void operation(const models::OperationObserved&) override;
  void message(const models::MessageTraced&) override;
  void moment(const models::MomentTraced&) override;
  void finish(const models::RunTotals&) override;

  std::uint64_t compared = 0;

 private:
  // A kind of holder, and what tells holders of a kind apart.
  enum class Kind { pod, device, broker };
  using Holder = std::tuple<Kind, std::uint64_t, std::uint64_t, std::uint64_t>;
  // What an operation showed of a holder that is known once the operation has ended.
  struct Shown {
    Kind kind = Kind::pod;
    models::OperationName operation;
    models::RegionId region;
    models::SessionToken token;
  };
  using Name = std::pair<std::uint64_t, std::uint32_t>;

  Holder holder_of(const Shown& shown, const models::OperationObserved& operation) const;

  bool pods_live_;
  bool broker_keeps_;
  bool merges_;
  bool by_document_;
  bool messages_bring_tokens_;
  std::vector<Shown> shown_;  // in the order of time
  std::map<Name, models::OperationObserved> operations_;
};

}  // namespace seatrial::swarm
