#include "analysis/explain/story.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/explain/exchanges.hpp"
#include "analysis/explain/lanes.hpp"
#include "analysis/explain/verdict.hpp"
#include "analysis/report/text.hpp"
#include "models/store/quorum/quorum_config.hpp"

namespace seatrial::analysis {

using models::Moment;
using models::OperationObserved;

namespace {

std::string pod_text(const TracedOperation& operation) {
  const auto pod = pod_of(operation);
  return pod ? pod_name(*pod) : "no pod";
}

std::string level_text(const Scene& scene) {
  static constexpr std::array<std::string_view, 6> texts{
      "strong", "bounded staleness", "session", "consistent prefix", "eventual", "local quorum"};
  return std::string{texts[static_cast<std::size_t>(scene.level())]};
}

std::string owner_of(const TracedOperation& operation) {
  return "the " + device_name(operation.seen.device) + "'s";
}

std::string replica_text(const Scene& scene) {
  const OperationObserved& read = scene.read.seen;
  return fmt::format("{} of {}", replica_name(scene, read.served_by, read.replica),
                     region_name(scene, read.served_by));
}

std::string applied_text(const Scene& scene) {
  const models::SessionToken applied = applied_by_the_answer(scene.read);
  return applied.is_none() ? "nothing" : version_text(scene, applied);
}

std::string token_text(const Scene& scene) {
  const models::TokenSent& token = scene.read.seen.token;
  return lsn_text(token.epoch, token.lsn);
}

// "asked 3 replicas and waited for 1"
std::string how_many_asked(const Scene& scene) {
  if (scene.has_leader()) return "asked several replicas";
  const models::QuorumConfig& quorum = *models::quorum_of(scene.policy.world.store);
  const std::string asked =
      "asked " + counted(static_cast<std::uint64_t>(quorum.asked_by_read()), "replica");
  if (quorum.read_quorum == quorum.asked_by_read()) return asked;
  return fmt::format("{} and waited for {}", asked, quorum.read_quorum);
}

// Why a degraded read had no answer from the broker.
std::string broker_failure(const TracedOperation& read) {
  models::Instant asked;
  for (const models::MessageTraced& message : read.messages)
    if (message.hop == models::Hop::pod_to_broker) asked = message.sent;
  for (const models::MomentTraced& moment : read.moments) {
    if (moment.what == Moment::breaker_open) return "its circuit breaker was open";
    if (moment.what == Moment::broker_timed_out)
      return fmt::format("it gave up after {}", ms_text(moment.at - asked));
  }
  return "it was refused";
}

std::size_t not_yet_answers(const TracedOperation& read) {
  std::size_t count = 0;
  for (const Exchange& exchange : all_exchanges_of(read))
    if (exchange.answer != nullptr && exchange.answer->said == models::Said::not_yet) ++count;
  return count;
}

// "went to pod 7, which had no token"
std::string how_it_asked(const Scene& scene) {
  const std::string pod = pod_text(scene.read);
  const std::string device = device_name(scene.read.seen.device);
  switch (scene.cause) {
    case Cause::no_token:
      return fmt::format("went to {}, which had no token", pod);
    case Cause::pod_token_too_old:
      return fmt::format("went to {}, whose token ({}) was older", pod, token_text(scene));
    case Cause::client_token_too_old:
      return fmt::format("went to {} with the {}'s own token, which was older ({})", pod, device,
                         token_text(scene));
    case Cause::broker_token_too_old:
      return fmt::format("went to {}, which got an older token ({}) from redis", pod,
                         token_text(scene));
    case Cause::degraded:
      return fmt::format("went to {}, which got no token from redis ({})", pod,
                         broker_failure(scene.read));
    case Cause::level_takes_no_token:
      if (!scene.has_leader())
        return fmt::format("went to {}, which {}", pod, how_many_asked(scene));
      return fmt::format("went to {}, and its level ({}) takes no token", pod, level_text(scene));
    case Cause::message_token_too_old:
      return fmt::format("went to {} with a token that came with a message and was older ({})", pod,
                         token_text(scene));
    case Cause::token_given_up:
      return fmt::format(
          "went to {}, which gave its token ({}) up after {} of \"not yet\" "
          "(404/1002) and asked without it",
          pod, token_text(scene), counted(not_yet_answers(scene.read), "answer"));
    case Cause::other:
      break;
  }
  return fmt::format("went to {}, whose token ({}) asked for enough", pod, token_text(scene));
}

std::string how_it_arrived(const Scene& scene) {
  const auto arrived = scene.arrived();
  // Their store tells no arrivals (multi_write_protocol.hpp).
  const bool is_told = scene.policy.world.store.write_regions.size() < 2;
  if (!arrived && !is_told) return "when the write arrived there is not told";
  if (!arrived) return "the write had not arrived there 10 s after the user had left";
  const models::Duration late = *arrived - scene.read.seen.answered;
  if (late > models::Duration{})
    return fmt::format("the write arrived there {} later", ms_text(late));
  return fmt::format("the write had been there for {}", ms_text(models::Duration{} - late));
}

std::string what_was_before(const Scene& scene) {
  const OperationObserved& before = scene.before.seen;
  const bool is_read = before.kind == models::OperationKind::read;
  return fmt::format("{} {} went through {} and {} {}", owner_of(scene.before),
                     is_read ? "earlier read"
                             : models::operation_kind_names[static_cast<std::size_t>(before.kind)],
                     pod_text(scene.before), is_read ? "returned" : "became",
                     version_text(scene, before.version));
}

std::string capitalised(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

// "and replica 2 answered at once", "... after 4 answers of not yet"
std::string until_it_was_there(const Scene& scene) {
  const std::size_t refused = not_yet_answers(scene.read);
  if (refused == 0)
    return fmt::format("and {} already had it: {}", replica_text(scene), applied_text(scene));
  return fmt::format("and {} answered once it had that, after {} of \"not yet\" (404/1002)",
                     replica_text(scene), counted(refused, "answer"));
}

std::string what_saved(const Scene& scene) {
  const std::string pod = pod_text(scene.read);
  const bool same_pod = pod_of(scene.read) == pod_of(scene.before);
  switch (scene.saving) {
    case Saving::client_token:
      return fmt::format("the {} carried {} to {}, {}", device_name(scene.read.seen.device),
                         token_text(scene), pod, until_it_was_there(scene));
    case Saving::message_token:
      return fmt::format("the message that told of the write carried {} to {}, {}",
                         token_text(scene), pod, until_it_was_there(scene));
    case Saving::broker_token:
      return fmt::format("redis gave {} to {}, {}", token_text(scene), pod,
                         until_it_was_there(scene));
    case Saving::pod_token:
      return fmt::format("the read went to {}, which {} {}, {}", pod,
                         same_pod ? "had served the write and knew" : "had learnt elsewhere of",
                         token_text(scene), until_it_was_there(scene));
    case Saving::strong:
      return fmt::format("the write was done only when every region had it, {} after it was asked",
                         ms_text(scene.before.seen.completed - scene.before.seen.invoked));
    case Saving::quorum:
      return fmt::format("{} {}, and {} had the newest: {}", pod, how_many_asked(scene),
                         replica_text(scene), applied_text(scene));
    case Saving::write_region:
      return fmt::format("{} asked the write region, as redis gave no token", pod);
    case Saving::write_had_arrived:
      return fmt::format("no token asked for the write{}, and {} happened to have it: {}",
                         gave_token_up(scene.read) ? " in the end" : "", replica_text(scene),
                         applied_text(scene));
    case Saving::nothing:
      break;
  }
  return "";
}

void add_facts(const Scene& scene, std::vector<std::string>& facts) {
  const OperationObserved& before = scene.before.seen;
  const OperationObserved& read = scene.read.seen;
  const auto since_zero = [&](models::Instant at) { return instant_text(at - scene.zero()); };
  const std::string policy = '"' + scene.policy.name + "\": ";
  facts.push_back(fmt::format("{}{} of {}: {}, invoked at 0, acknowledged at +{}", policy,
                              before.kind == models::OperationKind::read ? "earlier read" : "write",
                              pod_text(scene.before), version_text(scene, before.version),
                              since_zero(before.completed)));
  const std::string source{models::token_source_names[static_cast<std::size_t>(read.token.source)]};
  const bool none = read.token.source == models::TokenSource::none;
  std::string token = none ? source : token_text(scene) + " (" + source + ")";
  if (!scene.has_leader()) token = "unknown to a store without a leader";
  if (asks_quorum(scene.level())) token = fmt::format("not needed ({})", level_text(scene));
  facts.push_back(fmt::format("{}read of {} at +{}: token {}", policy, pod_text(scene.read),
                              since_zero(read.invoked), token));
  if (read.outcome != models::Outcome::ok) return;
  facts.push_back(fmt::format("{}{} answered at +{}, having applied {}", policy,
                              replica_text(scene), since_zero(read.answered), applied_text(scene)));
  if (const auto arrived = scene.arrived())
    facts.push_back(fmt::format("{}{} was applied there at +{}", policy,
                                version_text(scene, scene.floor()), since_zero(*arrived)));
}

}  // namespace

std::string sentence_of_wrong(const Scene& scene) {
  const models::Duration gap = scene.read.seen.invoked - scene.before.seen.completed;
  return capitalised(fmt::format("{}; {} later {} read {}; {} answered, having applied {}; {}.",
                                 what_was_before(scene), ms_text(gap), owner_of(scene.read),
                                 how_it_asked(scene), replica_text(scene), applied_text(scene),
                                 how_it_arrived(scene)));
}

std::string sentence_of_other(const Scene& scene) {
  const std::string start = fmt::format("Under \"{}\" ", scene.policy.name);
  if (scene.wrong)
    return fmt::format("{}the same read was wrong as well: it {}.", start, how_it_asked(scene));
  if (scene.before.seen.outcome != models::Outcome::ok)
    return start + "the write itself failed, so there was nothing to see.";
  if (scene.read.seen.outcome != models::Outcome::ok)
    return fmt::format("{}the same read failed: {}.", start,
                       models::outcome_names[static_cast<std::size_t>(scene.read.seen.outcome)]);
  return start + what_saved(scene) + ".";
}

std::vector<std::string> evidence_of(const Scene& wrong, const Scene& other) {
  std::vector<std::string> facts;
  add_facts(wrong, facts);
  add_facts(other, facts);
  return facts;
}

}  // namespace seatrial::analysis
