#include "tests/conformance/mutated.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

namespace seatrial::scenarios {
namespace {

using Json = nlohmann::ordered_json;

const std::vector<Json>& values() {
  static const std::vector<Json> all = Json::parse(R"([
    null, true, false, 0, 1, -1, 2.0, 2.5, 1e30, 9007199254740991, 9007199254740993, -0.0,
    0.001, "", "x", "5", "60ms", "60 ms", "60  ms", "60 ms ", "1e2ms", "1e400ms", "0s", "1.ms",
    "8%", "101%", "10 per million", "x5", "x", "140/s", "4 KB", "12 RU", "700 h/month",
    "cookie", "assumed", "East US", "West Europe", "East US > West Europe", "cart", "product",
    "normal", "as is", "random", "fail", "client", "ryw", "availability", "read.p99",
    "broker_calls", "strong", [], {}, [ 1 ], [ "client" ], [ "client", "client" ], [ "1ms" ],
    { "value": "60ms" }, { "value": "cookie", "source": "x" }, { "value": 3, "source": "x" },
    { "value": null }, { "value": "60ms", "source": 5 }, { "value": { "value": 1 } },
    { "kind": "fail" }, { "kind": "random" }, { "kind": "client", "x": 1 }, { "source": "x" },
    { "lognormal": { "median": "3s", "p99": "30s" } }, { "exponential": { "mean": 6 } },
    { "exponential": { "mean": "3ms" } }, { "geometric": { "mean": 6 } }, { "normal": "3ms" },
    { "samples": [] }, { "percentiles": { "p50": "3ms" } },
    { "percentiles": { "p5e1": "3ms" } }, { "percentiles": { "p101": "3ms" } },
    { "timeout": "5ms" }, { "link": "5ms" }, { "timeout": "5ms", "timeout_check": "1ms" },
    { "kind": "redis" }, { "kind": "cosmos" }
  ])");
  return all;
}

const std::vector<std::string>& keys() {
  static const std::vector<std::string> all{
      "kind",    "value",   "source",   "share",     "x",         "update", "read",
      "pause",   "at_most", "at_least", "during",    "outside",   "link",   "client",
      "timeout", "broker",  "store",    "lognormal", "partition", "kill",   "consistency"};
  return all;
}

class Mutation {
 public:
  Mutation(Json document, std::uint64_t seed) : document_(std::move(document)), random_{seed} {}

  Json result() && {
    change();
    if (random_() % 4 == 0) change();
    return std::move(document_);
  }

 private:
  std::size_t below(std::size_t end) { return random_() % end; }
  template <class List>
  const auto& any(const List& list) {
    return list[below(list.size())];
  }

  static void collect(Json& json, std::vector<Json*>& places) {
    places.push_back(&json);
    for (Json& item : json) {
      if (item.is_structured())
        collect(item, places);
      else
        places.push_back(&item);
    }
  }

  void change() {
    std::vector<Json*> places;
    collect(document_, places);
    Json& place = *any(places);
    switch (below(6)) {
      case 0:
        place = any(values());
        return;
      case 1: {
        const Json other = *any(places);
        place = other;
        return;
      }
      case 2: {
        const Json old = place;
        place = Json{{"value", old}, {"source", "x"}};
        return;
      }
      case 3:
        if (place.is_object()) place[any(keys())] = any(values());
        return;
      default:
        return remove_or_rename(place);
    }
  }

  void remove_or_rename(Json& place) {
    if (place.is_array() && !place.empty()) place.erase(below(place.size()));
    if (!place.is_object() || place.empty()) return;
    const auto member = std::next(place.begin(), static_cast<std::ptrdiff_t>(below(place.size())));
    const std::string key = member.key();
    const Json value = member.value();
    place.erase(key);
    if (below(2) == 0) place[below(2) == 0 ? any(keys()) : key + "x"] = value;
  }

  Json document_;
  std::mt19937_64 random_;  // its numbers are laid down by the standard
};

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file{path};
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

std::vector<std::string> sound_scenarios() {
  const std::filesystem::path source{SEATRIAL_SOURCE_DIR};
  std::vector<std::filesystem::path> paths{source / "tests/schema/everything.json",
                                           source / "tests/schema/everything-quorum.json"};
  for (const auto& entry : std::filesystem::directory_iterator{source / "scenarios/library"}) {
    if (entry.path().extension() == ".json") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> texts;
  for (const auto& path : paths) texts.push_back(text_of(path));
  return texts;
}

std::string mutated(const std::string& sound, std::uint64_t seed) {
  return Mutation{Json::parse(sound, nullptr, true, true), seed}.result().dump(1);
}

}  // namespace seatrial::scenarios
