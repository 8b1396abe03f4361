#include "models/network/network_config.hpp"

#include <algorithm>

namespace seatrial::models {
namespace {

template <class Entry, class Name>
Entry& entry_named(std::vector<Entry>& entries, Name Entry::*name, const std::string& wanted) {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const Entry& entry) { return entry.*name == wanted; });
  if (found != entries.end()) return *found;
  entries.emplace_back().*name = wanted;
  return entries.back();
}

template <class Entry, class Name>
std::vector<std::string> names_of(const std::vector<Entry>& entries, Name Entry::*name) {
  std::vector<std::string> names;
  for (const Entry& entry : entries) names.push_back(entry.*name);
  return names;
}

void describe(FieldVisitor& v, LinkConfig& config) {
  v.optional_duration_distribution(
      {.key = "one_way",
       .sentence = "Time of one message in one direction. Left out: as the matrix says."},
      config.has_one_way, config.one_way);
  v.share({.key = "loss",
           .sentence = "Share of the messages that vanish without a trace. For a while in which "
                       "nothing passes there is the fault cut_link.",
           .source = "assumed",
           .at_least = 0,
           .at_most = 0.99},
          config.loss);
  Bytes bandwidth = static_cast<Bytes>(config.bytes_per_second);
  v.bytes({.key = "bytes_per_second",
           .sentence = "Bandwidth in one direction, for example \"125 MB\"; messages queue behind "
                       "each other. \"0 B\": not limited.",
           .source = "assumed",
           .at_least = 0},
          bandwidth);
  config.bytes_per_second = static_cast<double>(bandwidth);
}

void describe_places(FieldVisitor& v, RegionsConfig& config) {
  v.count({.key = "zones",
           .sentence = "Availability zones of a region; pods, replicas and brokers are spread "
                       "over them in turn.",
           .source = "assumed",
           .at_least = 1,
           .at_most = 16},
          config.zones);
  v.duration_distribution(
      {.key = "same_zone_round_trip",
       .sentence = "Round trip between two machines of one zone.",
       .source = "simonpainter.com/azure-latency-1: average of a TCP echo, UK South"},
      config.same_zone_round_trip);
  v.duration_distribution(
      {.key = "cross_zone_round_trip",
       .sentence = "Round trip between two zones of one region.",
       .source = "simonpainter.com/azure-latency-1: average of a TCP echo, UK South"},
      config.cross_zone_round_trip);
  v.duration_distribution(
      {.key = "last_mile_round_trip",
       .sentence = "Round trip between a user's device and the front door of the user's region.",
       .source = "assumed"},
      config.last_mile_round_trip);
  v.duration({.key = "request_timeout",
              .sentence = "After this long the front door answers for a pod that did not; the "
                          "request's work goes on.",
              .source = "assumed",
              .at_least = 1e6},
             config.request_timeout);
}

}  // namespace

void describe(FieldVisitor& v, RegionsConfig& config) {
  v.text({.key = "matrix",
          .sentence = "Published round trips between regions: \"azure-2026-07\" (Azure, P50 of the "
                      "30 days to 2026-07-30), or \"none\" where every pair has a link below."},
         config.matrix);
  v.map(
      {.key = "users",
       .sentence = "The regions, each with its share of the users; the shares sum to 100 %.",
       .required = "name the regions and the share of users nearest to each (from the front "
                   "door's request counts by region), for example { \"East US\": \"60%\", "
                   "\"West Europe\": \"40%\" }",
       .at_least = 1,
       .at_most = 64},
      [&] { return names_of(config.users, &UserShare::region); },
      [&](FieldVisitor& entry, const std::string& name) {
        UserShare& user = entry_named(config.users, &UserShare::region, name);
        entry.share({.key = "",
                     .sentence = "Share of all users whose nearest region this is.",
                     .at_least = 0,
                     .at_most = 1},
                    user.share);
      });
  v.map(
      {.key = "links",
       .sentence = "Links that differ from the matrix: \"East US > West Europe\" one way, "
                   "\"East US <> West Europe\" both ways.",
       .at_most = 4'096},
      [&] { return names_of(config.links, &LinkConfig::name); },
      [&](FieldVisitor& entry, const std::string& name) {
        describe(entry, entry_named(config.links, &LinkConfig::name, name));
      });
  v.one_of({.key = "route", .sentence = "Which region serves a user: the nearest healthy one."},
           route_names, config.route);
  v.flag({.key = "jitter",
          .sentence = "Whether the matrix' links vary: medians as published, tails of the shape "
                      "measured between EC2 regions.",
          .source = "bailis.org, 68 EC2 pairs of 2013: p99/p50 1.15, p99.9/p50 1.38"},
         config.jitter);
  describe_places(v, config);
}

}  // namespace seatrial::models
