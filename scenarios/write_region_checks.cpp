// The part of the checks that asks which regions take writes, and what they cannot then do.
#include <fmt/format.h>

#include <algorithm>

#include "models/store/replication/log_kind.hpp"
#include "scenarios/checks.hpp"
#include "scenarios/nearest_name.hpp"

namespace seatrial::scenarios {

bool takes_writes(const models::StoreConfig& store, std::string_view region) {
  const std::vector<std::string>& all = store.write_regions;
  if (all.empty()) return region == store.write_region;
  return std::find(all.begin(), all.end(), region) != all.end();
}

namespace {

// Asynchronous, with every link alike, and entries sent as they were written.
bool is_plain(const models::StrategyKind& replication, const models::WorldConfig& world) {
  const auto* const logs = dynamic_cast<const models::LogReplicationKind*>(&replication);
  if (logs == nullptr || logs->name() != "asynchronous" || !logs->links().empty()) return false;
  const models::ShippingPlan shipping = logs->plan(world, models::RegionId{}).shipping;
  const bool costs_cpu =
      shipping.compress_per_mb > models::Duration{} || shipping.diff_per_mb > models::Duration{};
  return shipping.ship == models::Ship::as_written && shipping.compression == 1 && !costs_cpu;
}

class WriteRegionCheck {
 public:
  WriteRegionCheck(const PolicyTree& of, Problems& problems)
      : of_{of}, world_{of.policy->world}, problems_{problems} {}

  void run() {
    if (!problems_.any_under(at_)) list();
    if (regions().size() > 1) not_together();
    if (regions().size() > 1) faults();
    clocks();
  }

 private:
  const std::vector<std::string>& regions() const { return world_.store.write_regions; }

  void wrong(const Place& place, const std::string& pointer, std::string message) {
    problems_.add(place, cited(of_, place, pointer), std::move(message));
  }

  // The list, or what it contradicts.
  void refuse(const std::string& other, std::string why) {
    const std::string& pointer = at_fault(of_, at_, other);
    wrong(place_of(*of_.tree, pointer), pointer, std::move(why));
  }

  void list() {
    const std::vector<std::string>& all = regions();
    for (auto region = all.begin(); region != all.end(); ++region) {
      if (std::find(all.begin(), region, *region) == region) continue;
      const std::string pointer = fmt::format("{}/{}", at_, region - all.begin());
      wrong(place_of(*of_.tree, pointer), pointer, quoted(*region) + " stands twice");
    }
    const std::string& hub = world_.store.write_region;
    if (all.empty() || hub.empty() || takes_writes(world_.store, hub)) return;
    refuse("/store/write_region",
           fmt::format("the write region {} is not among the write regions", quoted(hub)));
  }

  void not_together() {
    const auto& store = world_.store;
    const auto* const replication = store.replication.get();
    if (replication != nullptr && !is_plain(*replication, world_)) {
      refuse(
          "/store/replication",
          "several write regions replicate asynchronously, every link alike, entries as they were "
          "written: leave /store/replication out, or take one write region");
    }
    if (store.consistency == models::Consistency::strong) {
      refuse("/store/consistency",
             "strong consistency is not available with several write regions: take \"session\", or "
             "one write region");
    }
    if (store.consistency == models::Consistency::bounded_staleness) {
      refuse("/store/consistency",
             "bounded staleness is not modelled with several write regions: take \"session\", or "
             "one write region");
    }
    if (store.read_from == models::ReadFrom::primary) {
      refuse("/store/read_from",
             "there are several primaries: take \"secondaries_first\" or \"any_replica\"");
    }
    if (store.catch_up.present) {
      refuse("/store/catch_up", "a catch-up at a pace is not modelled with several write regions");
    }
    if (store.backup.present) {
      refuse("/store/backup", "backups are not modelled with several write regions");
    }
    for (const auto& data : world_.data) {
      const auto* const own =
          dynamic_cast<const models::LogReplicationKind*>(data.replication.get());
      if (own != nullptr && !is_plain(*own, world_)) {
        refuse("/data/" + escaped(data.name) + "/replication",
               "several write regions replicate asynchronously, every link alike, entries as they "
               "were written: leave this mode out, or take one write region");
      }
      const models::Consistency level = level_of(data.consistency, store.consistency);
      if (data.consistency == models::ReadLevel::account || !asks_quorum(level)) continue;
      refuse("/data/" + escaped(data.name) + "/consistency",
             "reads of a quorum are not modelled with several write regions");
    }
  }

  void faults() {
    for (std::size_t p = 0; p < world_.phases.size(); ++p) {
      for (std::size_t f = 0; f < world_.phases[p].faults.size(); ++f) {
        const std::string pointer = fmt::format("/phases/{}/faults/{}", p, f);
        const models::FaultKind kind = world_.phases[p].faults[f].kind;
        if (kind == models::FaultKind::replicas) {
          refuse(pointer + "/replicas",
                 "crashes of replicas are not modelled with several write regions: take a region's "
                 "store down");
        }
        if (kind == models::FaultKind::switchover) {
          refuse(pointer + "/switchover",
                 "there is no one write region that could be another: leave it out");
        }
        if (kind == models::FaultKind::split) {
          refuse(pointer + "/split", "splits are not modelled with several write regions");
        }
        if (kind == models::FaultKind::merge) {
          refuse(pointer + "/merge", "merging is not modelled with several write regions");
        }
      }
    }
  }

  void clocks() {
    const std::string ahead = "/store/conflict_clock/ahead";
    for (const models::ClockAheadConfig& clock : world_.store.conflict_clock.ahead) {
      if (takes_writes(world_.store, clock.region)) continue;
      wrong(key_place_of(*of_.tree, ahead, clock.region), ahead + "/" + escaped(clock.region),
            "no write region" + near_or_listed(clock.region, writers()));
    }
  }

  std::vector<std::string> writers() const {
    return regions().empty() ? std::vector{world_.store.write_region} : regions();
  }

  const std::string at_ = "/store/write_regions";
  const PolicyTree& of_;
  const models::WorldConfig& world_;
  Problems& problems_;
};

}  // namespace

void check_write_regions(const PolicyTree& of, Problems& problems) {
  WriteRegionCheck{of, problems}.run();
}

}  // namespace seatrial::scenarios
