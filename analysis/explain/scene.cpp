#include "analysis/explain/scene.hpp"

#include <fmt/format.h>

#include "analysis/checkers/version_history.hpp"
#include "analysis/read_level.hpp"
#include "analysis/report/text.hpp"
#include "models/store/quorum/quorum_config.hpp"
#include "scenarios/checks.hpp"

namespace seatrial::analysis {

using models::TokenSource;

namespace {

Saving saving_of(const Scene& scene) {
  const models::OperationObserved& read = scene.read.seen;
  if (scene.wrong || read.outcome != models::Outcome::ok) return Saving::nothing;
  if (scene.level() == models::Consistency::strong) return Saving::strong;
  if (asks_quorum(scene.level()) || !scene.has_leader()) return Saving::quorum;
  const models::Version asked_for{read.token.epoch, read.token.lsn, 0};
  if (gave_token_up(scene.read)) return Saving::write_had_arrived;
  if (heeds_token(scene.level()) && !is_older(asked_for, scene.floor())) {
    if (read.token.source == TokenSource::client) return Saving::client_token;
    if (read.token.source == TokenSource::broker) return Saving::broker_token;
    if (read.token.source == TokenSource::message) return Saving::message_token;
    if (read.token.source == TokenSource::pod_cache) return Saving::pod_token;
  }
  if (read.degraded == models::Degraded::read_from_write_region) return Saving::write_region;
  return Saving::write_had_arrived;
}

}  // namespace

models::Consistency Scene::level() const {
  return level_of_reads(policy.world, read.seen.document.data_class);
}

bool Scene::has_leader() const { return models::quorum_of(policy.world.store) == nullptr; }

std::optional<models::Instant> Scene::arrived() const {
  const models::OperationObserved& seen = read.seen;
  return trace.applied(seen.partition, floor().lsn, seen.served_by, seen.replica);
}

Scene scene_of(const scenarios::Policy& policy, const TraceCollector& trace, Guarantee guarantee,
               const TracedOperation& before, const TracedOperation& read) {
  Scene scene{policy, trace, guarantee, before, read};
  const Judged& judged = judged_by(guarantee, read.judged);
  scene.wrong = judged.finding == Finding::broken;
  if (scene.wrong) scene.cause = cause_of(read.seen, judged.floor, heeds_token(scene.level()));
  scene.saving = saving_of(scene);
  return scene;
}

const Judged& judged_by(Guarantee guarantee, const Judgement& judgement) {
  if (guarantee == Guarantee::ryw) return judgement.ryw;
  return guarantee == Guarantee::mr ? judgement.mr : judgement.ryw_user;
}

std::string device_name(std::uint8_t device) { return device == 0 ? "phone" : "laptop"; }

std::string region_name(const Scene& scene, models::RegionId region) {
  return scene.policy.world.regions.users.at(region.value()).region;
}

std::string data_name(const Scene& scene) {
  return scene.policy.world.data.at(scene.read.seen.document.data_class.value()).name;
}

std::string pod_name(models::PodId pod) { return fmt::format("pod {}", pod.value()); }

bool is_primary(const Scene& scene, models::RegionId region, std::uint32_t replica) {
  return replica == 0 &&
         scenarios::takes_writes(scene.policy.world.store, region_name(scene, region));
}

std::string replica_name(const Scene& scene, models::RegionId region, std::uint32_t replica) {
  return is_primary(scene, region, replica) ? "primary" : fmt::format("replica {}", replica);
}

std::string lsn_text(std::uint32_t epoch, std::uint64_t lsn) {
  return epoch <= 1 ? fmt::format("LSN {}", lsn) : fmt::format("LSN {}/{}", epoch, lsn);
}

std::string lsn_text(const models::Version& version) {
  return lsn_text(version.epoch, version.lsn);
}

// "LSN 12#7": of several write regions' logs, the hub's first.
std::string lsn_text(const models::SessionToken& token) {
  std::string text = lsn_text(token.epoch, token.lsn);
  std::size_t last = token.further.size();
  while (last > 0 && token.further[last - 1] == 0) --last;
  for (std::size_t i = 0; i < last; ++i) text += fmt::format("#{}", token.further[i]);
  return text;
}

namespace {

std::string without_log(const Scene& scene, std::string text) {
  constexpr std::string_view log_word = "LSN";
  return scene.has_leader() ? text : text.replace(0, log_word.size(), "version");
}

}  // namespace

std::string version_text(const Scene& scene, const models::Version& version) {
  return without_log(scene, lsn_text(version));
}

std::string version_text(const Scene& scene, const models::SessionToken& token) {
  return without_log(scene, lsn_text(token));
}

std::string ms_text(models::Duration duration) {
  return rounded(static_cast<double>(duration.ns()) / 1e6) + " ms";
}

std::string instant_text(models::Duration since_zero) {
  return fmt::format("{:.1f} ms", static_cast<double>(since_zero.ns()) / 1e6);
}

models::SessionToken applied_by_the_answer(const TracedOperation& read) {
  models::SessionToken applied;
  for (const models::MessageTraced& message : read.messages)
    if (message.hop == models::Hop::replica_to_pod && message.said == models::Said::ok)
      applied = message.token;
  return applied;
}

}  // namespace seatrial::analysis
