// Fills configuration structs from a file's tree, and notes where every value came from. All rules
// come from the structs' describe(): keys, units, ranges, defaults, what must not be left out.
//
// Law: reading never stops at a problem; the value keeps its default and the next one is read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/fields.hpp"
#include "scenarios/json_tree.hpp"
#include "scenarios/quantities.hpp"
#include "scenarios/scenario.hpp"

namespace seatrial::scenarios {

// What a reference may name.
struct Names {
  std::vector<std::string> regions, data_classes, phases, policies;
  const std::vector<std::string>& of(models::Reference) const;
};

struct ReadAs {
  std::string policy = {};       // whose tree it is; empty: the base
  bool missing_is_wrong = true;  // the base alone may lack what every policy gives
};

class FieldReader final : public models::FieldVisitor {
 public:
  using Field = models::Field;
  using Describe = models::Describe;

  FieldReader(const Node& root, const Names&, Problems&, ReadAs);

  // A key of the whole file that somebody else reads.
  void accept(std::string key) { frames_.front().known.push_back(std::move(key)); }
  // After the last field: reports the keys that no field named.
  void finish();
  std::vector<ResolvedValue> resolved() && { return std::move(resolved_); }

  void text(const Field&, std::string&) override;
  void flag(const Field&, bool&) override;
  void count(const Field&, std::int64_t&) override;
  void number(const Field&, double&) override;
  void share(const Field&, double&) override;
  void multiplier(const Field&, double&) override;
  void rate(const Field&, double&) override;
  void duration(const Field&, models::Duration&) override;
  void bytes(const Field&, models::Bytes&) override;
  void request_units(const Field&, double&) override;
  void hours_per_month(const Field&, double&) override;
  void duration_distribution(const Field&, sim::Distribution&) override;
  void optional_duration_distribution(const Field&, bool& present, sim::Distribution&) override;
  void count_distribution(const Field&, sim::Distribution&) override;
  using FieldVisitor::alternatives;
  using FieldVisitor::one_of;
  void one_of(const Field&, std::span<const std::string_view> names, int& chosen) override;
  void reference(const Field&, models::Reference, std::string& name) override;
  void strategy(const Field&, const models::StrategyAxis&,
                std::shared_ptr<models::StrategyKind>&) override;
  void strategies(const Field&, const models::StrategyAxis&,
                  std::vector<std::shared_ptr<models::StrategyKind>>&) override;
  void object(const Field&, const Describe&) override;
  void optional_object(const Field&, bool& present, const Describe&) override;
  void object_or_value(const Field&, const Describe&, const models::Shorthand&) override;
  void alternatives(std::span<const models::Alternative>, int& chosen) override;
  void map(const Field&, const std::function<std::vector<std::string>()>& keys,
           const std::function<void(FieldVisitor&, const std::string&)>& entry) override;
  void list(const Field&, const std::function<std::size_t()>& size,
            const std::function<void(FieldVisitor&, std::size_t)>& element) override;

 private:
  // The object (or value) whose fields are being read.
  struct Frame {
    const Node* node = nullptr;  // null: not in the file, everything has its default
    std::string pointer;
    Place place;
    bool assumed = false;  // the file says "assumed"
    std::vector<std::string> known{};
    std::vector<std::string> alternatives{};  // all of them: hints for a key that is wrong
    bool lacks_alternative = false;
    bool is_value = false;  // a field with an empty key was read: it has no members
  };
  struct Found {
    const Node* node = nullptr;  // null: left out, or set back to the default
    std::string pointer;
    std::string source;  // what the file says about the value's origin
  };

  Frame& frame() { return frames_.back(); }
  void know(std::string_view key);  // a key of the frame, perhaps told before
  Found find(const Field&);
  // Without { "value", "source" } around it, whose pointer it has.
  Found find_value(const Field&);
  Found unwrapped(Found);
  void problem(const Place&, const std::string& pointer, std::string message);
  void missing(const Field&, const std::string& pointer, std::string default_text);
  void record(const Field&, const Found&);
  void record(const Found&, std::string text);
  bool in_range(const Field&, const Found&, double value, Dimension);
  bool enough_entries(const Field&, const Found&, std::size_t entries);
  bool is_object(const Found&);

  std::optional<double> read_quantity(const Field&, Dimension, double default_value);
  void read_distribution_field(const Field&, const Found&, Dimension, sim::Distribution&);
  void members_of(const Node*, const std::string& pointer, const Describe&, bool assumed = false);
  void pop();
  std::shared_ptr<models::StrategyKind> kind_of(const Found&, const models::StrategyAxis&);
  std::shared_ptr<models::StrategyKind> kind_named(const Node&, const std::string& pointer,
                                                   const models::StrategyAxis&);

  const Names& names_;
  Problems& problems_;
  ReadAs as_;
  std::vector<Frame> frames_;
  std::vector<ResolvedValue> resolved_;
};

}  // namespace seatrial::scenarios
