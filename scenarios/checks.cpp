#include "scenarios/checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "models/network/azure_matrix.hpp"
#include "models/network/link_name.hpp"
#include "models/store/replication/groups.hpp"
#include "scenarios/nearest_name.hpp"
#include "scenarios/quantities.hpp"

namespace seatrial::scenarios {

namespace {

using models::WorldConfig;

class WorldCheck {
 public:
  WorldCheck(const PolicyTree& of, Problems& problems)
      : of_{of}, world_{of.policy->world}, problems_{problems} {
    for (const auto& user : world_.regions.users) regions_.push_back(user.region);
  }

  void run() {
    regions();
    links();
    store();
    broker();
    data();
    check_workload(of_, problems_);
    phases();
    probes();
  }

 private:
  bool given(const std::string& pointer) const { return is_given(of_, pointer); }

  void wrong(const Place& place, const std::string& pointer, std::string message) {
    problems_.add(place, cited(of_, place, pointer), std::move(message));
  }

  void wrong(const std::string& pointer, std::string message) {
    wrong(place_of(*of_.tree, pointer), pointer, std::move(message));
  }

  void contradiction(const std::string& first, const std::string& second, std::string message) {
    wrong(at_fault(of_, first, second), std::move(message));
  }

  void regions() {
    const auto& config = world_.regions;
    if (problems_.any_under("/regions/matrix")) return;
    static const std::vector<std::string> matrices{"azure-2026-07", "none"};
    const bool azure = config.matrix == matrices[0];
    if (!azure && config.matrix != matrices[1]) {
      return wrong("/regions/matrix", fmt::format("unknown matrix {}; there is {}",
                                                  quoted(config.matrix), listed(matrices)));
    }
    double sum = 0;
    for (const auto& user : config.users) {
      sum += user.share;
      if (azure && !models::matrix_has_region(user.region)) unknown_region(user.region);
    }
    check_sum(of_, "/regions/users", sum, "users", problems_);
  }

  void unknown_region(const std::string& name) {
    const auto all = models::matrix_regions();
    const std::vector<std::string> known{all.begin(), all.end()};
    wrong(key_place_of(*of_.tree, "/regions/users", name), "/regions/users/" + escaped(name),
          "unknown region" + did_you_mean(name, known));
  }

  // Whether the text names two different regions of the scenario.
  bool is_link(const Place& place, const std::string& pointer, const std::string& name) {
    const auto ends = models::parse_link_name(name);
    if (const std::string better = other_arrow(name); !better.empty()) {
      wrong(place, pointer, better);
      return false;
    }
    if (!ends) {
      wrong(place, pointer,
            fmt::format("expected a link like \"East US > West Europe\" or \"East US <> West "
                        "Europe\", got {}",
                        quoted(name)));
      return false;
    }
    for (const std::string& end : {std::string{ends->from}, std::string{ends->to}}) {
      if (std::find(regions_.begin(), regions_.end(), end) != regions_.end()) continue;
      wrong(place, pointer,
            fmt::format("unknown region {}{}", quoted(end), near_or_listed(end, regions_)));
      return false;
    }
    if (ends->from == ends->to) wrong(place, pointer, "a link joins two different regions");
    return ends->from != ends->to;
  }

  void links() {
    if (problems_.any_under("/regions")) return;
    std::set<std::pair<std::string, std::string>> joined;
    for (const auto& link : world_.regions.links) {
      const Place place = key_place_of(*of_.tree, "/regions/links", link.name);
      const std::string pointer = "/regions/links/" + escaped(link.name);
      if (!is_link(place, pointer, link.name)) continue;
      const models::LinkName ends = *models::parse_link_name(link.name);
      bool fresh = joined.emplace(ends.from, ends.to).second;
      if (ends.both_ways) fresh = joined.emplace(ends.to, ends.from).second && fresh;
      if (!fresh) wrong(place, pointer, "another entry says how long this link takes");
      if (world_.regions.matrix == "none" && !link.has_one_way) {
        wrong(place, pointer + "/one_way",
              "missing: without a matrix each link needs its time, for example \"40ms\"");
      }
    }
    if (world_.regions.matrix == "none") all_joined(joined);
  }

