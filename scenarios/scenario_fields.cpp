#include "scenarios/scenario_fields.hpp"

#include <algorithm>
#include <limits>

#include "scenarios/metrics.hpp"

namespace seatrial::scenarios {
namespace {

using models::FieldVisitor;
using models::Reference;

// -1: the file names none that exists.
int describe_metric(FieldVisitor& v, Objective& objective) {
  std::vector<std::string_view> names;
  for (const Metric& metric : metric_catalogue()) names.push_back(metric.name);
  int chosen = -1;
  v.one_of({.key = "metric",
            .sentence = "What is measured.",
            .required = "name what is measured, for example \"ryw\", \"read.p99\" or "
                        "\"availability\"",
            .listed_by = "seatrial list metrics"},
           std::span<const std::string_view>{names}, chosen);
  if (chosen >= 0) objective.metric = names[static_cast<std::size_t>(chosen)];
  return chosen;
}

// The limit is written as the metric's dimension asks for; without a metric it is not read.
void describe_limit(FieldVisitor& v, std::string_view key, const Metric* metric, double& limit) {
  if (metric == nullptr) return;
  const bool is_share = limit_dimension(*metric) == Dimension::share;
  const models::Field field{.key = key,
                            .sentence = "The limit, in the metric's unit.",
                            .at_least = 0,
                            .at_most = is_share ? 1 : std::numeric_limits<double>::infinity()};
  models::Duration duration = models::Duration::nanoseconds(static_cast<std::int64_t>(limit));
  switch (limit_dimension(*metric)) {
    case Dimension::share:
      return v.share(field, limit);
    case Dimension::request_units:
      return v.request_units(field, limit);
    case Dimension::bytes: {
      models::Bytes bytes = static_cast<models::Bytes>(limit);
      v.bytes(field, bytes);
      limit = static_cast<double>(bytes);
      return;
    }
    case Dimension::duration:
      v.duration(field, duration);
      limit = static_cast<double>(duration.ns());
      return;
    default:
      return v.number(field, limit);
  }
}

void describe(FieldVisitor& v, Objective& objective) {
  static constexpr std::array<std::string_view, 2> each_names{"all", "region"};
  const int chosen = describe_metric(v, objective);
  const Metric* const metric =
      chosen < 0 ? nullptr : &metric_catalogue()[static_cast<std::size_t>(chosen)];
  v.reference({.key = "of", .sentence = "Only operations on this data class; left out: on all."},
              Reference::data_class, objective.data_class);
  int each = objective.each_region ? 1 : 0;
  v.one_of({.key = "each",
            .sentence = "\"region\": every region must meet it by itself; \"all\": all together."},
           std::span<const std::string_view>{each_names}, each);
  objective.each_region = each == 1;
  v.reference({.key = "during",
               .sentence = "Only this phase. Without during and outside every "
                           "phase must meet it by itself."},
              Reference::phase, objective.during);
  v.reference({.key = "outside", .sentence = "All phases but this one, together."},
              Reference::phase, objective.outside);
  const auto limit_of = [&](std::string_view key) {
    return [&, key](FieldVisitor& limit) { describe_limit(limit, key, metric, objective.limit); };
  };
  v.alternatives({{"at_most", limit_of("at_most")}, {"at_least", limit_of("at_least")}},
                 objective.bound);
}

void describe_objectives(FieldVisitor& v, std::vector<Objective>& objectives) {
  const auto names = [&] {
    std::vector<std::string> result;
    for (const Objective& objective : objectives) result.push_back(objective.name);
    return result;
  };
  v.map({.key = "objectives",
         .sentence = "What a policy must achieve, by name.",
         .required = "say what a policy must achieve, for example { \"own cart\": { \"metric\": "
                     "\"ryw\", \"of\": \"cart\", \"at_most\": \"10 per million\" } }",
         .at_least = 1,
         .at_most = 1'000},
        names, [&](FieldVisitor& entry, const std::string& name) {
          const auto found = std::find_if(objectives.begin(), objectives.end(),
                                          [&](const Objective& o) { return o.name == name; });
          if (found != objectives.end()) return describe(entry, *found);
          objectives.emplace_back().name = name;
          describe(entry, objectives.back());
        });
}

void describe_run(FieldVisitor& v, RunConfig& run, models::Duration& warmup) {
  std::int64_t seed = static_cast<std::int64_t>(run.seed);
  v.count({.key = "seed",
           .sentence = "Names the random numbers: the same seed gives the same result.",
           .at_least = 0},
          seed);
  run.seed = static_cast<std::uint64_t>(seed);
  v.count({.key = "replications",
           .sentence = "How often every policy runs, each time with other random numbers.",
           .at_least = 1,
           .at_most = 100'000},
          run.replications);
  v.duration({.key = "warmup",
              .sentence = "Time before the first phase, at its load; sessions that arrive in it "
                          "do not count.",
              .source = "assumed",
              .at_least = 0},
             warmup);
}

}  // namespace

void describe(FieldVisitor& v, Scenario& scenario, models::Duration& warmup) {
  v.text({.key = "title",
          .sentence = "What the scenario is about.",
          .required = "name the scenario, for example \"Shopping cart: Black Friday\""},
         scenario.title);
  v.text({.key = "question",
          .sentence = "The question that the comparison answers.",
          .required = "write down the question to decide, for example \"Which policy keeps carts "
                      "right, at what cost?\""},
         scenario.question);
  v.reference({.key = "baseline",
               .sentence = "The policy that others are compared with; left out: the first."},
              Reference::policy, scenario.baseline);
  describe_objectives(v, scenario.objectives);
  v.optional_object({.key = "prices",
                     .sentence = "What things cost by your own contract; with it reports say what "
                                 "a policy costs, and \"cost_per_million\" is a metric."},
                    scenario.prices.present,
                    [&](FieldVisitor& members) { describe(members, scenario.prices); });
  v.object({.key = "run", .sentence = "How much is simulated."},
           [&](FieldVisitor& members) { describe_run(members, scenario.run, warmup); });
}

}  // namespace seatrial::scenarios
