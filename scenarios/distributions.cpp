#include "scenarios/distributions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "scenarios/limits.hpp"
#include "scenarios/near_quantity.hpp"
#include "scenarios/nearest_name.hpp"

namespace seatrial::scenarios {
namespace {

using sim::Distribution;

const std::array<std::string, 9> kind_names{"uniform",   "exponential", "normal",
                                            "lognormal", "pareto",      "geometric",
                                            "mixture",   "percentiles", "samples"};

std::string example(Dimension dimension) {
  return dimension == Dimension::duration
             ? "\"60ms\" or { \"lognormal\": { \"median\": \"3s\", \"p99\": \"30s\" } }"
             : "6 or { \"geometric\": { \"mean\": 6 } }";
}

class DistributionReader {
 public:
  DistributionReader(Dimension dimension, const Report& report)
      : dimension_{dimension}, report_{report} {}

  std::optional<Distribution> read(const Node& node, const std::string& pointer) {
    if (!node.is(Node::Kind::object)) {
      const auto value = quantity(node, pointer, dimension_);
      return value ? std::optional{Distribution::constant(*value)} : std::nullopt;
    }
    if (node.members.size() != 1) {
      return fail(node, pointer,
                  fmt::format("a distribution has exactly one key, its kind; for example {}",
                              example(dimension_)));
    }
    const Member& member = node.members.front();
    const std::string below = pointer + '/' + escaped(member.key);
    const auto read = of_kind(member, below);
    return read ? limited(*read, member.value, below) : read;
  }

 private:
  std::nullopt_t fail(const Node& node, const std::string& pointer, std::string message) {
    report_(node, pointer, std::move(message));
    return std::nullopt;
  }

  double most() const {
    return dimension_ == Dimension::duration ? longest_duration_ns : most_count;
  }

  // A tail may reach beyond every limit, but not with what is common.
  std::optional<Distribution> limited(const Distribution& read, const Node& node,
                                      const std::string& pointer) {
    if (read.quantile(0.999) <= most()) return read;
    return fail(
        node, pointer,
        fmt::format("one value in a thousand is above {}", format_quantity(dimension_, most())));
  }

  std::optional<Distribution> of_kind(const Member& member, const std::string& pointer) {
    const std::string& kind = member.key;
    const Node& node = member.value;
    if (kind == "uniform") return uniform(node, pointer);
    if (kind == "exponential") return exponential(node, pointer);
    if (kind == "normal") return normal(node, pointer);
    if (kind == "lognormal") return lognormal(node, pointer);
    if (kind == "pareto") return pareto(node, pointer);
    if (kind == "geometric") return geometric(node, pointer);
    if (kind == "mixture") return mixture(node, pointer);
    if (kind == "percentiles") return percentiles(node, pointer);
    if (kind == "samples") return samples(node, pointer);
    const std::string hint = did_you_mean(kind, kind_names);
    Node key;
    key.place = member.place;
    return fail(
        key, pointer,
        "unknown distribution" + (hint.empty() ? "; the kinds are " + listed(kind_names) : hint));
  }

  // The values of exactly these keys, the first in dimension_, the second in `second`.
  std::optional<std::array<double, 2>> two(const Node& node, const std::string& pointer,
                                           std::string first_key, std::string second_key,
                                           Dimension second) {
    const std::array<std::string, 2> keys{std::move(first_key), std::move(second_key)};
    if (!has_only(node, pointer, keys)) return std::nullopt;
    const auto a = quantity(*node.find(keys[0]), pointer + '/' + keys[0], dimension_);
    const auto b = quantity(*node.find(keys[1]), pointer + '/' + keys[1], second);
    if (!a || !b) return std::nullopt;
    return std::array{*a, *b};
  }

  std::optional<double> one(const Node& node, const std::string& pointer, std::string key) {
    const std::array<std::string, 1> keys{std::move(key)};
    if (!has_only(node, pointer, keys)) return std::nullopt;
    return quantity(*node.find(keys[0]), pointer + '/' + keys[0], dimension_);
  }

  bool has_only(const Node& node, const std::string& pointer, std::span<const std::string> keys) {
    if (!node.is(Node::Kind::object)) {
      fail(node, pointer,
           fmt::format(
               "expected an object with the key {}, got {}",
               keys.size() == 1 ? quoted(keys[0]) : quoted(keys[0]) + " and " + quoted(keys[1]),
               kind_with_article(node)));
      return false;
    }
    bool fine = true;
    for (const Member& member : node.members) {
      if (std::find(keys.begin(), keys.end(), member.key) != keys.end()) continue;
      Node key;
      key.place = member.place;
      fail(key, pointer + '/' + escaped(member.key),
           "unknown key" + did_you_mean(member.key, keys));
      fine = false;
    }
    for (const std::string& key : keys) {
      if (node.find(key) != nullptr) continue;
      fail(node, pointer + '/' + key, "missing: a distribution of this kind needs it");
      fine = false;
    }
    return fine;
  }

