#include "models/network/link_name.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "models/network/azure_matrix.hpp"
#include "models/network/routes.hpp"

namespace seatrial::models {

namespace {

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

std::optional<std::uint32_t> region_index(const RegionsConfig& regions, std::string_view name) {
  for (std::uint32_t i = 0; i < regions.users.size(); ++i) {
    if (regions.users[i].region == name) return i;
  }
  return std::nullopt;
}

bool in_matrix(const RegionsConfig& regions, const std::string& from, const std::string& to) {
  return regions.matrix != "none" && published_round_trip(from, to).has_value();
}

std::vector<RouteLink> direct_links(const RegionsConfig& regions) {
  std::vector<RouteLink> links;
  const auto& users = regions.users;
  for (std::uint32_t from = 0; from < users.size(); ++from) {
    for (std::uint32_t to = 0; to < users.size(); ++to) {
      if (in_matrix(regions, users[from].region, users[to].region)) links.push_back({from, to, {}});
    }
  }
  for (const LinkConfig& link : regions.links) {
    const auto name = parse_link_name(link.name);
    if (!name || !link.has_one_way) continue;
    const auto from = region_index(regions, name->from);
    const auto to = region_index(regions, name->to);
    if (!from || !to) continue;
    links.push_back({*from, *to, {}});
    if (name->both_ways) links.push_back({*to, *from, {}});
  }
  return links;
}

void add_problems_of_link(const RegionsConfig& regions, const LinkConfig& link,
                          std::vector<std::string>& problems) {
  const auto name = parse_link_name(link.name);
  if (!name) {
    problems.push_back(fmt::format(
        "link \"{}\": write \"A > B\" for one direction or \"A <> B\" for both", link.name));
    return;
  }
  for (const std::string_view region : {name->from, name->to}) {
    if (!region_index(regions, region)) {
      problems.push_back(
          fmt::format("link \"{}\": \"{}\" is no region of this scenario", link.name, region));
    }
  }
  if (name->from == name->to) {
    problems.push_back(fmt::format("link \"{}\" leads from a region to itself", link.name));
  }
  if (!(link.loss >= 0 && link.loss <= 1)) {
    problems.push_back(fmt::format("link \"{}\": loss is a share between 0 and 1", link.name));
  }
  if (!(link.bytes_per_second >= 0)) {
    problems.push_back(fmt::format("link \"{}\": negative bandwidth", link.name));
  }
  const std::string from{name->from};
  const std::string to{name->to};
  const bool known =
      in_matrix(regions, from, to) && (!name->both_ways || in_matrix(regions, to, from));
  if (!link.has_one_way && !known) {
    problems.push_back(
        fmt::format("link \"{}\" needs one_way: no matrix has this pair", link.name));
  }
}

}  // namespace

std::optional<LinkName> parse_link_name(std::string_view name) {
  const std::size_t arrow = name.find('>');
  if (arrow == std::string_view::npos) return std::nullopt;
  LinkName link{trimmed(name.substr(0, arrow)), trimmed(name.substr(arrow + 1)), false};
  if (link.from.ends_with('<')) {
    link.both_ways = true;
    link.from = trimmed(link.from.substr(0, link.from.size() - 1));
  }
  const auto bad = [](std::string_view region) {
    return region.empty() || region.find_first_of("<>") != std::string_view::npos;
  };
  if (bad(link.from) || bad(link.to)) return std::nullopt;
  return link;
}

std::vector<std::string> problems_of(const RegionsConfig& regions) {
  std::vector<std::string> problems;
  const auto& users = regions.users;
  if (regions.matrix != "none" && regions.matrix != azure_matrix_name) {
    problems.push_back(fmt::format("matrix \"{}\" is not known; there are \"{}\" and \"none\"",
                                   regions.matrix, azure_matrix_name));
  }
  for (const UserShare& user : users) {
    if (std::count_if(users.begin(), users.end(),
                      [&](const UserShare& other) { return other.region == user.region; }) > 1) {
      problems.push_back(fmt::format("region \"{}\" stands twice", user.region));
    }
  }
  for (const LinkConfig& link : regions.links) add_problems_of_link(regions, link, problems);

  const std::vector<RouteLink> links = direct_links(regions);
  const auto places = static_cast<std::uint32_t>(users.size());
  for (std::uint32_t from = 0; from < places; ++from) {
    const auto routes = shortest_routes(places, links, from);
    for (std::uint32_t to = 0; to < places; ++to) {
      if (from == to || !routes[to].empty()) continue;
      problems.push_back(
          fmt::format("nothing says how long a message takes from \"{}\" to \"{}\": name a matrix "
                      "that has both, or a link",
                      users[from].region, users[to].region));
    }
  }
  return problems;
}

}  // namespace seatrial::models