  void all_joined(const std::set<std::pair<std::string, std::string>>& joined) {
    for (const std::string& from : regions_) {
      for (const std::string& to : regions_) {
        if (from == to || joined.contains({from, to})) continue;
        return wrong(
            "/regions/links",
            fmt::format("missing: name a /regions/matrix (\"azure-2026-07\"), or give every "
                        "pair of regions a link, for example {}: {{ \"one_way\": "
                        "\"40ms\" }}",
                        quoted(from + " <> " + to)));
      }
    }
  }

  void store() {
    const auto& store = world_.store;
    if (models::quorum_of(store) != nullptr) return check_quorum(of_, problems_);
    if (store.write_quorum > store.replicas) {
      contradiction(
          "/store/write_quorum", "/store/replicas",
          fmt::format("a write quorum of {} cannot be reached with {} replica{}",
                      store.write_quorum, store.replicas, store.replicas == 1 ? "" : "s"));
    }
    throughput();
    if (store.read_from == models::ReadFrom::primary &&
        store.consistency == models::Consistency::strong) {
      contradiction("/store/read_from", "/store/consistency",
                    "a strong read asks a quorum of replicas, not the primary");
    }
    lag();
    failover();
    staleness_bound();
    check_write_regions(of_, problems_);
  }

  // At this level Cosmos refuses an account with a smaller bound.
  void staleness_bound() {
    const auto& bound = world_.store.staleness_bound;
    if (world_.store.consistency != models::Consistency::bounded_staleness) return;
    if (bound.least == models::LeastBound::none || problems_.any_under("/regions/users")) return;
    const std::string at = "/store/staleness_bound";
    const bool several = regions_.size() > 1;
    const auto refuse = [&](const std::string& key, const std::string& least) {
      if (problems_.any_under(at + key)) return;
      wrong(at + key, fmt::format("with {} Cosmos takes no bound below {}; for another store say "
                                  "\"least\": \"none\"",
                                  several ? "several regions" : "one region", least));
    };
    const std::int64_t versions = bound.least_versions(several);
    const models::Duration time = bound.least_time(several);
    if (bound.versions < versions) refuse("/versions", fmt::format("{} versions", versions));
    if (bound.time < time) refuse("/time", duration(time));
  }

  void throughput() {
    const auto& store = world_.store;
    const std::int64_t provisioned = store.request_units_per_second;
    constexpr std::int64_t most = 10'000;
    const std::string pointer = "/store/request_units_per_second";
    if (provisioned == 0 || problems_.any_under(pointer)) return;
    if (provisioned < store.partitions) {
      contradiction(pointer, "/store/partitions",
                    fmt::format("{} RU/s are less than one for each of {} partitions", provisioned,
                                store.partitions));
    } else if (provisioned > most * store.partitions) {
      contradiction(
          pointer, "/store/partitions",
          fmt::format("{} RU/s on {} partitions: a physical partition has at most {}; "
                      "give {} partitions",
                      provisioned, store.partitions, most, (provisioned + most - 1) / most));
    }
  }

  // An object that states none would mean a lag of zero, and a lag is never implicit.
  void lag() {
    const Node* const lag = node_at(*of_.tree, "/store/replication_lag");
    if (lag == nullptr || !lag->is(Node::Kind::object)) return;
    const bool is_stated =
        std::any_of(lag->members.begin(), lag->members.end(), [](const Member& member) {
          return member.key != "varies_every" && !member.value.is(Node::Kind::null);
        });
    if (is_stated) return;
    wrong("/store/replication_lag",
          "no lag is stated: give the link's, that of each entry, or both, for example "
          "{ \"link\": \"20ms\" }");
  }