  std::optional<double> quantity(const Node& node, const std::string& pointer,
                                 Dimension dimension) {
    std::optional<double> value;
    const bool bare = node.is(Node::Kind::number);
    if (dimension == Dimension::plain && bare && node.number >= 0) value = node.number;
    if (dimension != Dimension::plain && node.is(Node::Kind::string)) {
      value = parse_quantity(dimension, node.text);
    }
    if (!value) {
      return fail(
          node, pointer,
          fmt::format("expected {}, got {}{}",
                      dimension == Dimension::plain ? "a number like 6" : expected(dimension),
                      brief(node), near_quantity(dimension, node)));
    }
    if (dimension == dimension_ && *value > most()) {
      return fail(node, pointer,
                  fmt::format("must be at most {}, got {}", format_quantity(dimension, most()),
                              brief(node)));
    }
    return value;
  }

  std::optional<Distribution> uniform(const Node& node, const std::string& pointer) {
    const auto v = two(node, pointer, "from", "to", dimension_);
    if (!v) return std::nullopt;
    const auto [from, to] = *v;
    if (from > to) return fail(node, pointer, "\"from\" is above \"to\"");
    return Distribution::uniform(from, to);
  }

  std::optional<Distribution> exponential(const Node& node, const std::string& pointer) {
    const auto mean = one(node, pointer, "mean");
    if (!mean) return std::nullopt;
    if (*mean == 0) return fail(*node.find("mean"), pointer + "/mean", "must be above 0");
    return Distribution::exponential(*mean);
  }

  std::optional<Distribution> normal(const Node& node, const std::string& pointer) {
    const auto v = two(node, pointer, "mean", "standard_deviation", dimension_);
    if (!v) return std::nullopt;
    return Distribution::normal((*v)[0], (*v)[1]);
  }

  std::optional<Distribution> lognormal(const Node& node, const std::string& pointer) {
    const auto v = two(node, pointer, "median", "p99", dimension_);
    if (!v) return std::nullopt;
    const auto [median, p99] = *v;
    if (median == 0) return fail(*node.find("median"), pointer + "/median", "must be above 0");
    if (p99 < median) return fail(node, pointer, "\"p99\" is below \"median\"");
    return Distribution::lognormal(median, p99);
  }

  std::optional<Distribution> pareto(const Node& node, const std::string& pointer) {
    const auto v = two(node, pointer, "at_least", "shape", Dimension::plain);
    if (!v) return std::nullopt;
    const auto [at_least, shape] = *v;
    if (at_least == 0) {
      return fail(*node.find("at_least"), pointer + "/at_least", "must be above 0");
    }
    if (shape < least_shape) {
      return fail(
          *node.find("shape"), pointer + "/shape",
          fmt::format("must be at least {}, got {}", least_shape, brief(*node.find("shape"))));
    }
    return Distribution::pareto(at_least, shape);
  }

  std::optional<Distribution> geometric(const Node& node, const std::string& pointer) {
    if (dimension_ != Dimension::plain) {
      return fail(node, pointer,
                  "a geometric distribution is one of counts, not of durations; did you mean "
                  "\"exponential\"?");
    }
    const auto mean = one(node, pointer, "mean");
    if (!mean) return std::nullopt;
    if (*mean < 1) {
      return fail(*node.find("mean"), pointer + "/mean", "must be at least 1: it counts 1, 2, ...");
    }
    return Distribution::geometric(*mean);
  }

  std::optional<Distribution> mixture(const Node& node, const std::string& pointer) {
    if (!node.is(Node::Kind::array) || node.items.empty()) {
      return fail(node, pointer,
                  "expected a list like [ { \"share\": \"90%\", \"of\": \"1ms\" }, ... ]");
    }
    std::vector<std::pair<double, Distribution>> parts;
    double sum = 0;
    const std::array<std::string, 2> keys{"share", "of"};
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      const Node& item = node.items[i];
      const std::string below = fmt::format("{}/{}", pointer, i);
      if (!has_only(item, below, keys)) continue;
      const auto share = quantity(*item.find("share"), below + "/share", Dimension::share);
      const auto of = read(*item.find("of"), below + "/of");
      if (!share || !of) continue;
      parts.emplace_back(*share, *of);
      sum += *share;
    }
    if (parts.size() < node.items.size()) return std::nullopt;
    if (std::abs(sum - 1) > 1e-9) {
      const double percent = std::round(sum * 1e8) / 1e6;
      return fail(node, pointer, fmt::format("the shares sum to {}%, not to 100%", percent));
    }
    return Distribution::mixture(parts);
  }

