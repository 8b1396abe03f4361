// A small results.json to change in tests: the baseline "as is" misses "own cart" in West Europe,
// "token" meets it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace seatrial::analysis::saved {

using Json = nlohmann::ordered_json;

inline Json interval(double estimate, double low, double high) {
  return {{"estimate", estimate}, {"low", low}, {"high", high}, {"zero_bound", estimate == 0}};
}

inline Json part(const std::string& region, const std::string& verdict, Json value) {
  Json json{{"phase", "normal"}, {"region", region}, {"verdict", verdict}};
  json.update(value);
  return json;
}

inline Json slice(Json region, Json values) {
  return {{"phase", nullptr}, {"region", region}, {"data_class", nullptr}, {"values", values}};
}

inline Json input(const std::string& pointer, Json value, const std::string& origin) {
  return {{"pointer", pointer}, {"value", value}, {"origin", origin}, {"line", 1}};
}

// `wrong`: share of wrong reads in West Europe, none when 0.
inline Json policy(const std::string& name, double wrong, const std::string& carry) {
  const std::string verdict = wrong == 0 ? "pass" : "fail";
  const Json ryw = wrong == 0 ? interval(0, 0, 0.0004) : interval(wrong, 0.9 * wrong, 1.1 * wrong);
  Json json;
  json["name"] = name;
  json["met"] = wrong == 0 ? 1 : 0;
  json["missed"] = wrong == 0 ? 0 : 1;
  json["inconclusive"] = 0;
  json["digest"] = "d" + name;
  json["replications"] = {"r0", "r1"};
  json["checkpoints"] = {"c0", "c1"};
  json["objectives"] = {
      {{"name", "own cart"},
       {"verdict", verdict},
       {"decided_by", 1},
       {"parts",
        {part("East US", "pass", interval(0, 0, 0.0004)), part("West Europe", verdict, ryw)}}}};
  json["metrics"] = {
      slice(nullptr, {{"ryw", ryw}, {"read.p99", interval(4e6, 3.9e6, 4.1e6)}}),
      slice("West Europe", {{"ryw", ryw}, {"read.p99", interval(9e6, 8.9e6, 9.1e6)}})};
  json["inputs"] = {input("/pods/count", 4, "file"),
                    input("/store/replication_lag", {{"exponential", {{"mean", "30ms"}}}}, "file"),
                    input("/session_token/carry/0", carry, "policy"),
                    input("/run/seed", 1, "default")};
  return json;
}

inline Json results() {
  Json json;
  json["format"] = "seatrial-results/1";
  json["program"] = {{"name", "seatrial"}, {"version", "0.1.0"}};
  json["scenario"] = {{"file", "cart.json"},        {"title", "Cart"},
                      {"question", "Why?"},         {"baseline", "as is"},
                      {"overrides", Json::array()}, {"text", "{}"}};
  json["run"] = {{"seed", 7},
                 {"replications", 2},
                 {"replications_asked", 2},
                 {"shuffle_ties", nullptr},
                 {"workload_digests", {"w0", "w1"}}};
  json["digest"] = "0123456789abcdef0123456789abcdef";
  json["recommended"] = "token";
  json["runner_up"] = "as is";
  json["objectives"] = {{{"name", "own cart"},
                         {"metric", "ryw"},
                         {"unit", "share"},
                         {"of", "cart"},
                         {"each", "region"},
                         {"at_most", 0.001}}};
  json["policies"] = {policy("as is", 0.02, "none"), policy("token", 0, "client")};
  return json;
}

}  // namespace seatrial::analysis::saved
