#include "models/store/replication/log_kind.hpp"

#include <algorithm>

#include "models/network/link_name.hpp"
#include "models/network/network.hpp"
#include "models/store/log_protocol.hpp"
#include "models/strategies/registry.hpp"

namespace seatrial::models {

namespace {

LogReplicationKind::LinkMode& mode_of(std::vector<LogReplicationKind::LinkMode>& modes,
                                      const std::string& link) {
  for (LogReplicationKind::LinkMode& mode : modes) {
    if (mode.link == link) return mode;
  }
  modes.push_back({link, nullptr});
  return modes.back();
}

std::vector<std::string> names_of(const std::vector<LogReplicationKind::LinkMode>& modes) {
  std::vector<std::string> names;
  for (const LogReplicationKind::LinkMode& mode : modes) names.push_back(mode.link);
  return names;
}

// When the phase of an upgrade begins and ends.
void find_upgrade(const WorldConfig& world, BusPlan& bus) {
  Instant begins = Instant::at(world.warmup);
  for (const PhaseConfig& phase : world.phases) {
    const Instant ends = begins + phase.length;
    if (phase.name == bus.upgrade_phase) {
      bus.upgrade_from = begins;
      bus.upgrade_until = ends;
    }
    begins = ends;
  }
}

}  // namespace

Duration ModeSetting::round_trip(RegionId to) const {
  // The seed names no luck here: a base has none.
  const Network network{world.regions, sim::RandomSource{0, 0}};
  return network.base_one_way(source, to) + network.base_one_way(to, source);
}

void LogReplicationKind::describe(FieldVisitor& v) {
  describe_mode(v);
  models::describe(v, shipping_);
  v.map(
      {.key = "links",
       .sentence = "Links that are replicated in another way than the mode says: \"East US > West "
                   "Europe\", from the write region.",
       .at_most = 63},
      [&] { return names_of(links_); },
      [&](FieldVisitor& entry, const std::string& name) {
        entry.strategy({.key = "", .sentence = "How the link's region gets the log."},
                       link_replication_axis(), mode_of(links_, name).mode);
      });
}

std::unique_ptr<StoreProtocol> LogReplicationKind::make(const StoreSurroundings& around) const {
  return std::make_unique<LogProtocol>(around);
}

ReplicationPlan LogReplicationKind::plan(const WorldConfig& world, RegionId source) const {
  const std::vector<UserShare>& regions = world.regions.users;
  ReplicationPlan made;
  made.votes.resize(regions.size(), Vote::none);
  made.ways.resize(regions.size(), Way::link);
  made.shipping = shipping_;
  ModeSetting setting{world, source, {}};
  for (std::uint32_t i = 0; i < regions.size(); ++i) {
    if (RegionId{i} != source) setting.others.push_back(RegionId{i});
  }
  decide(made, setting);
  for (const LinkMode& link : links_) {
    const LinkName ends = *parse_link_name(link.link);
    if (ends.from != regions[source.value()].region) continue;
    for (const RegionId to : setting.others) {
      if (regions[to.value()].region != ends.to) continue;
      dynamic_cast<const LinkModeKind&>(*link.mode).decide(made, to);
    }
  }
  if (made.bus) find_upgrade(world, *made.bus);
  return made;
}

}  // namespace seatrial::models
