#include "tests/swarm/random_store.hpp"

#include <nlohmann/json.hpp>

namespace seatrial::swarm {

namespace {

using Protocol = DrawnStore::Protocol;

class Drawing {
 public:
  Drawing(Dice& dice, const std::vector<std::string>& regions, DrawnStore& drawn, Json& store)
      : dice_{dice}, regions_{regions}, drawn_{drawn}, store_{store} {}

  void draw() {
    const std::int64_t kind = dice_.whole(1, 100);
    if (kind <= 10) return quorum();
    if (kind <= 25 && regions_.size() > 1) return several_write_regions();
    logs();
  }

  // Of one data class or of all.
  Json mode() {
    Json mode;
    mode["kind"] = dice_.word({"asynchronous", "synchronous", "majority", "bounded_wait",
                               "adaptive", "event_bus", "tiered"});
    const std::int64_t voting = link_modes(mode);
    if (mode["kind"] == "majority" || mode["kind"] == "bounded_wait") {
      mode["acknowledgements"] = dice_.whole(0, voting);
      if (mode["acknowledgements"] == 0)
        mode["kind"] = "asynchronous", mode.erase("acknowledgements");
    }
    if (mode["kind"] == "bounded_wait") mode["at_most"] = dice_.ms(5, 200);
    if (mode["kind"] == "event_bus") bus(mode);
    if (mode["kind"] == "tiered") tier(mode);
    if (mode["kind"] == "adaptive") {
      const std::int64_t below = dice_.whole(1, 200);
      mode["asynchronous_below"] = std::to_string(below) + "ms";
      mode["synchronous_above"] = std::to_string(below + dice_.whole(0, 300)) + "ms";
    }
    shipping(mode);
    return mode;
  }

 private:
  void quorum() {
    drawn_.protocol = Protocol::quorum;
    drawn_.level = "eventual";
    store_["consistency"] = "eventual";
    drawn_.partitions = dice_.whole(1, 3);
    store_["partitions"] = drawn_.partitions;
    Json& mode = store_["replication"];
    mode["kind"] = "quorum";
    const std::int64_t replicas = dice_.whole(1, 5);
    const std::int64_t fanout = dice_.whole(1, replicas);
    mode["replicas"] = replicas;
    mode["write_quorum"] = dice_.whole(1, replicas);
    mode["read_quorum"] = dice_.whole(1, fanout);
    mode["read_fanout"] = fanout;
    for (const char* leg : {"write", "write_ack", "read", "read_reply"}) {
      mode["legs"][leg] = dice_.duration(30);
    }
    drawn_.replicas = replicas;
    if (dice_.chance(40)) mode["lost_writes"] = dice_.percent(1, 50);
    if (fanout > 1 && dice_.chance(40)) mode["read_repair"] = dice_.percent(1, 100);
    if (dice_.chance(40)) {
      mode["hinted_handoff"] = Json{{"after", dice_.ms(1, 300)}, {"at_most", dice_.ms(300, 3000)}};
    }
    if (replicas > 1 && dice_.chance(40)) mode["anti_entropy"]["every"] = dice_.ms(50, 1000);
  }

  void common() {
    drawn_.partitions = dice_.whole(1, 3);
    drawn_.replicas = dice_.whole(1, 5);
    drawn_.level = store_["consistency"].get<std::string>();
    store_["partitions"] = drawn_.partitions;
    store_["replicas"] = drawn_.replicas;
    store_["write_quorum"] = dice_.whole(1, drawn_.replicas);
    store_["sdk"] = dice_.word({"dotnet-2026", "java", "older"});
    store_["apply_order"] = dice_.word({"in_log_order", "in_log_order", "independent"});
    store_["in_region_lag"] = dice_.duration(30);
    if (dice_.chance(15)) store_["request_units_per_second"] = dice_.whole(3, 3000);
    Json& lag = store_["replication_lag"];
    lag["link"] = dice_.duration(150);
    lag["varies_every"] = dice_.ms(10, 1000);
    if (dice_.chance(50)) lag["entry"] = dice_.duration(40);
    if (dice_.chance(50)) store_["read_service"] = dice_.duration(2);
    if (dice_.chance(50)) store_["write_service"] = dice_.duration(4);
  }

  void several_write_regions() {
    drawn_.protocol = Protocol::several_write_regions;
    std::vector<std::string> writing = regions_;
    while (writing.size() > 2 && dice_.chance(50)) writing.pop_back();
    store_["write_region"] = dice_.word(writing);
    store_["write_regions"] = writing;
    store_["conflict_clock"]["resolution"] = dice_.word({"1ms", "20ms", "1s"});
    if (dice_.chance(50)) {
      store_["conflict_clock"]["ahead"][dice_.word(writing)] = dice_.ms(0, 1500);
    }
    store_["consistency"] = dice_.word({"session", "session", "eventual", "consistent_prefix"});
    store_["read_from"] = dice_.word({"secondaries_first", "any_replica"});
    common();
  }

  void logs() {
    store_["write_region"] = dice_.word(regions_);
    store_["consistency"] = dice_.word({"session", "session", "session", "eventual",
                                        "consistent_prefix", "bounded_staleness", "strong"});
    const bool is_strong = store_["consistency"] == "strong";
    if (store_["consistency"] == "bounded_staleness") {
      store_["staleness_bound"] =
          Json{{"versions", dice_.whole(3, 500)}, {"time", dice_.ms(50, 5000)}, {"least", "none"}};
    }
    store_["read_from"] = is_strong ? dice_.word({"secondaries_first", "any_replica"})
                                    : dice_.word({"secondaries_first", "any_replica", "primary"});
    common();
    if (dice_.chance(60)) store_["election"] = dice_.ms(0, 800);
    client_library();
    if (regions_.size() > 1) of_several_regions(is_strong);
  }

