// The part of the checks that asks whether replication modes fit the regions and the level.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "models/network/link_name.hpp"
#include "models/store/replication/groups.hpp"
#include "models/store/replication/log_kind.hpp"
#include "scenarios/checks.hpp"
#include "scenarios/nearest_name.hpp"
#include "scenarios/quantities.hpp"

namespace seatrial::scenarios {
namespace {

using models::LogReplicationKind;
using models::WorldConfig;

const LogReplicationKind* log_kind(const std::shared_ptr<models::StrategyKind>& kind) {
  return dynamic_cast<const LogReplicationKind*>(kind.get());
}

class ReplicationCheck {
 public:
  ReplicationCheck(const PolicyTree& of, Problems& problems)
      : of_{of}, world_{of.policy->world}, problems_{problems} {
    for (const auto& user : world_.regions.users) regions_.push_back(user.region);
  }

  void run() {
    if (problems_.any_under("/regions") || problems_.any_under("/store/write_region")) return;
    if (const auto* const kind = log_kind(world_.store.replication))
      mode(*kind, "/store/replication");
    backup_to_another_region();
    catch_up();
    for (const auto& data : world_.data) {
      const std::string pointer = "/data/" + escaped(data.name) + "/replication";
      if (const auto* const own = log_kind(data.replication)) of_class(*own, pointer);
    }
  }

 private:
  void wrong(const Place& place, const std::string& pointer, std::string message) {
    problems_.add(place, cited(of_, place, pointer), std::move(message));
  }
  void wrong(const std::string& pointer, std::string message) {
    wrong(place_of(*of_.tree, pointer), pointer, std::move(message));
  }

  void of_class(const LogReplicationKind& own, const std::string& pointer) {
    if (world_.store.replication == nullptr) return;  // a problem already
    if (log_kind(world_.store.replication) == nullptr) {
      return wrong(pointer, fmt::format("a data class cannot have a mode of its own where "
                                        "/store/replication is \"{}\"",
                                        world_.store.replication->name()));
    }
    mode(own, pointer);
  }

  void mode(const LogReplicationKind& kind, const std::string& pointer) {
    if (problems_.any_under(pointer)) return;
    const bool is_strong = world_.store.consistency == models::Consistency::strong;
    const bool is_plain = kind.name() == "asynchronous" && kind.links().empty();
    if (is_strong && (!is_plain || pointer != "/store/replication")) {
      return wrong(pointer,
                   "strong consistency has a rule of its own, every region that is not too slow: "
                   "leave the mode out, or choose another /store/consistency");
    }
    for (const auto& link : kind.links()) {
      // One without a mode is a problem already, of a policy perhaps.
      if (link.mode == nullptr || !is_link(link.link, pointer)) return;
    }
    links_fit(kind, pointer);
    enough_regions(kind, pointer);
    makes_sense(kind, pointer);
    keeps_its_pace(kind, pointer);
  }

  void catch_up() {
    const auto& catch_up = world_.store.catch_up;
    if (!catch_up.present || problems_.any_under("/store/catch_up")) return;
    std::set<std::string> named;
    for (std::size_t i = 0; i < catch_up.first.size(); ++i) {
      const std::string& name = catch_up.first[i];
      const std::string pointer = fmt::format("/store/catch_up/first/{}", i);
      if (!named.insert(name).second) {
        wrong(pointer, fmt::format("{} stands here twice", quoted(name)));
        continue;
      }
      const auto of = std::find_if(world_.data.begin(), world_.data.end(),
                                   [&](const auto& data) { return data.name == name; });
      if (of == world_.data.end() || log_kind(of->replication) != nullptr) continue;
      wrong(pointer, fmt::format("{} shares its partitions: give it a mode of its own "
                                 "(/data/{}/replication), which makes it a container of its own",
                                 quoted(name), escaped(name)));
    }
  }

  void backup_to_another_region() {
    if (!world_.store.backup.present || problems_.any_under("/store/backup")) return;
    if (world_.store.backup.to != world_.store.write_region) return;
    wrong("/store/backup/to", "a backup is kept in another region than the write region");
  }

  void makes_sense(const LogReplicationKind& kind, const std::string& pointer) {
    const models::ReplicationPlan plan = kind.plan(world_, models::RegionId{0});
    const auto& adaptive = plan.adaptive;
    if (adaptive && adaptive->asynchronous_below > adaptive->synchronous_above) {
      wrong(pointer + "/asynchronous_below",
            fmt::format("must be at most synchronous_above, {}: above that lag writes begin to "
                        "wait, below this one they stop",
                        duration(adaptive->synchronous_above)));
    }
    const auto& phases = world_.phases;
    const bool is_known = !plan.bus || plan.bus->upgrade_phase.empty() ||
                          std::any_of(phases.begin(), phases.end(), [&](const auto& phase) {
                            return phase.name == plan.bus->upgrade_phase;
                          });
    if (!is_known) {
      wrong(pointer + "/upgrade_in",
            fmt::format("unknown phase {}{}", quoted(plan.bus->upgrade_phase),
                        near_or_listed(plan.bus->upgrade_phase, phase_names())));
    }
    if (plan.tier && plan.tier->hot_at_most < plan.tier->hot_for) {
      wrong(
          is_given(of_, pointer + "/hot_at_most") ? pointer + "/hot_at_most" : pointer + "/hot_for",
          fmt::format("a document stays {} after each use (hot_for), but at most {} without one "
                      "(hot_at_most)",
                      duration(plan.tier->hot_for), duration(plan.tier->hot_at_most)));
    }
  }