  void broker() {
    const auto& broker = world_.broker;
    if (carries(world_.session_token, "broker") && !broker.present) {
      contradiction("/session_token/carry", "/broker",
                    "tokens are carried in the broker, but there is no /broker");
    }
    const bool has_second_device = world_.workload.second_device.present;
    if (carries(world_.session_token, "message") && !has_second_device) {
      contradiction("/session_token/carry", "/workload/second_device",
                    "tokens ride on messages to a second device, but there is no "
                    "/workload/second_device");
    }
    const std::string& placement = broker.placement;
    if (!broker.present || placement == "per_region") return;
    if (std::find(regions_.begin(), regions_.end(), placement) != regions_.end()) return;
    std::vector<std::string> known = regions_;
    known.push_back("per_region");
    wrong("/broker/placement", fmt::format("expected \"per_region\" or the name of a region, got "
                                           "{}{}",
                                           quoted(placement), did_you_mean(placement, known)));
  }

  void data() {
    for (const auto& entry : world_.data) {
      const std::string pointer = "/data/" + escaped(entry.name);
      const bool shared = entry.owner == models::Owner::shared;
      read_level(pointer + "/consistency", entry.consistency);
      for (const std::string key : {"/documents", "/popularity"}) {
        if (shared || !given(pointer + key)) continue;
        wrong(pointer + key, fmt::format("only a class with \"owner\": \"shared\" has it; each {} "
                                         "has one document of this class",
                                         owner_names[static_cast<std::size_t>(entry.owner)]));
      }
      if (given(pointer + "/patch_size") && entry.patch_size > entry.size &&
          !problems_.any_under(pointer)) {
        wrong(pointer + "/patch_size",
              fmt::format("a PATCH of {} is larger than the document, which has {}",
                          size(entry.patch_size), size(entry.size)));
      }
      if (shared && !given(pointer + "/documents")) {
        wrong(pointer + "/documents",
              "missing: say how many documents of this class there are, for example 200000");
      }
    }
  }

  void read_level(const std::string& pointer, models::ReadLevel asked) {
    const models::Consistency account = world_.store.consistency;
    if (!is_stronger(level_of(asked, account), account)) return;
    contradiction(
        pointer, "/store/consistency",
        fmt::format("reads at {} of an account at {}: a read may ask for less, never for more "
                    "(for a hint that two replicas of the region are to be read: \"local_quorum\")",
                    quoted(models::read_level_names[static_cast<std::size_t>(asked)]),
                    quoted(models::consistency_names[static_cast<std::size_t>(account)])));
  }

  void phases() {
    std::set<std::string> names;
    month();
    for (std::size_t i = 0; i < world_.phases.size(); ++i) {
      const auto& phase = world_.phases[i];
      const std::string pointer = fmt::format("/phases/{}", i);
      if (!names.insert(phase.name).second) {
        wrong(pointer + "/name", fmt::format("two phases are named {}", quoted(phase.name)));
      }
      const bool has_length = !problems_.any_under(pointer + "/for");
      if (has_length && phase.ramp > phase.length) {
        wrong(pointer + "/ramp", "the ramp is longer than the phase");
      }
      for (std::size_t f = 0; f < phase.faults.size(); ++f) {
        fault(fmt::format("{}/faults/{}", pointer, f), phase, phase.faults[f]);
      }
    }
  }

  void month() {
    constexpr double most = 744;  // 31 days
    double hours = 0;
    for (const auto& phase : world_.phases) hours += phase.stands_for_hours_per_month;
    if (hours <= most || problems_.any_under("/phases")) return;
    wrong("/phases", fmt::format("the phases stand for {} h of a month together; a month has at "
                                 "most {}",
                                 hours, most));
  }

  void probes() {
    const auto& offsets = world_.probes.freshness.after_commit;
    const std::string at = "/probes/freshness/after_commit";
    if (problems_.any_under(at)) return;
    for (std::size_t i = 1; i < offsets.size(); ++i) {
      if (offsets[i] > offsets[i - 1]) continue;
      return wrong(fmt::format("{}/{}", at, i),
                   fmt::format("they rise, but {} comes after {}", duration(offsets[i]),
                               duration(offsets[i - 1])));
    }
  }

