#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "scenarios/distributions.hpp"
#include "scenarios/quantities.hpp"
#include "sim/random/stream.hpp"
#include "tests/fuzz/targets.hpp"

namespace seatrial::fuzz {
namespace {

using scenarios::Dimension;

constexpr int dimensions = 8;

void check_quantity(Dimension dimension, std::string_view text) {
  const auto value = scenarios::parse_quantity(dimension, text);
  if (!value) return;
  law(std::isfinite(*value) && *value >= 0, "a quantity that is no number");
  const std::string written = scenarios::format_quantity(dimension, *value);
  law(scenarios::parse_quantity(dimension, written) == value,
      fmt::format("written as {}, which reads as another number", written));
}

void check_distribution(const sim::Distribution& distribution) {
  // A normal one goes below 0; a sample of it does not.
  double before = -std::numeric_limits<double>::infinity();
  for (const double p : {0.0, 0.01, 0.5, 0.99, 0.999}) {
    const double value = distribution.quantile(p);
    law(value >= before, fmt::format("the quantile at {} is below the one before", p));
    before = value;
  }
  law(distribution.mean() >= 0, "a mean below 0, or none");
  const sim::RandomSource random{1, 0};
  sim::Stream stream{random.key(sim::Purpose{"fuzz"}), 0};
  for (int i = 0; i < 8; ++i) {
    const sim::Duration sample = distribution.sample_duration(stream);
    law(sample >= sim::Duration{} && sample <= sim::Distribution::longest, "a sample out of range");
  }
}

void read_as(Dimension dimension, std::string_view text) {
  scenarios::Problems problems{"", {}};
  scenarios::Node node;
  try {
    node = scenarios::read_tree(text, problems);
  } catch (const scenarios::ScenarioError&) {
    return;  // the scenario's target looks at those
  }
  bool is_reported = false;
  const auto read = scenarios::read_distribution(
      node, "", dimension, [&](const scenarios::Node& of, const std::string&, std::string message) {
        is_reported = true;
        law(of.place.line > 0, "a problem without a place: " + message);
      });
  law(read.has_value() != is_reported, "neither read nor refused, or both");
  if (read) check_distribution(*read);
}

}  // namespace

void fuzz_quantity(std::string_view bytes) {
  if (bytes.empty()) return;
  const auto choice = static_cast<unsigned char>(bytes.front());
  const std::string_view text = bytes.substr(1);
  check_quantity(static_cast<Dimension>(choice % dimensions), text);
  read_as(choice % 2 == 0 ? Dimension::duration : Dimension::plain, text);
}

}  // namespace seatrial::fuzz
