#include "tests/swarm/random_world.hpp"

#include <nlohmann/json.hpp>
#include <vector>

#include "scenarios/load.hpp"
#include "sim/random/stream.hpp"

namespace seatrial::swarm {

namespace {

using Json = nlohmann::ordered_json;

class Dice {
 public:
  explicit Dice(std::uint64_t seed)
      : draws_{sim::Stream::sequence(sim::RandomSource{seed, 0}.key(sim::Purpose{"world"}), 0)} {}

  // Of lowest to highest.
  std::int64_t whole(std::int64_t lowest, std::int64_t highest) {
    return lowest + static_cast<std::int64_t>(
                        draws_.below(static_cast<std::uint64_t>(highest - lowest + 1)));
  }
  bool chance(int percent) { return whole(1, 100) <= percent; }
  template <class Value>
  Value one_of(const std::vector<Value>& values) {
    return values[draws_.below(values.size())];
  }
  std::string word(const std::vector<std::string>& words) { return one_of(words); }

  std::string ms(std::int64_t lowest, std::int64_t highest) {
    return std::to_string(whole(lowest, highest)) + "ms";
  }
  // Never longer than a few times `highest`: what waits for it must end within the run's patience.
  Json duration(std::int64_t highest) {
    switch (whole(0, 3)) {
      case 0:
        return ms(0, highest);
      case 1: {
        const std::int64_t from = whole(0, highest);
        return Json{{"uniform",
                     {{"from", std::to_string(from) + "ms"},
                      {"to", std::to_string(from + whole(1, highest + 1)) + "ms"}}}};
      }
      case 2:
        return Json{{"exponential", {{"mean", ms(1, highest + 1)}}}};
      default: {
        const std::int64_t median = whole(1, highest + 1);
        return Json{{"lognormal",
                     {{"median", std::to_string(median) + "ms"},
                      {"p99", std::to_string(median * whole(2, 5)) + "ms"}}}};
      }
    }
  }

 private:
  sim::Stream draws_;
};

class World {
 public:
  explicit World(std::uint64_t seed) : seed_{seed}, dice_{seed} {
    for (const char* name : {"West", "East", "South"}) regions_.emplace_back(name);
    regions_.resize(static_cast<std::size_t>(dice_.whole(1, 3)));
  }

  Json draw() {
    Json world;
    world["title"] = "Random world " + std::to_string(seed_);
    world["question"] = "Does every law hold?";
    world["regions"] = regions();
    world["store"] = store();
    world["broker"] = broker();
    world["pods"] = pods();
    world["data"] = data();
    world["session_token"] = session_token();
    world["workload"] = workload();
    world["phases"] = phases();
    world["policies"] = Json{{"as is", Json::object()}};
    world["objectives"] = Json{{"served", {{"metric", "availability"}, {"at_least", "1%"}}}};
    world["run"] =
        Json{{"seed", seed_ % 1'000'000}, {"replications", 1}, {"warmup", dice_.ms(0, 500)}};
    return world;
  }

 private:
  Json regions() {
    Json made;
    made["matrix"] = "none";
    std::int64_t left = 100;
    for (std::size_t i = 0; i != regions_.size(); ++i) {
      const std::int64_t share = i + 1 == regions_.size() ? left : dice_.whole(0, left);
      made["users"][regions_[i]] = std::to_string(share) + "%";
      left -= share;
    }
    for (std::size_t i = 0; i != regions_.size(); ++i) {
      for (std::size_t j = i + 1; j != regions_.size(); ++j) {
        Json& link = made["links"][regions_[i] + " <> " + regions_[j]];
        link["one_way"] = dice_.duration(60);
        if (dice_.chance(15)) link["loss"] = std::to_string(dice_.whole(1, 5)) + "%";
        if (dice_.chance(10)) link["bytes_per_second"] = "1 MB";
      }
    }
    made["zones"] = dice_.whole(1, 3);
    if (dice_.chance(30)) made["last_mile_round_trip"] = dice_.duration(20);
    made["request_timeout"] = dice_.word({"500ms", "2s", "10s"});
    return made;
  }

  Json store() {
    Json made;
    made["write_region"] = dice_.word(regions_);
    made["consistency"] = dice_.word({"session", "session", "session", "eventual",
                                      "consistent_prefix", "bounded_staleness", "strong"});
    if (made["consistency"] == "bounded_staleness") {
      made["staleness_bound"] =
          Json{{"versions", dice_.whole(3, 500)}, {"time", dice_.ms(50, 5000)}, {"least", "none"}};
    }
    partitions_ = dice_.whole(1, 3);
    made["partitions"] = partitions_;
    const std::int64_t replicas = dice_.whole(1, 5);
    made["replicas"] = replicas;
    made["write_quorum"] = dice_.whole(1, replicas);
    made["sdk"] = dice_.word({"dotnet-2026", "java", "older"});
    const bool is_strong = made["consistency"] == "strong";
    made["read_from"] = is_strong ? dice_.word({"secondaries_first", "any_replica"})
                                  : dice_.word({"secondaries_first", "any_replica", "primary"});
    made["apply_order"] = dice_.word({"in_log_order", "in_log_order", "independent"});
    made["in_region_lag"] = dice_.duration(30);
    if (dice_.chance(15)) made["request_units_per_second"] = dice_.whole(3, 3000);
    replicas_ = replicas;
    level_ = made["consistency"].get<std::string>();
    client_library(made);
    if (regions_.size() > 1) of_several_regions(made);
    Json& lag = made["replication_lag"];
    lag["link"] = dice_.duration(150);
    lag["varies_every"] = dice_.ms(10, 1000);
    if (dice_.chance(50)) lag["entry"] = dice_.duration(40);
    if (dice_.chance(50)) made["read_service"] = dice_.duration(2);
    if (dice_.chance(50)) made["write_service"] = dice_.duration(4);
    return made;
  }