  void failover() {
    const auto& failover = world_.store.failover;
    if (!failover.present || problems_.any_under("/store/failover")) return;
    if (regions_.size() == 1) {
      return wrong("/store/failover", "there is no other region that could take over");
    }
    std::set<std::string> named;
    for (std::size_t i = 0; i < failover.to.size(); ++i) {
      if (named.insert(failover.to[i]).second) continue;
      wrong(fmt::format("/store/failover/to/{}", i),
            fmt::format("{} stands here twice", quoted(failover.to[i])));
    }
    if (named.size() == 1 && *named.begin() == world_.store.write_region) {
      wrong("/store/failover/to", "the write region alone cannot take over its own writes");
    }
  }

  void fault(const std::string& pointer, const models::PhaseConfig& phase,
             const models::FaultConfig& fault) {
    if (problems_.any_under(pointer)) return;
    // The default is cut to the phase.
    if (given(pointer + "/start_within") && fault.start_within >= phase.length &&
        phase.length > models::Duration{}) {
      wrong(pointer + "/start_within",
            fmt::format("the fault may start only {} after the phase, which lasts {}",
                        duration(fault.start_within), duration(phase.length)));
    }
    using enum models::FaultKind;
    const bool has_count = !problems_.any_under("/pods/count");
    if (fault.kind == kill_pods && has_count && fault.kill > world_.pods.count) {
      contradiction(pointer + "/kill", "/pods/count",
                    fmt::format("{} pods die, but a region has {}", fault.kill, world_.pods.count));
    }
    if (fault.kind == replicas && !problems_.any_under("/store/replicas") &&
        models::quorum_of(world_.store) == nullptr && fault.crash > world_.store.replicas) {
      contradiction(pointer + "/crash", "/store/replicas",
                    fmt::format("{} replicas crash, but a partition has {} in a region",
                                fault.crash, world_.store.replicas));
    }
    std::set<std::string> apart;
    for (std::size_t i = 0; fault.kind == partition && i < fault.regions.size(); ++i) {
      if (apart.insert(fault.regions[i]).second) continue;
      return wrong(fmt::format("{}/partition/{}", pointer, i),
                   fmt::format("{} stands here twice", quoted(fault.regions[i])));
    }
    if (fault.kind == partition && apart.size() >= regions_.size()) {
      wrong(pointer + "/partition", "no region is left on the other side of the partition");
    }
    if (fault.kind == split) exists(fault.split, fault.kind, pointer + "/split");
    if (fault.kind == merge) {
      exists(fault.merge, fault.kind, pointer + "/merge");
      exists(fault.with, fault.kind, pointer + "/with");
      if (fault.merge == fault.with) wrong(pointer + "/with", "that is the same partition");
      const auto begun_with = static_cast<std::int64_t>(models::physical_partitions(world_));
      const std::int64_t each = std::max<std::int64_t>(world_.store.partitions, 1);
      if (std::max(fault.merge, fault.with) < begun_with &&
          fault.merge / each != fault.with / each) {
        wrong(pointer + "/with", "the two hold data classes with replication modes of their own");
      }
    }
    if (fault.kind == slow_link || fault.kind == cut_link) {
      const std::string at = pointer + (fault.kind == slow_link ? "/slow_link" : "/cut_link");
      is_link(place_of(*of_.tree, at), at, fault.link);
    }
  }

  static std::string size(models::Bytes value) {
    return format_quantity(Dimension::bytes, static_cast<double>(value));
  }

  void exists(std::int64_t partition, models::FaultKind named_by, const std::string& pointer) {
    if (partition < partitions_beside(world_, named_by)) return;
    contradiction(pointer, "/store/partitions",
                  fmt::format("there is no partition {}: the store has {}, counted from 0",
                              partition, world_.store.partitions));
  }

  static std::string duration(models::Duration value) {
    return format_quantity(Dimension::duration, static_cast<double>(value.ns()));
  }

  static constexpr auto owner_names = models::owner_names;

  const PolicyTree& of_;
  const WorldConfig& world_;
  Problems& problems_;
  std::vector<std::string> regions_;
};

}  // namespace

void check_world(const PolicyTree& of, Problems& problems) { WorldCheck{of, problems}.run(); }

}  // namespace seatrial::scenarios
