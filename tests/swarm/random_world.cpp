#include "tests/swarm/random_world.hpp"

#include <nlohmann/json.hpp>
#include <vector>

#include "scenarios/load.hpp"
#include "tests/swarm/dice.hpp"
#include "tests/swarm/random_store.hpp"

namespace seatrial::swarm {

namespace {

using Protocol = DrawnStore::Protocol;

class World {
 public:
  explicit World(std::uint64_t seed) : seed_{seed}, dice_{seed} {
    uses_matrix_ = dice_.chance(15);
    regions_ = uses_matrix_ ? std::vector<std::string>{"East US", "West Europe", "Japan East"}
                            : std::vector<std::string>{"West", "East", "South"};
    regions_.resize(static_cast<std::size_t>(dice_.one_of(std::vector<int>{1, 2, 2, 3, 3})));
  }

  Json draw() {
    Json world;
    world["title"] = "Random world " + std::to_string(seed_);
    world["question"] = "Does every law hold?";
    world["regions"] = regions();
    drawn_ = random_store(dice_, regions_, store_);
    has_broker_ = dice_.chance(80);
    if (has_broker_) world["broker"] = broker();
    world["pods"] = pods();
    world["data"] = data();
    world["store"] = store_;
    const Json catch_up = random_catch_up(dice_, drawn_);
    if (!catch_up.is_null()) world["store"]["catch_up"] = catch_up;
    world["session_token"] = session_token();
    world["workload"] = workload();
    world["phases"] = phases();
    if (dice_.chance(15)) world["probes"]["freshness"] = probe();
    world["policies"] = Json{{"as is", Json::object()}};
    world["objectives"] = Json{{"served", {{"metric", "availability"}, {"at_least", "1%"}}}};
    world["run"] =
        Json{{"seed", seed_ % 1'000'000}, {"replications", 1}, {"warmup", dice_.ms(0, 500)}};
    return world;
  }

 private:
  Json regions() {
    Json made;
    made["matrix"] = uses_matrix_ ? "azure-2026-07" : "none";
    if (uses_matrix_) made["jitter"] = dice_.chance(50);
    std::int64_t left = 100;
    for (std::size_t i = 0; i != regions_.size(); ++i) {
      const std::int64_t share = i + 1 == regions_.size() ? left : dice_.whole(0, left);
      made["users"][regions_[i]] = std::to_string(share) + "%";
      left -= share;
    }
    for (std::size_t i = 0; i != regions_.size(); ++i) {
      for (std::size_t j = i + 1; j != regions_.size(); ++j) links(made, regions_[i], regions_[j]);
    }
    made["zones"] = dice_.whole(1, 3);
    if (dice_.chance(30)) made["last_mile_round_trip"] = dice_.duration(20);
    made["request_timeout"] = dice_.word({"500ms", "2s", "10s"});
    return made;
  }

  // One link both ways, or each way by itself.
  void links(Json& made, const std::string& from, const std::string& to) {
    if (dice_.chance(70)) return link(made, from + " <> " + to);
    link(made, from + " > " + to);
    link(made, to + " > " + from);
  }

  void link(Json& made, const std::string& name) {
    Json link;
    if (!uses_matrix_) link["one_way"] = dice_.duration(60);
    if (dice_.chance(15)) link["loss"] = dice_.percent(1, 5);
    if (dice_.chance(10)) link["bytes_per_second"] = dice_.word({"200 KB", "1 MB", "10 MB"});
    if (!link.is_null()) made["links"][name] = link;
  }

  Json broker() {
    Json made;
    const bool central = dice_.chance(30);
    made["placement"] = central ? dice_.word(regions_) : "per_region";
    made["ttl"] = dice_.word({"200ms", "2s", "30min"});
    made["write"] = dice_.word({"merge_max", "set"});
    made["on_unavailable"] = dice_.word({"read_without_token", "read_from_write_region", "fail"});
    made["client"]["timeout"] = dice_.ms(5, 100);
    made["client"]["timeout_check"] = dice_.ms(1, 200);
    made["client"]["breaker"] =
        Json{{"open_after", dice_.whole(1, 5)}, {"retry_after", dice_.ms(50, 1000)}};
    return made;
  }

