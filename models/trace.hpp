// What a run tells of users that somebody follows: every message of their operations, what a pod
// knew or missed at a moment, and when each replica had what they wrote or read.
//
//   RunOptions options;
//   options.followed = Followed{{user}, trace};
//   run_world(config, options, observer);
//
// Laws:
//  1. A trace is told and never asked: following somebody changes nothing of what a run does.
//  2. A message is told when it is sent, with its arrival, which is settled by then.
//  3. Where nobody is followed it costs a test of an empty list at each message.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "models/network/place.hpp"
#include "models/observation.hpp"
#include "models/store/session_token.hpp"

namespace seatrial::models {

enum class Hop : std::uint8_t {
  device_to_door,
  door_to_pod,
  pod_to_door,
  door_to_device,
  pod_to_broker,
  broker_to_pod,
  pod_to_replica,
  replica_to_pod
};

enum class Said : std::uint8_t {
  request,
  ok,
  not_yet,   // 404/1002: the replica has not applied the token
  conflict,  // 412
  refused,   // by the broker
  failed,    // the pod's or front door's reply is not good: the operation's record says why
  throttled  // 429
};

// The pod of a message to or from a broker or replica is the one that the operation was sent to.
struct MessageTraced {
  OperationName operation;
  Hop hop = Hop::device_to_door;
  Said said = Said::request;
  OperationKind kind = OperationKind::read;  // of the operation; of the broker: GET or SET
  RegionId region;                           // of the door, pod, broker or replica
  std::uint32_t number = 0;                  // of the pod or replica
  Instant sent;
  std::optional<Instant> arrives;  // nothing: lost
  // A request's barrier, or what it publishes; an answer's: how far the replica has applied, what
  // the broker holds, what the device is to carry. None where there is none.
  SessionToken token;
  Version version;               // of a good answer of a replica: read or written
  bool asks_for_commit = false;  // of a strong write: the request asks whether `token` is committed
};

enum class Moment : std::uint8_t {
  pod_token,         // what the pod's cache knew when the request needed a token
  broker_timed_out,  // the pod has stopped waiting
  breaker_open       // nothing was sent to the broker
};

struct MomentTraced {
  OperationName operation;
  Moment what = Moment::pod_token;
  Instant at;
  SessionToken token;
};

// A replica has an entry that a followed user wrote or read. Told when it is known, in no order,
// perhaps again; `at` may lie a little ahead.
struct AppliedTraced {
  PartitionId partition;
  std::uint64_t lsn = 0;
  RegionId region;
  std::uint8_t replica = 0;
  Instant at;
};

class Trace {
 public:
  virtual ~Trace() = default;
  virtual void message(const MessageTraced&) = 0;
  virtual void moment(const MomentTraced&) = 0;
  virtual void applied(const AppliedTraced&) = 0;
};

// Who is followed: usually nobody.
class Followed {
 public:
  Followed() = default;
  Followed(std::vector<UserId> users, Trace& trace) : users_{std::move(users)}, trace_{&trace} {}

  // Whom to tell of a session's messages; null: nobody.
  Trace* trace_of(SessionId session) const {
    if (users_.empty()) [[likely]] {
      return nullptr;
    }
    const bool is_followed =
        std::find(users_.begin(), users_.end(), user_of(session)) != users_.end();
    return is_followed ? trace_ : nullptr;
  }

 private:
  std::vector<UserId> users_;
  Trace* trace_ = nullptr;
};

}  // namespace seatrial::models