  std::vector<std::string> phase_names() const {
    std::vector<std::string> names;
    for (const auto& phase : world_.phases) names.push_back(phase.name);
    return names;
  }

  static std::string duration(models::Duration value) {
    return format_quantity(Dimension::duration, static_cast<double>(value.ns()));
  }

  // An event bus and a backend keep by themselves what a region lacks.
  void keeps_its_pace(const LogReplicationKind& kind, const std::string& pointer) {
    if (!world_.store.catch_up.present) return;
    const auto is_bus = [](const auto& link) { return link.mode->name() == "event_bus"; };
    const bool has_bus =
        kind.name() == "event_bus" || std::any_of(kind.links().begin(), kind.links().end(), is_bus);
    if (!has_bus && kind.name() != "tiered") return;
    wrong(pointer, fmt::format("not modelled: {} and a catch-up at a pace (/store/catch_up)",
                               has_bus ? "an event bus" : "a tiered store"));
  }

  // What links say that their mode does not heed.
  void links_fit(const LogReplicationKind& kind, const std::string& pointer) {
    std::string bus = kind.name() == "event_bus" ? pointer : "";
    for (const auto& link : kind.links()) {
      const std::string at = pointer + "/links/" + escaped(link.link);
      if (kind.name() == "adaptive" && link.mode->name() == "synchronous") {
        wrong(at,
              "an adaptive mode decides for all its regions at once whether writes wait: leave "
              "the link out, or make it asynchronous");
      }
      if (link.mode->name() != "event_bus") continue;
      if (bus.empty()) bus = at;
      if (bus_parameters(bus) == bus_parameters(at)) continue;
      wrong(at, fmt::format("the regions of a partition share one event bus: say the same here as "
                            "in {}",
                            bus));
    }
  }

  // As the file says them, in one order.
  std::vector<std::string> bus_parameters(const std::string& pointer) const {
    std::vector<std::string> parameters;
    const Node* const node = node_at(*of_.tree, pointer);
    if (node == nullptr) return parameters;
    const std::vector<std::string> of_modes{"kind",        "links",       "ship",
                                            "compression", "diff_per_mb", "compress_per_mb"};
    for (const Member& member : node->members) {
      const bool is_of_bus =
          std::find(of_modes.begin(), of_modes.end(), member.key) == of_modes.end();
      if (is_of_bus) parameters.push_back(member.key + ": " + to_json(member.value));
    }
    std::sort(parameters.begin(), parameters.end());
    return parameters;
  }

  bool is_link(const std::string& name, const std::string& parent) {
    const Place place = key_place_of(*of_.tree, parent + "/links", name);
    const std::string pointer = parent + "/links/" + escaped(name);
    const auto ends = models::parse_link_name(name);
    if (const std::string better = other_arrow(name); !better.empty()) {
      wrong(place, pointer, better);
      return false;
    }
    if (!ends || ends->both_ways) {
      wrong(
          place, pointer,
          fmt::format("expected a link like {}, from the write region, got {}",
                      quoted(world_.store.write_region + " > " + another_region()), quoted(name)));
      return false;
    }
    const std::string to{ends->to};
    if (std::find(regions_.begin(), regions_.end(), to) == regions_.end()) {
      wrong(place, pointer,
            fmt::format("unknown region {}{}", quoted(to), near_or_listed(to, regions_)));
      return false;
    }
    const std::string from{ends->from};
    if (from == world_.store.write_region && from != to) return true;
    const bool is_known = std::find(regions_.begin(), regions_.end(), from) != regions_.end();
    wrong(place, pointer,
          is_known
              ? fmt::format("the log goes from the write region, {}, to others",
                            quoted(world_.store.write_region))
              : fmt::format("unknown region {}{}", quoted(from), near_or_listed(from, regions_)));
    return false;
  }

  std::string another_region() const {
    for (const std::string& region : regions_)
      if (region != world_.store.write_region) return region;
    return "West Europe";
  }

  void enough_regions(const LogReplicationKind& kind, const std::string& pointer) {
    const auto source = std::find(regions_.begin(), regions_.end(), world_.store.write_region);
    if (source == regions_.end()) return;
    const auto index = static_cast<std::uint32_t>(source - regions_.begin());
    const models::ReplicationPlan plan = kind.plan(world_, models::RegionId{index});
    const auto none = std::count(plan.votes.begin(), plan.votes.end(), models::Vote::none);
    const auto counting = static_cast<std::int64_t>(plan.votes.size()) - none;
    if (static_cast<std::int64_t>(plan.needed) <= counting) return;
    wrong(pointer + "/acknowledgements",
          fmt::format("{} acknowledgements are wanted, of {} that can be had", plan.needed,
                      counting));
  }

  const PolicyTree& of_;
  const WorldConfig& world_;
  Problems& problems_;
  std::vector<std::string> regions_;
};

}  // namespace

std::int64_t partitions_beside(const WorldConfig& world, models::FaultKind one) {
  const auto come_of = [](models::FaultKind kind) {
    if (kind == models::FaultKind::split) return 2;
    return kind == models::FaultKind::merge ? 1 : 0;
  };
  std::int64_t most = std::int64_t{models::physical_partitions(world)} - come_of(one);
  for (const auto& phase : world.phases) {
    for (const auto& fault : phase.faults) most += come_of(fault.kind);
  }
  return most;
}

void check_replication(const PolicyTree& of, Problems& problems) {
  ReplicationCheck{of, problems}.run();
}

}  // namespace seatrial::scenarios
