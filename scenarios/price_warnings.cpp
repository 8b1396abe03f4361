// The warnings of checks.hpp about prices that say less, or more, than they seem to.
#include <fmt/format.h>

#include <algorithm>

#include "scenarios/checks.hpp"
#include "scenarios/nearest_name.hpp"

namespace seatrial::scenarios {
namespace {

void warn_of_no_price(const Scenario& scenario, const Node& root, Problems& problems) {
  const Node* const prices = root.find("prices");
  const auto is_price = [](const Member& member) { return member.key != "currency"; };
  const bool has_some = std::any_of(prices->members.begin(), prices->members.end(), is_price);
  if (has_some) return;
  problems.warn(
      place_of(root, "/prices"), "/prices",
      fmt::format("a currency and no price: every policy costs 0 {}", scenario.prices.currency));
}

void warn_of_two_bills(const Scenario& scenario, const Node& root, Problems& problems) {
  const Prices& prices = scenario.prices;
  if (prices.provisioned_hour == 0 || prices.million_request_units == 0) return;
  const std::string pointer = "/prices/million_request_units";
  problems.warn(place_of(root, pointer), pointer,
                "stands beside provisioned_100_ru_per_second_hour: request units are paid twice, "
                "by use and by the hour");
}

// What is provisioned is paid, and what is not provisioned has no limit and no price.
void warn_of_free_throughput(const Scenario& scenario, const Node& root, Problems& problems) {
  std::vector<std::string> free;
  for (const Policy& policy : scenario.policies)
    if (policy.world.store.request_units_per_second == 0) free.push_back(policy.name);
  const bool is_everybody = free.size() == scenario.policies.size();
  if (scenario.prices.provisioned_hour == 0 || free.empty() || is_everybody) return;
  const std::string pointer = "/prices/provisioned_100_ru_per_second_hour";
  problems.warn(place_of(root, pointer), pointer,
                fmt::format("costs nothing under {}: no /store/request_units_per_second there",
                            listed(free)));
}

}  // namespace

void warn_of_doubtful_prices(const Scenario& scenario, const Node& root, Problems& problems) {
  if (!scenario.prices.present || root.find("prices") == nullptr) return;
  warn_of_no_price(scenario, root, problems);
  warn_of_two_bills(scenario, root, problems);
  warn_of_free_throughput(scenario, root, problems);
}

}  // namespace seatrial::scenarios
