// How a configuration struct tells its fields: once, to whoever asks. A struct `X` has a function
// `void describe(FieldVisitor&, X&)` that names every member with its key, dimension, range,
// default (the member's initial value), the default's source and one sentence. The loader of
// scenario files, the list of defaults, the schema and the reference are visitors.
//
// Law: a key that no describe() names does not exist; a member that no describe() names cannot be
// set from a file.
//
//   void describe(FieldVisitor& v, PodsConfig& config) {
//     v.count({.key = "count", .sentence = "Pods in each region.", .at_least = 1}, config.count);
//   }
//
// A field with an empty key is the value itself, not a member: an entry of a map of shares is
// described by one v.share({.key = "", ...}, entry).
#pragma once

#include <array>
#include <functional>
#include <initializer_list>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/ids.hpp"
#include "sim/random/distribution.hpp"

namespace seatrial::models {

struct Field {
  std::string_view key;
  std::string_view sentence;
  // Where the default comes from: a publication, or "assumed". Empty for a choice without a number.
  std::string_view source = {};
  // Non-empty: the value is never implicit; leaving it out is an error that says this.
  std::string_view required = {};
  // Inclusive limits in the dimension's base unit: nanoseconds, bytes, per second, or plain; of a
  // map or list: how many entries.
  double at_least = -std::numeric_limits<double>::infinity();
  double at_most = std::numeric_limits<double>::infinity();
  // The kind of /store/replication that has no use for what is required otherwise.
  std::string_view not_required_under = {};
  // Of a choice among many names: the command that lists them.
  std::string_view listed_by = {};
};

// What a name in a file must refer to.
enum class Reference { region, data_class, phase, policy };

class FieldVisitor;
using Describe = std::function<void(FieldVisitor&)>;

// One kind of a strategy axis (balancing, token transport, degradation), with its parameters as
// members. A prototype is registered; a configuration holds a clone.
class StrategyKind {
 public:
  virtual ~StrategyKind() = default;
  virtual std::string_view name() const = 0;
  virtual std::string_view sentence() const = 0;
  virtual void describe(FieldVisitor&) {}
  virtual std::shared_ptr<StrategyKind> clone() const = 0;
};

struct StrategyAxis {
  std::string_view name;
  std::vector<std::shared_ptr<const StrategyKind>> kinds;
};

// One of several keys of an object; the one that is present says what the object is.
struct Alternative {
  std::string_view key;
  Describe describe;
};

// How an object is written in short: as one value (its field has an empty key), or as the word
// "assumed" where `assume` fills in what the tool assumes.
struct Shorthand {
  Describe value;
  std::function<void()> assume = {};
};

class FieldVisitor {
 public:
  virtual ~FieldVisitor() = default;

  virtual void text(const Field&, std::string&) = 0;
  virtual void flag(const Field&, bool&) = 0;
  virtual void count(const Field&, std::int64_t&) = 0;      // 12
  virtual void number(const Field&, double&) = 0;           // 0.99
  virtual void share(const Field&, double&) = 0;            // "8%" is 0.08
  virtual void multiplier(const Field&, double&) = 0;       // "x5" is 5
  virtual void rate(const Field&, double& per_second) = 0;  // "140/s"
  virtual void duration(const Field&, Duration&) = 0;       // "50ms"
  virtual void bytes(const Field&, Bytes&) = 0;             // "4 KB" is 4096
  virtual void request_units(const Field&, double&) = 0;    // "12 RU"
  virtual void hours_per_month(const Field&, double&) = 0;  // "700 h/month", "30 min/month" is 0.5
  // "60ms", or { "lognormal": { "median": "3s", "p99": "30s" } }: a distribution of nanoseconds.
  virtual void duration_distribution(const Field&, sim::Distribution&) = 0;
  // One that may be left out; `present` tells whether it stands in the file.
  virtual void optional_duration_distribution(const Field&, bool& present, sim::Distribution&) = 0;
  // 6, or { "geometric": { "mean": 6 } }: a distribution of whole numbers.
  virtual void count_distribution(const Field&, sim::Distribution&) = 0;
  virtual void one_of(const Field&, std::span<const std::string_view> names, int& chosen) = 0;
  // The name of a region, data class, ... that must exist.
  virtual void reference(const Field&, Reference, std::string& name) = 0;

  // A kind by name ("round_robin"), or an object with "kind" and the kind's own parameters. Where
  // the file is silent and the member holds none: the first kind of the axis.
  virtual void strategy(const Field&, const StrategyAxis&,
                        std::shared_ptr<StrategyKind>& chosen) = 0;
  // A list of distinct kinds, possibly empty.
  virtual void strategies(const Field&, const StrategyAxis&,
                          std::vector<std::shared_ptr<StrategyKind>>& chosen) = 0;

  virtual void object(const Field&, const Describe&) = 0;
  // An object that may be left out; `present` tells whether it stands in the file.
  virtual void optional_object(const Field&, bool& present, const Describe&) = 0;
  // An object with a shorter way to write it.
  virtual void object_or_value(const Field&, const Describe& members, const Shorthand&) = 0;
  // Exactly one of these keys stands in the object; `chosen` is its index.
  virtual void alternatives(std::span<const Alternative>, int& chosen) = 0;
  // Entries by name, in the order of the file. `entry(name)` makes or finds the entry and
  // describes it; `keys` lists the names that exist already (for visitors that write).
  virtual void map(const Field&, const std::function<std::vector<std::string>()>& keys,
                   const std::function<void(FieldVisitor&, const std::string& name)>& entry) = 0;
  // A list of objects. `size` of the existing list; `element(i)` makes or finds element i.
  virtual void list(const Field&, const std::function<std::size_t()>& size,
                    const std::function<void(FieldVisitor&, std::size_t index)>& element) = 0;

  template <class Enum, std::size_t N>
  void one_of(const Field& field, const std::array<std::string_view, N>& names, Enum& value) {
    int chosen = static_cast<int>(value);
    one_of(field, std::span<const std::string_view>{names}, chosen);
    value = static_cast<Enum>(chosen);
  }
  template <class Enum>
  void alternatives(std::initializer_list<Alternative> list, Enum& value) {
    int chosen = static_cast<int>(value);
    alternatives(std::span<const Alternative>{list.begin(), list.size()}, chosen);
    value = static_cast<Enum>(chosen);
  }
};

}  // namespace seatrial::models