  void client_library(Json& store) {
    if (dice_.chance(25)) {
      store["on_token_unsatisfied"] = dice_.word({"error", "read_without_token", "write_region"});
    }
    if (dice_.chance(25)) {
      store["session_retry"] = Json{{"prefer", "remote"},
                                    {"in_region_retries", dice_.whole(1, 3)},
                                    {"min_in_region_time", dice_.ms(100, 500)}};
    }
  }

  void of_several_regions(Json& store) {
    const auto others = static_cast<std::int64_t>(regions_.size()) - 1;
    if (dice_.chance(60)) store["failover"]["after"] = dice_.ms(20, 600);
    if (dice_.chance(20)) store["hedge"] = Json{{"after", dice_.ms(5, 300)}};
    if (level_ == "strong" || !dice_.chance(40)) return;
    Json& mode = store["replication"];
    mode["kind"] = dice_.word({"synchronous", "majority", "bounded_wait"});
    if (mode["kind"] == "synchronous") return;
    if (mode["kind"] == "bounded_wait") mode["at_most"] = dice_.ms(5, 200);
    mode["acknowledgements"] = dice_.whole(1, others);
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
    has_shared_ = dice_.chance(60);
    if (!has_shared_) return made;
    made["stock"] = data_class("shared");
    made["stock"]["documents"] = dice_.whole(1, 5);
    return made;
  }

  Json data_class(const std::string& owner) {
    Json made;
    made["owner"] = owner;
    made["size"] = std::to_string(dice_.whole(1, 64)) + " KB";
    made["update"] = dice_.word({"patch", "replace", "replace_if_match", "patch_if_unchanged"});
    if (dice_.chance(30)) made["paths"] = dice_.whole(1, 10);
    if (dice_.chance(15)) made["ttl"] = dice_.ms(50, 2000);
    if (dice_.chance(20)) made["at_start"] = "absent";
    if (dice_.chance(15)) made["consistency"] = "eventual";
    return made;
  }

  Json session_token() {
    Json made;
    Json carry = Json::array();
    if (dice_.chance(45)) carry.push_back("client");
    if (dice_.chance(45)) carry.push_back("broker");
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
    const std::vector<std::string> actions{"read",   "read",   "read",   "read",  "update",
                                           "update", "update", "insert", "delete"};
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
      Json faults = Json::array();
      while (dice_.chance(45) && faults.size() < 4) faults.push_back(fault());
      if (!faults.empty()) phase["faults"] = faults;
      made.push_back(phase);
    }
    return made;
  }

  Json fault() {
    Json made;
    const std::int64_t kind = dice_.whole(0, regions_.size() > 1 ? 8 : 3);
    if (kind == 0) {
      made["pods"] = dice_.word(regions_);
      made["kill"] = dice_.whole(1, pods_);
    } else if (kind == 1) {
      made["broker"] = dice_.word(regions_);
      made["is"] = dice_.word({"refused", "unreachable"});
    } else if (kind == 2) {
      made["split"] = dice_.whole(0, partitions_ - 1);
    } else if (kind == 3) {
      made["replicas"] = dice_.word(regions_);
      made["crash"] = dice_.whole(1, replicas_);
      made["restart_after"] = dice_.ms(10, 1500);
    } else if (kind >= 7) {
      made[kind == 7 ? "region" : "store"] = dice_.word(regions_);
      made["is"] = "down";
    } else if (kind == 4) {
      made["partition"] = Json::array({dice_.word(regions_)});
    } else {
      const std::size_t from =
          static_cast<std::size_t>(dice_.whole(0, static_cast<std::int64_t>(regions_.size()) - 2));
      const std::string link = regions_[from] + dice_.word({" <> ", " > "}) + regions_[from + 1];
      made[kind == 5 ? "slow_link" : "cut_link"] = link;
      if (kind == 5) made["factor"] = dice_.word({"x2", "x10", "x50"});
    }
    made["start_within"] = dice_.ms(0, 400);
    return made;
  }

  std::uint64_t seed_;
  Dice dice_;
  std::vector<std::string> regions_;
  std::int64_t pods_ = 1;
  std::int64_t partitions_ = 1;
  std::int64_t replicas_ = 1;
  std::string level_;
  bool has_shared_ = false;
  bool has_second_device_ = false;
};

}  // namespace

std::string random_world(std::uint64_t seed) { return World{seed}.draw().dump(2); }

models::WorldConfig world_of(const std::string& text) {
  return scenarios::parse_scenario(text, "world.json").policies.front().world;
}

}  // namespace seatrial::swarm
