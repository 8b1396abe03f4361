#include "tests/analysis/report/saved_example.hpp"

#include <nlohmann/json.hpp>

namespace seatrial::analysis::saved {
namespace {

using Json = nlohmann::ordered_json;

Json interval_json(double estimate, double low, double high) {
  return {{"estimate", estimate}, {"low", low}, {"high", high}, {"zero_bound", estimate == 0}};
}

Json part(const std::string& region, const std::string& verdict, Json value) {
  Json json{{"phase", "normal"}, {"region", region}, {"verdict", verdict}};
  json.update(value);
  return json;
}

Json slice(Json region, Json values) {
  return {{"phase", nullptr}, {"region", region}, {"data_class", nullptr}, {"values", values}};
}

Json input_json(const std::string& pointer, Json value, const std::string& origin) {
  return {{"pointer", pointer}, {"value", value}, {"origin", origin}, {"line", 1}};
}

// `wrong`: share of wrong reads in West Europe, none when 0.
Json policy_json(const std::string& name, double wrong, const std::string& carry) {
  const std::string verdict = wrong == 0 ? "pass" : "fail";
  const Json ryw =
      wrong == 0 ? interval_json(0, 0, 0.0004) : interval_json(wrong, 0.9 * wrong, 1.1 * wrong);
  Json json;
  json["name"] = name;
  json["met"] = wrong == 0 ? 1 : 0;
  json["missed"] = wrong == 0 ? 0 : 1;
  json["inconclusive"] = 0;
  json["digest"] = "d" + name;
  json["replications"] = {"r0", "r1"};
  json["checkpoints"] = {"c0", "c1"};
  json["objectives"] = {{{"name", "own cart"},
                         {"verdict", verdict},
                         {"decided_by", 1},
                         {"parts",
                          {part("East US", "pass", interval_json(0, 0, 0.0004)),
                           part("West Europe", verdict, ryw)}}}};
  json["metrics"] = {
      slice(nullptr, {{"ryw", ryw}, {"read.p99", interval_json(4e6, 3.9e6, 4.1e6)}}),
      slice("West Europe", {{"ryw", ryw}, {"read.p99", interval_json(9e6, 8.9e6, 9.1e6)}})};
  json["inputs"] = {
      input_json("/pods/count", 4, "file"),
      input_json("/store/replication_lag", {{"exponential", {{"mean", "30ms"}}}}, "file"),
      input_json("/session_token/carry/0", carry, "policy"), input_json("/run/seed", 1, "default")};
  return json;
}

Json whole() {
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
  json["policies"] = {policy_json("as is", 0.02, "none"), policy_json("token", 0, "client")};
  return json;
}

}  // namespace

std::string interval(double estimate, double low, double high) {
  return interval_json(estimate, low, high).dump();
}

std::string policy(const std::string& name, double wrong, const std::string& carry) {
  return policy_json(name, wrong, carry).dump();
}

std::string results() { return whole().dump(); }

}  // namespace seatrial::analysis::saved