  std::optional<Distribution> percentiles(const Node& node, const std::string& pointer) {
    if (!node.is(Node::Kind::object) || node.members.empty()) {
      return fail(node, pointer, "expected an object like { \"p50\": \"3ms\", \"p99\": \"9ms\" }");
    }
    std::vector<std::pair<double, double>> knots;
    for (const Member& member : node.members) {
      const std::string below = pointer + '/' + escaped(member.key);
      const auto p = percentile_of(member.key);
      if (!p) {
        Node key;
        key.place = member.place;
        fail(key, below, "expected a percentile like \"p50\" or \"p99.9\"");
        continue;
      }
      const auto value = quantity(member.value, below, dimension_);
      if (value) knots.emplace_back(*p, *value);
    }
    if (knots.size() < node.members.size()) return std::nullopt;
    std::sort(knots.begin(), knots.end());
    for (std::size_t i = 1; i < knots.size(); ++i) {
      if (knots[i].first == knots[i - 1].first) {
        return fail(node, pointer, "the same percentile stands here twice");
      }
      if (knots[i].second < knots[i - 1].second) {
        return fail(node, pointer, "a higher percentile must not have a lower value");
      }
    }
    return Distribution::percentiles(std::move(knots));
  }

  // percentile_pattern() says the same.
  static std::optional<double> percentile_of(std::string_view key) {
    if (!key.starts_with('p') || key.find_first_of("eE") != key.npos) return std::nullopt;
    const std::size_t digits = std::min(key.find('.'), key.size()) - 1;
    if (digits > 2 && key != "p100") return std::nullopt;
    const auto percent = parse_quantity(Dimension::plain, key.substr(1));
    return percent ? std::optional{*percent / 100} : std::nullopt;
  }

  std::optional<Distribution> samples(const Node& node, const std::string& pointer) {
    if (!node.is(Node::Kind::array) || node.items.empty()) {
      return fail(node, pointer, "expected a list of measured values");
    }
    std::vector<double> values;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      const auto value = quantity(node.items[i], fmt::format("{}/{}", pointer, i), dimension_);
      if (value) values.push_back(*value);
    }
    if (values.size() < node.items.size()) return std::nullopt;
    return Distribution::samples(std::move(values));
  }

  Dimension dimension_;
  const Report& report_;
};

std::string value_text(double value, Dimension dimension) {
  const std::string text = format_quantity(dimension, value);
  return dimension == Dimension::plain ? text : quoted(text);
}

}  // namespace

bool resembles_distribution(const Node& node) {
  if (!node.is(Node::Kind::object)) return false;
  if (node.members.size() == 1) return !did_you_mean(node.members[0].key, kind_names).empty();
  return std::any_of(node.members.begin(), node.members.end(), [](const Member& member) {
    return std::find(kind_names.begin(), kind_names.end(), member.key) != kind_names.end();
  });
}

bool names_distribution(const Node& node) {
  return node.is(Node::Kind::object) && node.members.size() == 1 &&
         std::find(kind_names.begin(), kind_names.end(), node.members.front().key) !=
             kind_names.end();
}

std::string percentile_pattern() { return "^p([0-9]{1,2}(\\.[0-9]{1,30})?|100)$"; }

std::optional<Distribution> read_distribution(const Node& node, const std::string& pointer,
                                              Dimension dimension, const Report& report) {
  return DistributionReader{dimension, report}.read(node, pointer);
}

std::string format_distribution(const Distribution& distribution, Dimension dimension) {
  const auto text = [&](double p) { return value_text(distribution.quantile(p), dimension); };
  if (distribution.is_constant()) return text(0.5);
  const double mean = distribution.mean();
  if (std::isfinite(mean) && mean > 0 && distribution == Distribution::exponential(mean)) {
    return fmt::format("{{ \"exponential\": {{ \"mean\": {} }} }}", value_text(mean, dimension));
  }
  // Twelve digits undo the rounding of the logarithms in between.
  const auto rounded = [&](double p) {
    const std::string digits = fmt::format("{:.12g}", distribution.quantile(p));
    double value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
  };
  const double median = rounded(0.5), p99 = rounded(0.99);
  if (median > 0 && distribution == Distribution::lognormal(median, p99)) {
    return fmt::format("{{ \"lognormal\": {{ \"median\": {}, \"p99\": {} }} }}",
                       value_text(median, dimension), value_text(p99, dimension));
  }
  return fmt::format("{{ \"percentiles\": {{ \"p1\": {}, \"p50\": {}, \"p99\": {} }} }}",
                     text(0.01), text(0.5), text(0.99));
}

}  // namespace seatrial::scenarios
