#include "app/init_facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>

#include "app/arguments.hpp"
#include "models/network/azure_matrix.hpp"
#include "scenarios/characters.hpp"
#include "scenarios/json_tree.hpp"
#include "scenarios/regular_file.hpp"

namespace seatrial::app {
namespace {

using scenarios::Node;

constexpr std::string_view show_account = "az cosmosdb show -o json";
constexpr std::string_view get_deployments = "kubectl get deploy,hpa -o json";

[[noreturn]] void not_of(const std::string& path, std::string_view command,
                         const std::string& why) {
  throw UsageError{fmt::format("{}: not the output of {}: {}", path, command, why)};
}

std::string shown_name(const std::string& name) {
  return scenarios::quoted(scenarios::shortened(scenarios::printable(name), 60));
}

Node read_json(const std::string& path) {
  const scenarios::FileContent file = scenarios::read_regular_file(path, scenarios::most_bytes);
  if (!file.problem.empty()) throw UsageError{path + ": " + file.problem};
  scenarios::Problems problems{path, {}};
  Node root = scenarios::read_tree(file.text, problems);
  problems.throw_if_any();
  return root;
}

const Node* at(const Node& node, std::string_view pointer) {
  return scenarios::node_at(node, pointer);
}

std::string text_at(const Node& node, std::string_view pointer) {
  const Node* const found = at(node, pointer);
  return found != nullptr && found->is(Node::Kind::string) ? found->text : "";
}

std::optional<std::int64_t> count_at(const Node& node, std::string_view pointer) {
  const Node* const found = at(node, pointer);
  if (found == nullptr || !found->is(Node::Kind::number)) return std::nullopt;
  const double number = found->number;
  if (!(number >= 0 && number <= 1e9) || number != std::floor(number)) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

bool truth_at(const Node& node, std::string_view pointer) {
  const Node* const found = at(node, pointer);
  return found != nullptr && found->is(Node::Kind::boolean) && found->truth;
}

std::string folded(std::string_view name) {
  std::string result;
  for (const char c : name) {
    if (c == ' ' || c == '-') continue;
    result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return result;
}

AccountLocation location_of(const Node& node) {
  const std::string name = text_at(node, "/locationName");
  const auto known = region_named(name);
  return {known.value_or(name), known.has_value()};
}

// The account itself; a list of one is that one.
const Node& only_account(const Node& root, const std::string& path) {
  if (root.is(Node::Kind::object)) return root;
  if (!root.is(Node::Kind::array)) not_of(path, show_account, "it is no object");
  if (root.items.size() != 1)
    not_of(
        path, show_account,
        fmt::format("it is a list of {} accounts; show the one that you mean", root.items.size()));
  return root.items.front();
}

std::vector<AccountLocation> locations_of(const Node& properties, const std::string& path) {
  const Node* const list = at(properties, "/locations");
  if (list == nullptr || !list->is(Node::Kind::array) || list->items.empty())
    not_of(path, show_account, "it has no \"locations\"");
  std::vector<std::pair<std::int64_t, AccountLocation>> found;
  for (const Node& node : list->items) {
    if (text_at(node, "/locationName").empty())
      not_of(path, show_account, "one of its \"locations\" has no \"locationName\"");
    const std::int64_t priority = count_at(node, "/failoverPriority").value_or(1'000);
    found.emplace_back(priority, location_of(node));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<AccountLocation> locations;
  for (auto& entry : found) {
    AccountLocation& location = entry.second;
    const bool again = std::any_of(locations.begin(), locations.end(),
                                   [&](const auto& other) { return other.name == location.name; });
    if (!again) locations.push_back(std::move(location));
  }
  return locations;
}

// Of the container that has most: a sidecar is not the service.
void take_cores(const Node& deployment, DeploymentFacts& facts) {
  const Node* const containers = at(deployment, "/spec/template/spec/containers");
  if (containers == nullptr) return;
  for (const Node& container : containers->items) {
    for (const bool is_limit : {true, false}) {
      const Node* const cpu =
          at(container, is_limit ? "/resources/limits/cpu" : "/resources/requests/cpu");
      const auto cores = cpu == nullptr ? std::nullopt : cores_of(cpu->text);
      if (!cores) continue;
      if (!facts.cores || *cores > *facts.cores) {
        facts.cores = cores;
        facts.cores_are_limit = is_limit;
      }
      break;
    }
  }
}

DeploymentFacts deployment_of(const Node& node, const std::string& path) {
  DeploymentFacts facts;
  facts.file = std::filesystem::path{path}.filename().string();
  facts.name = text_at(node, "/metadata/name");
  facts.space = text_at(node, "/metadata/namespace");
  facts.replicas = count_at(node, "/spec/replicas");
  take_cores(node, facts);
  return facts;
}

std::optional<std::int64_t> target_of(const Node& autoscaler) {
  if (const auto old = count_at(autoscaler, "/spec/targetCPUUtilizationPercentage")) return old;
  const Node* const metrics = at(autoscaler, "/spec/metrics");
  if (metrics == nullptr) return std::nullopt;
  for (const Node& metric : metrics->items)
    if (text_at(metric, "/resource/name") == "cpu")
      return count_at(metric, "/resource/target/averageUtilization");
  return std::nullopt;
}

void take_autoscaler(const Node& node, std::vector<DeploymentFacts>& deployments) {
  const std::optional<std::int64_t> most = count_at(node, "/spec/maxReplicas");
  if (!most) return;
  for (DeploymentFacts& facts : deployments) {
    if (text_at(node, "/spec/scaleTargetRef/name") != facts.name ||
        text_at(node, "/metadata/namespace") != facts.space)
      continue;
    facts.autoscaler =
        Autoscaler{count_at(node, "/spec/minReplicas").value_or(1), *most, target_of(node)};
  }
}

std::vector<DeploymentFacts> all_in(const std::string& path) {
  const Node root = read_json(path);
  std::vector<const Node*> items;
  const Node* const list = at(root, "/items");
  if (list != nullptr && list->is(Node::Kind::array)) {
    for (const Node& item : list->items) items.push_back(&item);
  } else {
    items.push_back(&root);
  }
  std::vector<DeploymentFacts> deployments;
  for (const Node* item : items)
    if (text_at(*item, "/kind") == "Deployment" && !text_at(*item, "/metadata/name").empty())
      deployments.push_back(deployment_of(*item, path));
  if (deployments.empty()) not_of(path, get_deployments, "it has no item of kind \"Deployment\"");
  for (const Node* item : items)
    if (text_at(*item, "/kind") == "HorizontalPodAutoscaler") take_autoscaler(*item, deployments);
  return deployments;
}

DeploymentFacts chosen_of(std::vector<DeploymentFacts> all, const std::string& path,
                          const std::string& name) {
  std::vector<std::string> names;
  for (const DeploymentFacts& facts : all) names.push_back(facts.name);
  std::erase_if(all, [&](const auto& facts) { return !name.empty() && facts.name != name; });
  if (all.size() == 1) return all.front();
  if (!all.empty() && !name.empty())
    throw UsageError{
        fmt::format("{}: {} deployments are named {}; write only those of one "
                    "namespace into the file",
                    path, all.size(), shown_name(name))};
  std::string shown;
  for (std::size_t i = 0; i < std::min<std::size_t>(names.size(), 8); ++i)
    shown += (i > 0 ? ", " : "") + shown_name(names[i]);
  if (names.size() > 8) shown += ", ...";
  throw UsageError{
      name.empty() ? fmt::format("{}: it has {} deployments, {}; say which with --deployment", path,
                                 names.size(), shown)
                   : fmt::format("{}: no deployment {}; it has {}", path, shown_name(name), shown)};
}

}  // namespace

std::optional<std::string> region_named(const std::string& name) {
  for (const std::string_view region : models::matrix_regions())
    if (folded(region) == folded(name)) return std::string{region};
  return std::nullopt;
}

std::optional<double> cores_of(const std::string& quantity) {
  double value = 0;
  const char* const end = quantity.data() + quantity.size();
  const auto [rest, error] = std::from_chars(quantity.data(), end, value);
  if (error != std::errc{} || !(value > 0 && value <= 1e6)) return std::nullopt;
  const std::string_view unit{rest, static_cast<std::size_t>(end - rest)};
  if (unit == "m") return value / 1000;
  return unit.empty() ? std::optional{value} : std::nullopt;
}

AccountFacts read_account(const std::string& path) {
  const Node root = read_json(path);
  const Node& account = only_account(root, path);
  // The resource as the REST interface shows it has the same one level down.
  const Node* const inner = at(account, "/properties");
  const Node& properties = inner != nullptr && inner->is(Node::Kind::object) ? *inner : account;
  AccountFacts facts;
  facts.file = std::filesystem::path{path}.filename().string();
  facts.name = text_at(account, "/name");
  facts.locations = locations_of(properties, path);
  facts.consistency = text_at(properties, "/consistencyPolicy/defaultConsistencyLevel");
  facts.writes_everywhere = truth_at(properties, "/enableMultipleWriteLocations");
  return facts;
}

std::vector<DeploymentFacts> read_deployments(const std::vector<std::string>& paths,
                                              const std::string& name) {
  std::vector<DeploymentFacts> all;
  for (const std::string& path : paths) all.push_back(chosen_of(all_in(path), path, name));
  return all;
}

}  // namespace seatrial::app
