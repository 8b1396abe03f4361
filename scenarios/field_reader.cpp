#include "scenarios/field_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenarios/distributions.hpp"
#include "scenarios/limits.hpp"
#include "scenarios/near_quantity.hpp"
#include "scenarios/nearest_name.hpp"
#include "scenarios/overlay.hpp"

namespace seatrial::scenarios {

using models::Reference;

const std::vector<std::string>& Names::of(Reference reference) const {
  switch (reference) {
    case Reference::region:
      return regions;
    case Reference::data_class:
      return data_classes;
    case Reference::phase:
      return phases;
    case Reference::policy:
      return policies;
  }
  return regions;
}

FieldReader::FieldReader(const Node& root, const Names& names, Problems& problems, ReadAs as)
    : names_{names}, problems_{problems}, as_{std::move(as)} {
  frames_.push_back({.node = &root, .pointer = "", .place = root.place});
}

void FieldReader::finish() { pop(); }

// A problem of a policy's patch is cited where the patch stands.
void FieldReader::problem(const Place& place, const std::string& pointer, std::string message) {
  problems_.add(place, place.of_policy ? "/policies/" + escaped(as_.policy) + pointer : pointer,
                std::move(message));
}

void FieldReader::know(std::string_view key) {
  auto& known = frame().known;
  if (std::find(known.begin(), known.end(), key) == known.end()) known.emplace_back(key);
}

FieldReader::Found FieldReader::find(const Field& field) {
  Frame& top = frame();
  if (field.key.empty()) {
    top.is_value = true;
    return {top.node, top.pointer, ""};
  }
  know(field.key);
  Found found{nullptr, top.pointer + '/' + escaped(field.key), ""};
  if (top.node == nullptr) return found;
  const Node* const node = top.node->find(field.key);
  if (node == nullptr) return found;
  if (!node->is(Node::Kind::null)) {
    found.node = node;
  } else if (!node->place.of_policy) {
    problem(node->place, found.pointer,
            field.required.empty() ? "null is no value; leave the key out to get the default"
                                   : fmt::format("null is no value; {}", field.required));
  } else if (!field.required.empty()) {
    problem(node->place, found.pointer,
            fmt::format("null restores the default, but there is none: {}", field.required));
  }
  return found;
}

FieldReader::Found FieldReader::unwrapped(Found found) {
  if (found.node == nullptr || !found.node->is(Node::Kind::object)) return found;
  const Node* const value = found.node->find("value");
  if (value == nullptr) return found;
  const std::vector<std::string> keys{"value", "source"};
  for (const Member& member : found.node->members) {
    if (member.key == "value") continue;
    const std::string below = found.pointer + '/' + escaped(member.key);
    if (member.key != "source") {
      problem(member.place, below, "unknown key" + did_you_mean(member.key, keys));
    } else if (!member.value.is(Node::Kind::string)) {
      problem(member.value.place, below, "expected a string: where the value comes from");
    } else {
      found.source = member.value.text;
    }
  }
  found.node = value;
  return found;
}

FieldReader::Found FieldReader::find_value(const Field& field) { return unwrapped(find(field)); }

// Nothing in the file: the default, or a problem where there is none.
void FieldReader::missing(const Field& field, const std::string& pointer,
                          std::string default_text) {
  const Frame& top = frame();
  if (top.node != nullptr && !top.node->is(Node::Kind::object)) return;  // reported by pop()
  const bool guessed = top.assumed || field.source.starts_with("assumed");
  if (field.required.empty() || top.assumed) {
    resolved_.push_back({.pointer = pointer,
                         .value = std::move(default_text),
                         .origin = guessed ? Origin::assumed : Origin::defaulted,
                         .source = std::string{field.source},
                         .line = top.assumed ? top.place.line : 0});
    return;
  }
  const bool set_back = top.node != nullptr && top.node->find(field.key) != nullptr;
  if (set_back || !as_.missing_is_wrong) return;
  problem(top.place, pointer, fmt::format("missing: {}", field.required));
}

void FieldReader::record(const Field&, const Found& found) { record(found, to_json(*found.node)); }

void FieldReader::record(const Found& found, std::string text) {
  resolved_.push_back({.pointer = found.pointer,
                       .value = std::move(text),
                       .origin = origin_of(*found.node),
                       .source = found.source,
                       .line = found.node->place.line});
}

bool FieldReader::in_range(const Field& field, const Found& found, double value,
                           Dimension dimension) {
  const auto shown = [&](double limit) { return format_quantity(dimension, limit); };
  std::string message;
  if (value < field.at_least) message = "must be at least " + shown(field.at_least);
  if (value > field.at_most) message = "must be at most " + shown(field.at_most);
  if (message.empty()) return true;
  problem(found.node->place, found.pointer, fmt::format("{}, got {}", message, brief(*found.node)));
  return false;
}

bool FieldReader::enough_entries(const Field& field, const Found& found, std::size_t entries) {
  const auto count = static_cast<double>(entries);
  std::string message;
  if (count < field.at_least) {
    message = fmt::format("needs at least {}", field.at_least);
    if (!field.required.empty()) message += fmt::format("; {}", field.required);
  }
  if (count > field.at_most) {
    message = fmt::format("has {} entries, at most {} are possible", entries, field.at_most);
  }
  if (message.empty()) return true;
  problem(found.node->place, found.pointer, message);
  return false;
}

void FieldReader::text(const Field& field, std::string& value) {
  const Found found = find_value(field);
  if (found.node == nullptr) return missing(field, found.pointer, quoted(value));
  if (!found.node->is(Node::Kind::string) || found.node->text.empty()) {
    return problem(found.node->place, found.pointer,
                   fmt::format("expected text in quotes, got {}", brief(*found.node)));
  }
  value = found.node->text;
  record(field, found);
}

void FieldReader::flag(const Field& field, bool& value) {
  const Found found = find_value(field);
  if (found.node == nullptr) return missing(field, found.pointer, value ? "true" : "false");
  if (!found.node->is(Node::Kind::boolean)) {
    return problem(found.node->place, found.pointer,
                   fmt::format("expected true or false, got {}", brief(*found.node)));
  }
  value = found.node->truth;
  record(field, found);
}

void FieldReader::count(const Field& field, std::int64_t& value) {
  const Found found = find_value(field);
  if (found.node == nullptr) return missing(field, found.pointer, fmt::format("{}", value));
  // 2^53 - 1: up to here a double is every whole number, and no other one is rounded to it.
  constexpr double exact = 9007199254740991.0;
  const double number = found.node->number;
  if (!found.node->is(Node::Kind::number) || number != std::floor(number)) {
    return problem(found.node->place, found.pointer,
                   fmt::format("expected a whole number like 12, got {}{}", brief(*found.node),
                               near_quantity(Dimension::plain, *found.node)));
  }
  Field limited = field;
  limited.at_most = std::min(field.at_most, exact);
  limited.at_least = std::max(field.at_least, -exact);
  if (!in_range(limited, found, number, Dimension::plain)) return;
  value = static_cast<std::int64_t>(number);
  record(field, found);
}

void FieldReader::number(const Field& field, double& value) {
  const Found found = find_value(field);
  if (found.node == nullptr) return missing(field, found.pointer, fmt::format("{}", value));
  if (!found.node->is(Node::Kind::number)) {
    return problem(found.node->place, found.pointer,
                   fmt::format("expected a number like 0.99, got {}{}", brief(*found.node),
                               near_quantity(Dimension::plain, *found.node)));
  }
  if (!in_range(field, found, found.node->number, Dimension::plain)) return;
  value = found.node->number;
  record(field, found);
}

std::optional<double> FieldReader::read_quantity(const Field& field, Dimension dimension,
                                                 double default_value) {
  const Found found = find_value(field);
  if (found.node == nullptr) {
    missing(field, found.pointer, quoted(format_quantity(dimension, default_value)));
    return std::nullopt;
  }
  std::optional<double> value;
  if (found.node->is(Node::Kind::string)) value = parse_quantity(dimension, found.node->text);
  if (!value) {
    problem(found.node->place, found.pointer,
            fmt::format("expected {}, got {}{}", expected(dimension), brief(*found.node),
                        near_quantity(dimension, *found.node)));
    return std::nullopt;
  }
  if (!in_range(field, found, *value, dimension)) return std::nullopt;
  record(field, found);
  return value;
}

void FieldReader::share(const Field& field, double& value) {
  value = read_quantity(field, Dimension::share, value).value_or(value);
}

void FieldReader::multiplier(const Field& field, double& value) {
  value = read_quantity(field, Dimension::multiplier, value).value_or(value);
}

void FieldReader::rate(const Field& field, double& per_second) {
  per_second = read_quantity(field, Dimension::rate, per_second).value_or(per_second);
}

void FieldReader::request_units(const Field& field, double& value) {
  value = read_quantity(field, Dimension::request_units, value).value_or(value);
}

void FieldReader::hours_per_month(const Field& field, double& hours) {
  hours = read_quantity(field, Dimension::hours_per_month, hours).value_or(hours);
}

void FieldReader::duration(const Field& field, models::Duration& value) {
  Field limited = field;
  limited.at_most = std::min(field.at_most, longest_duration_ns);
  const auto ns = read_quantity(limited, Dimension::duration, static_cast<double>(value.ns()));
  if (ns) value = models::Duration::nanoseconds(std::llround(*ns));
}

void FieldReader::bytes(const Field& field, models::Bytes& value) {
  Field limited = field;
  limited.at_most = std::min(field.at_most, 1e15);
  const auto read = read_quantity(limited, Dimension::bytes, static_cast<double>(value));
  if (read) value = std::llround(*read);
}

void FieldReader::read_distribution_field(const Field& field, const Found& found,
                                          Dimension dimension, sim::Distribution& value) {
  if (found.node == nullptr) {
    return missing(field, found.pointer, format_distribution(value, dimension));
  }
  const auto report = [this](const Node& node, const std::string& pointer, std::string message) {
    problem(node.place, pointer, std::move(message));
  };
  const auto read = read_distribution(*found.node, found.pointer, dimension, report);
  if (!read) return;
  if (std::isfinite(field.at_least) && !in_range(field, found, read->quantile(0), dimension)) {
    return;
  }
  value = *read;
  record(field, found);
}

void FieldReader::duration_distribution(const Field& field, sim::Distribution& value) {
  read_distribution_field(field, find_value(field), Dimension::duration, value);
}

void FieldReader::optional_duration_distribution(const Field& field, bool& present,
                                                 sim::Distribution& value) {
  const Found found = find_value(field);
  present = found.node != nullptr;
  if (present) read_distribution_field(field, found, Dimension::duration, value);
}

void FieldReader::count_distribution(const Field& field, sim::Distribution& value) {
  read_distribution_field(field, find_value(field), Dimension::plain, value);
}

}  // namespace seatrial::scenarios
