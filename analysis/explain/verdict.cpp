#include "analysis/explain/verdict.hpp"

namespace seatrial::analysis {

namespace {

bool is_good(const TracedOperation& operation) {
  return operation.seen.outcome == models::Outcome::ok;
}

std::string versions_behind(const Scene& scene) {
  const std::uint64_t had = scene.floor().ordinal;
  const std::uint64_t got = scene.read.seen.version.ordinal;
  return had > got + 1 ? " (" + std::to_string(had - got) + " versions older)" : "";
}

}  // namespace

std::string verdict_of(const Scene& scene) {
  const std::string data = "the " + data_name(scene);
  if (!is_good(scene.read)) return failure_text(scene.read.seen.outcome);
  if (!is_good(scene.before)) return "The write before it failed, so there was nothing to see";
  const bool backwards = scene.guarantee == Guarantee::mr;
  if (scene.wrong && backwards)
    return "WRONG: an older " + data_name(scene) + " than the read before" + versions_behind(scene);
  if (scene.wrong) return "WRONG: " + data + " as it was before the write" + versions_behind(scene);
  return "RIGHT: " + data + (backwards ? " as it had been read, or newer" : " with the write");
}

std::string short_verdict_of(const Scene& scene) {
  if (!is_good(scene.before)) return "nothing to see";
  const bool backwards = scene.guarantee == Guarantee::mr;
  if (scene.wrong) return backwards ? "WRONG: older than before" : "WRONG: the write is not in it";
  return backwards ? "RIGHT: not older" : "RIGHT: the write is in it";
}

std::string reply_text(const Scene& scene, const TracedOperation& operation,
                       const models::SessionToken& token) {
  if (!is_good(operation)) return failure_text(operation.seen.outcome);
  std::string text = "done";
  if (operation.seen.kind == models::OperationKind::read)
    text = (operation.seen.found ? "" : "no ") + data_name(scene);
  if (scene.wrong && &operation == &scene.read) text = "old " + text;
  if (!token.is_none()) text += ", take " + lsn_text(token);
  return text;
}

std::string failure_text(models::Outcome outcome) {
  return "FAILED: " + std::string{models::outcome_names[static_cast<std::size_t>(outcome)]};
}

}  // namespace seatrial::analysis