  Json pods() {
    Json made;
    pods_ = dice_.whole(1, 4);
    made["count"] = pods_;
    made["cpu"] = dice_.whole(1, 2);
    made["max_in_flight"] = dice_.whole(2, 64);
    made["max_queue"] = dice_.whole(0, 20);
    made["cpu_per_operation"] = dice_.duration(4);
    made["restart_after"] = dice_.ms(0, 1000);
    made["balance"] = dice_.word({"least_outstanding", "round_robin", "random"});
    made["affinity"] = dice_.word({"none", "cookie"});
    return made;
  }

  Json data() {
    Json made;
    made["cart"] = data_class(dice_.word({"user", "session"}));
    const bool knows_its_region = drawn_.protocol != Protocol::quorum || regions_.size() == 1;
    has_shared_ = dice_.chance(60) && knows_its_region;
    if (!has_shared_) return made;
    made["stock"] = data_class("shared");
    made["stock"]["documents"] = dice_.whole(1, 5);
    return made;
  }

  Json data_class(const std::string& owner) {
    Json made;
    made["owner"] = owner;
    made["size"] = std::to_string(dice_.whole(1, 64)) + " KB";
    const bool has_leader = drawn_.protocol != Protocol::quorum;
    made["update"] =
        has_leader ? dice_.word({"patch", "replace", "replace_if_match", "patch_if_unchanged"})
                   : dice_.word({"patch", "replace"});
    if (dice_.chance(30)) made["paths"] = dice_.whole(1, 10);
    if (dice_.chance(30)) made["patch_size"] = std::to_string(dice_.whole(100, 900)) + " B";
    if (!has_leader) return made;
    if (dice_.chance(15)) made["ttl"] = dice_.ms(50, 2000);
    if (dice_.chance(20)) made["at_start"] = "absent";
    if (dice_.chance(25)) made["consistency"] = read_level();
    if (!dice_.chance(20)) return made;
    const Json mode = random_class_mode(dice_, regions_, drawn_, store_);
    if (!mode.is_null()) made["replication"] = mode;
    return made;
  }

  // The account's, or less.
  std::string read_level() {
    std::vector<std::string> levels{"eventual", "consistent_prefix", "session", "bounded_staleness",
                                    "strong"};
    while (levels.back() != drawn_.level) levels.pop_back();
    if (drawn_.protocol == Protocol::logs) levels.emplace_back("local_quorum");
    return dice_.word(levels);
  }

  Json session_token() {
    Json made;
    Json carry = Json::array();
    if (dice_.chance(45)) carry.push_back("client");
    if (has_broker_ && dice_.chance(55)) carry.push_back("broker");
    has_second_device_ = dice_.chance(40);
    if (dice_.chance(50) && carry.size() == 2) std::swap(carry[0], carry[1]);
    if (has_second_device_ && dice_.chance(50)) carry.push_back("message");
    made["carry"] = carry;
    made["key"] = dice_.word({"session", "document"});
    if (dice_.chance(25)) {
      made["publish"] = "asynchronous";
      made["publish_after"] = dice_.duration(20);
    }
    made["reads_publish"] = dice_.chance(50);
    made["pod_cache"] = dice_.chance(80);
    return made;
  }

  Json workload() {
    Json made;
    made["sessions"] = std::to_string(dice_.whole(4, 25)) + "/s";
    made["steps_per_session"] = dice_.whole(1, 3);
    made["pause"] = dice_.duration(300);
    const std::int64_t steps = dice_.whole(1, 2);
    for (std::int64_t i = 0; i != steps; ++i) {
      Json& step = made["steps"]["step " + std::to_string(i + 1)];
      step["share"] = steps == 1 ? "100%" : "50%";
      step["do"] = actions();
    }
    if (has_second_device_) {
      made["second_device"] = Json{{"share", std::to_string(dice_.whole(10, 100)) + "%"},
                                   {"refetch_after", dice_.duration(100)}};
      if (dice_.chance(30)) made["second_device"]["update_after"] = dice_.duration(50);
    }
    return made;
  }

  Json actions() {
    Json made = Json::array();
    const std::int64_t count = dice_.whole(1, 5);
    std::vector<std::string> actions{"read",   "read",   "read",   "read",  "update",
                                     "update", "update", "insert", "delete"};
    if (drawn_.protocol == Protocol::quorum) actions.resize(7);
    for (std::int64_t i = 0; i != count; ++i) {
      const std::string of = has_shared_ && dice_.chance(40) ? "stock" : "cart";
      if (i != 0 && dice_.chance(25)) made.push_back(Json{{"pause", dice_.duration(80)}});
      made.push_back(Json{{dice_.word(actions), of}});
    }
    return made;
  }

