#include "tests/swarm/shrink.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

namespace seatrial::swarm {

namespace {

using Json = nlohmann::ordered_json;
using Pointer = Json::json_pointer;

// Every place below, parents before their children.
void collect(const Json& node, const Pointer& at, std::vector<Pointer>& found) {
  if (!node.is_structured()) return;
  for (auto item = node.begin(); item != node.end(); ++item) {
    Pointer below = at;
    if (node.is_object()) {
      below /= item.key();
    } else {
      below /= static_cast<std::size_t>(item - node.begin());
    }
    found.push_back(below);
    collect(*item, below, found);
  }
}

std::vector<Pointer> places(const Json& root) {
  std::vector<Pointer> found;
  collect(root, Pointer{}, found);
  return found;
}

void remove(Json& root, const Pointer& place) {
  Json& parent = root[place.parent_pointer()];
  if (parent.is_array()) {
    parent.erase(static_cast<std::size_t>(std::stoul(place.back())));
  } else {
    parent.erase(place.back());
  }
}

// "40ms" to "20ms", "x4" to "x2", 7 to 3; nothing where there is no number to halve.
std::optional<Json> halved(const Json& value) {
  if (value.is_number_integer()) {
    const auto number = value.get<std::int64_t>();
    if (number < 2) return std::nullopt;
    return Json(number / 2);
  }
  if (!value.is_string()) return std::nullopt;
  const auto text = value.get<std::string>();
  const std::size_t first = text.find_first_of("0123456789");
  if (first == std::string::npos || first > 1 || text.back() == '%') return std::nullopt;
  const std::size_t end = text.find_first_not_of("0123456789", first);
  if (end != std::string::npos && text[end] == '.') return std::nullopt;
  const auto number = std::stoll(text.substr(first, end - first));
  if (number < 1) return std::nullopt;
  return Json(text.substr(0, first) + std::to_string(number / 2) +
              (end == std::string::npos ? "" : text.substr(end)));
}

// One number of a distribution in its place.
std::optional<Json> constant(const Json& value) {
  for (const char* kind : {"lognormal", "exponential", "uniform"}) {
    if (!value.is_object() || !value.contains(kind)) continue;
    for (const char* member : {"median", "mean", "to"}) {
      if (value[kind].contains(member)) return value[kind][member];
    }
  }
  return std::nullopt;
}

bool names(const Json& value, const std::string& name) {
  if (value.is_string()) {
    const auto text = value.get<std::string>();
    return text == name || text.starts_with(name + " ") || text.ends_with(" " + name);
  }
  if (!value.is_structured()) return false;
  for (const Json& below : value) {
    if (names(below, name)) return true;
  }
  return false;
}

class Shrinker {
 public:
  Shrinker(const std::string& text, const std::function<bool(const std::string&)>& fails, int tries)
      : smallest_(Json::parse(text)), fails_{fails}, tries_{tries} {}

  std::string run() {
    while (tries_ > 0) {
      const bool fewer_regions = drop_entries("/regions/users");
      const bool fewer_steps = drop_entries("/workload/steps");
      const bool fewer = remove_what_can_go();
      const bool simpler = change_each(constant);
      const bool smaller = change_each(halved);
      if (!fewer_regions && !fewer_steps && !fewer && !simpler && !smaller) break;
    }
    return smallest_.dump(2);
  }

 private:
  bool keep_if_it_fails(const Json& candidate) {
    if (tries_-- <= 0 || !fails_(candidate.dump(2))) return false;
    smallest_ = candidate;
    return true;
  }

  // An entry of a map of shares, with all that names it; the first of the rest gets all.
  bool drop_entries(const char* map) {
    bool some = false;
    const Json entries = smallest_.at(Pointer{map});
    for (auto entry = entries.begin(); entry != entries.end() && tries_ > 0; ++entry) {
      Json candidate = smallest_;
      Json& rest = candidate[Pointer{map}];
      rest.erase(entry.key());
      if (rest.empty()) continue;
      bool is_first = true;
      for (Json& left : rest) {
        Json& share = left.is_object() ? left["share"] : left;
        share = is_first ? "100%" : "0%";
        is_first = false;
      }
      remove_names(candidate, entry.key());
      some = keep_if_it_fails(candidate) || some;
    }
    return some;
  }

  static void remove_names(Json& candidate, const std::string& name) {
    if (candidate["regions"].contains("links")) {
      Json& links = candidate["regions"]["links"];
      Json left = Json::object();
      for (auto link = links.begin(); link != links.end(); ++link) {
        if (!names(Json(link.key()), name)) left[link.key()] = *link;
      }
      links = left;
    }
    for (Json& phase : candidate["phases"]) {
      if (!phase.contains("faults")) continue;
      Json left = Json::array();
      for (const Json& fault : phase["faults"]) {
        if (!names(fault, name)) left.push_back(fault);
      }
      phase["faults"] = left;
    }
  }

  bool remove_what_can_go() {
    bool some = false;
    std::vector<Pointer> all = places(smallest_);
    for (std::size_t i = 0; i < all.size() && tries_ > 0;) {
      Json candidate = smallest_;
      remove(candidate, all[i]);
      if (keep_if_it_fails(candidate)) {
        some = true;
        all = places(smallest_);  // the next one stands at i now
      } else {
        ++i;
      }
    }
    return some;
  }

  bool change_each(std::optional<Json> (*change)(const Json&)) {
    bool some = false;
    for (const Pointer& place : places(smallest_)) {
      while (tries_ > 0 && smallest_.contains(place)) {
        const std::optional<Json> changed = change(smallest_.at(place));
        if (!changed) break;
        Json candidate = smallest_;
        candidate[place] = *changed;
        if (!keep_if_it_fails(candidate)) break;
        some = true;
      }
    }
    return some;
  }

  Json smallest_;
  const std::function<bool(const std::string&)>& fails_;
  int tries_;
};

}  // namespace

std::string shrunk(const std::string& text, const std::function<bool(const std::string&)>& fails,
                   int most_tries) {
  return Shrinker{text, fails, most_tries}.run();
}

}  // namespace seatrial::swarm