  void client_library() {
    if (dice_.chance(25)) {
      store_["on_token_unsatisfied"] = dice_.word({"error", "read_without_token", "write_region"});
    }
    if (dice_.chance(25)) {
      store_["session_retry"] = Json{{"prefer", "remote"},
                                     {"in_region_retries", dice_.whole(1, 3)},
                                     {"min_in_region_time", dice_.ms(100, 500)}};
    }
  }

  void of_several_regions(bool is_strong) {
    if (dice_.chance(20)) {
      store_["hedge"] = Json{{"after", dice_.ms(5, 300)}, {"step", dice_.ms(1, 300)}};
    }
    if (dice_.chance(20)) {
      store_["backup"] = Json{{"every", dice_.ms(1000, 2000)}, {"to", another_region()}};
      if (dice_.chance(50)) store_["backup"]["bytes_per_second"] = "1 MB";
    }
    if (is_strong) {
      if (regions_.size() > 2) store_["drop_region_after"] = dice_.ms(50, 3000);
      if (dice_.chance(25)) {
        store_["replication"]["kind"] = "asynchronous";
        shipping(store_["replication"]);
      }
    } else if (dice_.chance(60)) {
      store_["replication"] = mode();
    }
    if (dice_.chance(60)) failover();
  }

  std::string another_region() {
    std::string region;
    do {
      region = dice_.word(regions_);
    } while (region == store_["write_region"]);
    return region;
  }

  void failover() {
    store_["failover"]["after"] = dice_.ms(20, 600);
    if (dice_.chance(30)) store_["failover"]["to"] = Json::array({another_region()});
  }

  // How many regions are left that a commit may wait for.
  std::int64_t link_modes(Json& mode) {
    auto voting = static_cast<std::int64_t>(regions_.size()) - 1;
    if (!dice_.chance(30)) return voting;
    for (const std::string& region : regions_) {
      if (region == store_["write_region"] || !dice_.chance(60)) continue;
      const std::string name = store_["write_region"].get<std::string>() + " > " + region;
      Json& link = mode["links"][name];
      link["kind"] = dice_.word({"synchronous", "asynchronous", "asynchronous", "event_bus"});
      const bool is_adaptive = mode["kind"] == "adaptive";  // decides for all regions at once
      if (is_adaptive && link["kind"] == "synchronous") link["kind"] = "asynchronous";
      if (link["kind"] != "synchronous") --voting;
      if (link["kind"] == "event_bus") bus(link);
    }
    return voting;
  }

  // The regions of a partition share one.
  void bus(Json& mode) {
    drawn_.keeps_entries = true;
    if (bus_.is_null()) draw_bus();
    mode.update(bus_);
  }

  void draw_bus() {
    bus_["bus_partitions"] = dice_.whole(1, 4);
    bus_["batch"] = std::to_string(dice_.whole(1, 64)) + " KB";
    bus_["linger"] = dice_.ms(0, 50);
    bus_["publish"] = dice_.duration(20);
    bus_["lost"] = dice_.percent(0, 40);
    bus_["unacknowledged"] = dice_.percent(0, 40);
    bus_["retry_after"] = dice_.ms(1, 150);
    bus_["poll_delay"] = dice_.ms(0, 300);
    bus_["redelivered"] = dice_.percent(0, 40);
    if (dice_.chance(25)) bus_["upgrade_in"] = "phase 1";
  }

  void tier(Json& mode) {
    drawn_.keeps_entries = true;
    mode["flush_every"] = dice_.ms(1, 1000);
    mode["flush"] = dice_.duration(30);
    const std::int64_t hot_for = dice_.whole(0, 1000);
    mode["hot_for"] = std::to_string(hot_for) + "ms";
    mode["each_use_adds"] = dice_.ms(0, 300);
    mode["hot_at_most"] = dice_.ms(hot_for, hot_for + 2000);
    mode["cold_read"] = dice_.duration(20);
  }

  void shipping(Json& mode) {
    if (!dice_.chance(40)) return;
    mode["ship"] = dice_.word({"as_written", "delta", "full"});
    if (dice_.chance(50)) {
      mode["compression"] = dice_.whole(1, 5);
      mode["compress_per_mb"] = dice_.ms(0, 200);
    }
    if (mode["ship"] == "delta") mode["diff_per_mb"] = dice_.ms(0, 200);
  }

  Dice& dice_;
  const std::vector<std::string>& regions_;
  DrawnStore& drawn_;
  Json& store_;
  Json bus_;  // of the mode that is being drawn
};

}  // namespace

DrawnStore random_store(Dice& dice, const std::vector<std::string>& regions, Json& store) {
  DrawnStore drawn;
  Drawing{dice, regions, drawn, store}.draw();
  return drawn;
}

Json random_class_mode(Dice& dice, const std::vector<std::string>& regions, DrawnStore& drawn,
                       Json& store) {
  if (drawn.protocol != Protocol::logs || drawn.level == "strong" || regions.size() < 2) return {};
  return Drawing{dice, regions, drawn, store}.mode();
}

Json random_catch_up(Dice& dice, const DrawnStore& drawn) {
  Json made;
  if (drawn.protocol != Protocol::logs || drawn.keeps_entries || !dice.chance(30)) return made;
  made["bytes_per_second"] = dice.word({"200 KB", "2 MB", "20 MB"});
  if (dice.chance(50)) made["log_retained"] = dice.ms(0, 1000);
  if (dice.chance(50)) made["snapshot_compression"] = dice.whole(1, 4);
  if (dice.chance(50)) made["other_documents"] = std::to_string(dice.whole(0, 500)) + " KB";
  return made;
}

}  // namespace seatrial::swarm
