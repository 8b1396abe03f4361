#include "analysis/report/takes.hpp"

#include <fmt/format.h>

#include "analysis/report/not_exercised.hpp"
#include "analysis/report/setting.hpp"
#include "analysis/report/text.hpp"

namespace seatrial::analysis {
namespace {

std::string broker_path_text(const models::WorldConfig& world) {
  const models::BrokerClientConfig& client = world.broker.client;
  const auto time = [](models::Duration duration) {
    return duration_text(static_cast<double>(duration.ns()));
  };
  std::string text = world.session_token.asynchronous
                         ? "one GET a read, one SET after the reply of a write"
                         : "one GET a read, one SET a write";
  if (world.session_token.reads_publish) text += " and after a read that met a newer token";
  text += fmt::format(", time-out {} (looked for every {})", time(client.timeout),
                      time(client.timeout_check));
  if (client.breaker.present)
    text += fmt::format(", breaker open after {}, tried again after {}",
                        counted(static_cast<std::uint64_t>(client.breaker.open_after), "failure"),
                        time(client.breaker.retry_after));
  return text;
}

std::string broker_place_text(const models::WorldConfig& world) {
  if (world.broker.placement != "per_region")
    return "a token broker (Redis) in " + world.broker.placement;
  const std::size_t regions = world.regions.users.size();
  return regions == 1 ? "a token broker (Redis)"
                      : fmt::format("a token broker (Redis) in each of {} regions", regions);
}

}  // namespace

std::vector<std::string> what_it_takes(const scenarios::Scenario& scenario, std::size_t index) {
  const scenarios::Policy& policy = scenario.policies[index];
  const models::WorldConfig* baseline = &scenario.policies.front().world;
  for (const scenarios::Policy& other : scenario.policies)
    if (other.name == scenario.baseline) baseline = &other.world;
  if (policy.name == scenario.baseline) return {};
  const auto is_new = [&](std::string_view transport) {
    return carries_by(policy.world, transport) && !carries_by(*baseline, transport);
  };
  std::vector<std::string> operate, path;
  if (is_new("broker")) operate.push_back(broker_place_text(policy.world));
  if (is_new("broker")) path.push_back(broker_path_text(policy.world));
  if (is_new("message")) path.emplace_back("the token in every message that tells of an update");
  if (is_new("client")) path.emplace_back("the token in every reply and request of a device");
  if (policy.world.pods.affinity != baseline->pods.affinity)
    path.emplace_back(policy.world.pods.affinity == models::Affinity::cookie
                          ? "a cookie by which the front door finds a user's pod again"
                          : "no affinity cookie any more");
  std::vector<std::string> texts;
  if (!operate.empty()) texts.push_back("New to operate: " + joined(operate));
  if (!path.empty())
    texts.push_back(fmt::format("New on the request path: {}", fmt::join(path, "; ")));
  if (policy.world.store.consistency != baseline->store.consistency)
    texts.push_back(fmt::format(
        "The account's consistency level: {}",
        models::consistency_names[static_cast<std::size_t>(policy.world.store.consistency)]));
  const std::string changes = changes_text(scenario, policy.name);
  if (texts.empty() && !changes.empty()) texts.push_back("Changed: " + changes);
  return texts;
}

}  // namespace seatrial::analysis
