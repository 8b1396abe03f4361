// The versions of one document that replicas without a leader may still answer with: when each
// comes to each replica, and when its write quorum had acknowledged it.
//
//   version      3        4        5            sent in this order, which is the order of versions
//   replica 0    |--------|--------|---------   answers 5
//   replica 1    |-----------------x  |---      4 came after 5: it is older and never seen
//   replica 2    |--|                           answers 3: neither has come
//
// Laws:
//  1. An arrival is settled when the write is sent, and lies anywhere after it: nothing happens
//     when it comes. A replica answers with the newest version that has come to it by a moment.
//  2. Versions are committed in any order; one that never is may be answered all the same.
//  3. What is older than a version that every replica has had since before the oldest open
//     question is forgotten, whoever wrote it and whether or not it is committed.
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

  // `arrivals`: at each replica, at or after `now`. Newer than all before it.
  void append(Version version, std::span<const Instant> arrivals, Instant now);
  void commit(Version version, Instant now);

  Version newest_committed() const { return newest_committed_; }
  // What a replica answers with, asked at a moment that is covered by an open question.
  Version newest_at(std::size_t replica, Instant moment) const;
  // When a replica first answers with the version or a newer one, as far as is known: a write that
  // is sent later may be there before. Not before `since`, where the question began.
  Instant first_with(Version version, std::size_t replica, Instant since) const;

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
    Instant committed = Instant::never();  // never: not yet
    Instant everywhere;                    // when the last replica has it
  };

  std::size_t index_of(std::uint64_t lsn) const;  // of the first that is not older
  Instant arrival_at(std::size_t index, std::size_t replica) const {
    return arrivals_[index * replicas_ + replica];
  }
  void forget(Instant now);

  std::size_t replicas_ = 0;
  std::vector<Entry> versions_;
  std::vector<Instant> arrivals_;  // a row for each of versions_
  std::size_t kept_ = 0;           // when something was forgotten last
  Version newest_committed_;
  GracePeriods questions_;
};

}  // namespace seatrial::models
