// The virtual read of /probes/freshness: one draw of the legs for each commit, and the read is
// fresh from some moment on, because what a replica has it keeps.
//
//   commit w                      w + t         w + t + R[i]
//   |                             |--read------->| replica i has the version, or a newer one?
//   fresh when one of the first `read_quorum` that answer says so: for all t from
//   min over these of (arrival[i] - w - R[i])
//
// A write that is sent after the commit may be there before, and so may what repairs a replica: the
// moment is told when nothing of that kind can change it any more. Where no message that would make
// the read fresh is under way, somebody looks again later and later; what is not fresh by the end
// of the last phase counts as never fresh. What happened in between is known then to the
// nanosecond.
#include <algorithm>

#include "models/store/quorum/quorum_protocol.hpp"

namespace seatrial::models {

namespace {
constexpr Duration first_look = Duration::milliseconds(100);
}

std::optional<Duration> QuorumProtocol::fresh_after(const Probe& probe) const {
  const VersionChain& chain = chains_[probe.sent.document];
  std::optional<Duration> least;
  for (const ReadAnswer& answer : probe.draw.first()) {
    const Instant has = chain.first_with(probe.sent.version, answer.replica, probe.committed);
    if (has == Instant::never()) continue;
    const Duration after = std::max(has - probe.committed - answer.asked, Duration{});
    least = std::min(least.value_or(after), after);
  }
  return least;
}

void QuorumProtocol::probe(const Sent& sent) {
  Probe probe;
  probe.sent = sent;
  probe.committed = simulation_.now();
  probe.draw = draws_.virtual_read(sent.write.name);
  const std::optional<Duration> known = fresh_after(probe);
  if (known == Duration{}) return tell_freshness(probe, *known);
  documents_.use(sent.document);
  probe.question = chains_[sent.document].questions().begin();
  look_again(probe);
}

void QuorumProtocol::look_again(const Probe& probe) {
  const Instant now = simulation_.now();
  Duration slowest;
  for (const ReadAnswer& answer : probe.draw.first()) slowest = std::max(slowest, answer.asked);
  const std::optional<Duration> known = fresh_after(probe);
  Instant next = now + std::max(now - probe.committed, first_look);
  if (known) next = probe.committed + *known + slowest;
  const bool is_certain = known ? next <= now : now >= end_;
  if (!is_certain) return simulation_.schedule(next, [this, probe] { look_again(probe); });
  tell_freshness(probe, known.value_or(Instant::never() - Instant{}));
  chains_[probe.sent.document].questions().end(probe.question);
  documents_.release(probe.sent.document);
}

void QuorumProtocol::tell_freshness(const Probe& probe, Duration fresh_after) {
  FreshnessObserved seen;
  seen.region = probe.sent.region;
  seen.document = documents_.at(probe.sent.document).name;
  seen.version = probe.sent.version;
  seen.committed = probe.committed;
  seen.fresh_after = fresh_after;
  observer_.freshness(seen);
}

}  // namespace seatrial::models
