// The virtual read of /probes/freshness: one draw of the legs for each commit, and the read is
// fresh from some moment on, because what a replica has it keeps.
//
//   commit w                      w + t         w + t + R[i]
//   |                             |--read------->| replica i has the version, or a newer one?
//   fresh when one of the first `read_quorum` that answer says so: for all t from
//   min over these of (arrival[i] - w - R[i])
//
// A write that is sent after the commit may be there before, so the moment is told when no such
// write can change it any more.
#include <algorithm>

#include "models/store/quorum/quorum_protocol.hpp"

namespace seatrial::models {

Duration QuorumProtocol::fresh_after(const Sent& sent, Instant committed,
                                     const ReadDraw& draw) const {
  const VersionChain& chain = chains_[sent.document];
  Duration least = Instant::never() - committed;
  for (const ReadAnswer& answer : draw.first()) {
    const Instant has = chain.first_with(sent.version, answer.replica, committed);
    least = std::min(least, has - committed - answer.asked);
  }
  return std::max(least, Duration{});
}

void QuorumProtocol::probe(const Sent& sent) {
  const Instant committed = simulation_.now();
  const ReadDraw draw = draws_.virtual_read(sent.write);
  const Duration known = fresh_after(sent, committed, draw);
  if (known == Duration{}) return tell_freshness(sent, committed, known);
  Duration slowest;
  for (const ReadAnswer& answer : draw.first()) slowest = std::max(slowest, answer.asked);
  documents_.use(sent.document);
  const GracePeriods::Generation question = chains_[sent.document].questions().begin();
  simulation_.schedule(known + slowest, [this, sent, committed, draw, question] {
    tell_freshness(sent, committed, fresh_after(sent, committed, draw));
    chains_[sent.document].questions().end(question);
    documents_.release(sent.document);
  });
}

void QuorumProtocol::tell_freshness(const Sent& sent, Instant committed, Duration fresh_after) {
  FreshnessObserved seen;
  seen.region = sent.region;
  seen.document = documents_.at(sent.document).name;
  seen.version = sent.version;
  seen.committed = committed;
  seen.fresh_after = fresh_after;
  observer_.freshness(seen);
}

}  // namespace seatrial::models