  Json phases() {
    Json made = Json::array();
    const std::int64_t count = dice_.whole(1, 3);
    for (std::int64_t i = 0; i != count; ++i) {
      Json phase;
      phase["name"] = "phase " + std::to_string(i + 1);
      phase["for"] = dice_.ms(500, 2500);
      if (dice_.chance(30)) phase["sessions"] = dice_.word({"x0.5", "x2", "x4"});
      if (dice_.chance(15)) phase["ramp"] = dice_.ms(50, 500);
      Json faults = Json::array();
      while (dice_.chance(45) && faults.size() < 4) faults.push_back(fault());
      if (!faults.empty()) phase["faults"] = faults;
      made.push_back(phase);
    }
    return made;
  }

  Json fault() {
    Json made;
    std::vector<std::string> kinds{"pods"};
    if (has_broker_) kinds.emplace_back("broker");
    const bool is_of_logs = drawn_.protocol == Protocol::logs;
    const bool is_quorum = drawn_.protocol == Protocol::quorum;
    if (is_of_logs || (is_quorum && regions_.size() == 1)) kinds.emplace_back("replicas");
    if (is_of_logs) kinds.emplace_back("split");
    if (is_of_logs && drawn_.partitions > 1) kinds.emplace_back("merge");
    if (is_of_logs && regions_.size() > 1) kinds.emplace_back("switchover");
    kinds.emplace_back("store");
    if (regions_.size() > 1) {
      for (const char* kind : {"partition", "slow_link", "cut_link", "region", "store"}) {
        kinds.emplace_back(kind);
      }
    }
    fault_of(dice_.word(kinds), made);
    made["start_within"] = dice_.ms(0, 400);
    return made;
  }

  void fault_of(const std::string& kind, Json& made) {
    if (kind == "pods") {
      made["pods"] = dice_.word(regions_);
      made["kill"] = dice_.whole(1, pods_);
    } else if (kind == "broker") {
      made["broker"] = dice_.word(regions_);
      made["is"] = dice_.word({"refused", "unreachable"});
    } else if (kind == "split") {
      made["split"] = dice_.whole(0, drawn_.partitions - 1);
    } else if (kind == "merge") {
      made["merge"] = 0;
      made["with"] = dice_.whole(1, drawn_.partitions - 1);
    } else if (kind == "switchover") {
      made["switchover"] = dice_.word(regions_);
      made["at_most"] = dice_.ms(20, 2000);
    } else if (kind == "replicas") {
      made["replicas"] = dice_.word(regions_);
      made["crash"] = dice_.whole(1, drawn_.replicas);
      made["restart_after"] = dice_.ms(10, 1500);
    } else if (kind == "region" || kind == "store") {
      made[kind] = dice_.word(regions_);
      made["is"] = "down";
    } else if (kind == "partition") {
      made["partition"] = Json::array({dice_.word(regions_)});
    } else {
      const std::size_t from =
          static_cast<std::size_t>(dice_.whole(0, static_cast<std::int64_t>(regions_.size()) - 2));
      made[kind] = regions_[from] + dice_.word({" <> ", " > "}) + regions_[from + 1];
      if (kind == "slow_link") made["factor"] = dice_.word({"x2", "x10", "x50"});
    }
  }

  Json probe() {
    Json made;
    made["after_commit"] = Json::array({"0ms", dice_.ms(1, 20), dice_.ms(21, 500)});
    made["every"] = dice_.whole(1, 5);
    return made;
  }

  std::uint64_t seed_;
  Dice dice_;
  bool uses_matrix_ = false;
  std::vector<std::string> regions_;
  DrawnStore drawn_;
  Json store_;
  bool has_broker_ = true;
  std::int64_t pods_ = 1;
  bool has_shared_ = false;
  bool has_second_device_ = false;
};

}  // namespace

std::string random_world(std::uint64_t seed) { return World{seed}.draw().dump(2); }

models::WorldConfig world_of(const std::string& text) {
  return scenarios::parse_scenario(text, "world.json").policies.front().world;
}

}  // namespace seatrial::swarm
