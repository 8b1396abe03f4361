// One side of a pair, before it is drawn: the operation that had to be seen, the read, and what the
// trace knows of both; and the words for what is in it.
#pragma once

#include <optional>
#include <string>

#include "analysis/explain/trace_collector.hpp"
#include "analysis/violation.hpp"
#include "scenarios/scenario.hpp"

namespace seatrial::analysis {

// What made a good read right: the first of these that holds.
enum class Saving : std::uint8_t {
  nothing,           // the read was wrong, or failed
  client_token,      // the device carried a token that asked for enough
  broker_token,      // the broker gave it
  message_token,     // it came with the message that told of the write
  pod_token,         // the pod knew it
  strong,            // the level asks for no token
  quorum,            // the newest of several replicas
  write_region,      // a degraded read was sent where the write was
  write_had_arrived  // nothing asked for it
};

struct Scene {
  const scenarios::Policy& policy;
  const TraceCollector& trace;
  Guarantee guarantee;
  const TracedOperation& before;  // the write; mr: the earlier read
  const TracedOperation& read;
  bool wrong = false;  // the read broke the guarantee
  Cause cause = Cause::other;
  Saving saving = Saving::nothing;

  models::Version floor() const { return before.seen.version; }
  models::Instant zero() const { return before.seen.invoked; }
  models::Consistency level() const;
  bool has_leader() const;  // else a quorum answers  // of the read
  // When the replica that answered the read had the write.
  std::optional<models::Instant> arrived() const;
};

// `guarantee`: the one that the pair is about.
Scene scene_of(const scenarios::Policy&, const TraceCollector&, Guarantee,
               const TracedOperation& before, const TracedOperation& read);

// The judgement of one guarantee.
const Judged& judged_by(Guarantee, const Judgement&);

// No replica had applied the token, and the read went out without it in the end.
inline bool gave_token_up(const TracedOperation& read) {
  return read.seen.degraded == models::Degraded::token_given_up;
}

// "phone", "laptop": the user's first and second device.
std::string device_name(std::uint8_t device);
std::string region_name(const Scene&, models::RegionId);
std::string data_name(const Scene&);  // of the document's class
std::string pod_name(models::PodId);
// "replica 2", "primary" for the write region's.
std::string replica_name(const Scene&, models::RegionId, std::uint32_t replica);
bool is_primary(const Scene&, models::RegionId, std::uint32_t replica);
// "LSN 812"; with its epoch where that is not the first.
std::string lsn_text(std::uint32_t epoch, std::uint64_t lsn);
std::string lsn_text(const models::Version&);
std::string lsn_text(const models::SessionToken&);
// The same in a store with a leader; without one there is no log: "version 812".
std::string version_text(const Scene&, const models::Version&);
std::string version_text(const Scene&, const models::SessionToken&);
// "60.2 ms", "1,250 ms"
std::string ms_text(models::Duration);
// "152.3 ms", of an instant: tenths tell what came first
std::string instant_text(models::Duration since_zero);

// How far the replica that answered the read had applied, by its answer.
models::SessionToken applied_by_the_answer(const TracedOperation& read);

}  // namespace seatrial::analysis
