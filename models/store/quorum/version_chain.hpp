// The versions of one document that replicas without a leader may still answer with: when each
// comes to each replica, and when its write quorum had acknowledged it.
//
//   version      3        4        5            sent in this order, which is the order of versions
//   replica 0    |--------|--------|---------   answers 5
//   replica 1    |-----------------x  |---      4 came after 5: it is older and never seen
//   replica 2    |--|                           answers 3: neither has come
//
// Laws:
//  1. An arrival is settled when the write is sent, and lies anywhere after it, or never: nothing
//     happens when it comes. A replica answers with the newest version that has come to it by a
//     moment. What else brings a version, a repair say, tells so when it comes; and who makes
//     arrivals that lie ahead later, by a crash, settles them anew.
//  2. Versions are committed in any order; one that never is may be answered all the same.
//  3. What no replica has answered with since before the oldest open question, for each had a newer
//     one, is forgotten, whoever wrote it and whether or not it is committed.
#pragma once

#include <span>
#include <vector>

#include "models/observation.hpp"
#include "models/store/protocol.hpp"
#include "models/store/quorum/grace_periods.hpp"

namespace seatrial::models {

class VersionChain {
 public:
  // Of a document that comes into being.
  void begin(std::size_t replicas);

  // `arrivals`: at each replica, at or after `now`, or never. Newer than all before it.
  void append(Version version, std::span<const Instant> arrivals, Instant now,
              const OperationName& write = {});
  void commit(Version version, Instant now);
  // A replica has got the version by another way; perhaps it had it, or a newer one.
  void bring(Version version, std::size_t replica, Instant now);
  // All arrivals at the replica from now on: `arrival_of(write, sent)`, not before now.
  template <class ArrivalOf>
  void settle_anew(std::size_t replica, Instant now, const ArrivalOf& arrival_of) {
    for (std::size_t i = 0; i < versions_.size(); ++i) {
      Instant& arrival = arrivals_[i * replicas_ + replica];
      if (arrival >= now && arrival != Instant::never()) {
        arrival = arrival_of(versions_[i].write, versions_[i].sent);
      }
    }
  }

  Version newest_committed() const { return newest_committed_; }
  // What a replica answers with, asked at a moment that is covered by an open question.
  Version newest_at(std::size_t replica, Instant moment) const;
  // When a replica first answers with the version or a newer one, as far as is known: a write that
  // is sent later may be there before. Not before `since`, where the question began.
  Instant first_with(Version version, std::size_t replica, Instant since) const;
  // Every replica has the version, or a newer one.
  bool is_everywhere(Version version, Instant now) const;

  // For the observer: what the answer lacked of what was committed when the read was invoked.
  Truth judge(const Invocation& invocation, Version returned) const;

  GracePeriods& questions() { return questions_; }
  std::size_t size() const { return versions_.size(); }
  // Tells an arrival of a version that is still known.
  bool knows(Version version) const;
  Instant arrival(Version version, std::size_t replica) const;

 private:
  struct Entry {
    Version version;
    OperationName write;
    Instant sent;
    Instant committed = Instant::never();  // never: not yet
  };

  std::size_t index_of(std::uint64_t lsn) const;  // of the first that is not older
  Instant arrival_at(std::size_t index, std::size_t replica) const {
    return arrivals_[index * replicas_ + replica];
  }
  // Of the newest version that the replica has; 0 where it has none that is known.
  std::size_t newest_index_at(std::size_t replica, Instant moment) const;
  void forget(Instant now);

  std::size_t replicas_ = 0;
  std::vector<Entry> versions_;
  std::vector<Instant> arrivals_;  // a row for each of versions_
  std::size_t kept_ = 0;           // when something was forgotten last
  Version newest_committed_;
  GracePeriods questions_;
};

}  // namespace seatrial::models
