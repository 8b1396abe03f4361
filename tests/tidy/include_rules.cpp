#include <algorithm>
#include <array>
#include <string>

#include "tests/tidy/rules.hpp"

namespace seatrial::tidy {

namespace {

constexpr std::array<std::string_view, 5> layers = {"sim", "models", "scenarios", "analysis",
                                                    "app"};

std::size_t rank(std::string_view layer) {
  return static_cast<std::size_t>(std::find(layers.begin(), layers.end(), layer) - layers.begin());
}

std::string_view first_folder(std::string_view path) { return path.substr(0, path.find('/')); }

// The layer a file belongs to. The tests of a layer see what the layer sees; all other tests, and
// the benchmarks, see everything, as the programme does.
std::string_view layer_of(std::string_view path) {
  std::string_view folder = first_folder(path);
  if (folder == "tests") folder = first_folder(path.substr(path.find('/') + 1));
  return rank(folder) < layers.size() ? folder : "app";
}

struct Include {
  std::string_view path;
  bool is_ours;  // in quotes
  std::size_t position;
};

std::vector<Include> includes_of(const Source& source) {
  std::vector<Include> includes;
  const std::string_view code = source.code();
  for (std::size_t at = code.find("#include"); at != std::string_view::npos;
       at = code.find("#include", at + 1)) {
    const std::size_t open = code.find_first_of("<\"\n", at);
    if (open == std::string_view::npos || code[open] == '\n') continue;
    const std::size_t close = code.find_first_of(">\"\n", open + 1);
    includes.push_back({code.substr(open + 1, close - open - 1), code[open] == '"', at});
  }
  return includes;
}

template <class IsBad>
Findings bad_includes(const Source& source, const std::string& rule, IsBad is_bad) {
  Findings findings;
  if (!source.is_cpp()) return findings;
  for (const Include& include : includes_of(source)) {
    if (!is_bad(include)) continue;
    findings.push_back({source.path(), source.line_at(include.position), rule});
  }
  return findings;
}

struct HeavyHeader {
  std::string_view prefix;
  std::array<std::string_view, 3> rooms;
};

// Each of these costs 3 to 8 seconds in every file that includes it.
constexpr std::array<HeavyHeader, 3> heavy_headers = {{
    {"nlohmann/", {"scenarios/", "analysis/", "app/"}},
    {"boost/graph/", {"models/network/", "", ""}},
    {"Eigen/", {"analysis/", "", ""}},
}};

bool may_include(const Source& source, const HeavyHeader& heavy) {
  if (source.is_below("tests/") || source.is_below("bench/")) return true;
  if (source.is_header()) return false;
  return std::any_of(heavy.rooms.begin(), heavy.rooms.end(),
                     [&](std::string_view room) { return !room.empty() && source.is_below(room); });
}

}  // namespace

Findings layers_include_downwards(const Source& source) {
  const std::size_t own = rank(layer_of(source.path()));
  return bad_includes(
      source, "a layer includes only itself and those below: sim, models, scenarios, analysis, app",
      [&](const Include& include) {
        const std::size_t theirs = rank(first_folder(include.path));
        return include.is_ours && theirs < layers.size() && theirs > own;
      });
}

Findings judges_see_only_observations(const Source& source) {
  static constexpr std::array<std::string_view, 3> judges = {
      "analysis/checkers/", "analysis/statistics/", "analysis/report/"};
  const bool is_judge = std::any_of(judges.begin(), judges.end(), [&](std::string_view folder) {
    return source.is_below(folder);
  });
  if (!is_judge) return {};
  return bad_includes(
      source, "of the models, checkers, statistics and reports see models/observation.hpp alone",
      [](const Include& include) {
        return include.is_ours && include.path.starts_with("models/") &&
               include.path != "models/observation.hpp";
      });
}

Findings heavy_headers_stay_in_their_rooms(const Source& source) {
  return bad_includes(
      source, "a heavy header is included by a few .cpp files of its room, never by a header",
      [&](const Include& include) {
        return std::any_of(heavy_headers.begin(), heavy_headers.end(), [&](const HeavyHeader& h) {
          return include.path.starts_with(h.prefix) && !may_include(source, h);
        });
      });
}

}  // namespace seatrial::tidy
