#include "analysis/report/causes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/report/text.hpp"
#include "scenarios/checks.hpp"

namespace seatrial::analysis {
namespace {

// What the policy does without its broker: "read without token".
std::string degradation_text(const models::WorldConfig& world) {
  if (!world.broker.on_unavailable) return "read without token";
  std::string name{world.broker.on_unavailable->name()};
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

}  // namespace

std::string cause_sentence(const models::WorldConfig& world, Cause cause) {
  switch (cause) {
    case Cause::no_token:
      return "The pod had no token, and nothing brought it one: it asked the nearest replica for "
             "whatever that had.";
    case Cause::pod_token_too_old:
      return "The pod had only a token that it had kept from before the write, which another pod "
             "had served.";
    case Cause::client_token_too_old:
      return "The device sent a token from before the write.";
    case Cause::broker_token_too_old:
      return "The broker had a token from before the write.";
    case Cause::degraded:
      return fmt::format("The broker did not answer, so the policy did what it does then: {}.",
                         degradation_text(world));
    case Cause::level_takes_no_token:
      if (models::quorum_of(world.store) != nullptr)
        return "None of the replicas that answered first had got it yet.";
      return "The consistency level takes no token: a replica answers with what it has.";
    case Cause::message_token_too_old:
      return "The message that told of an update carried a token from before a later one.";
    case Cause::other:
      return "The token asked for enough, and yet the read was wrong: a fault of the model or of "
             "the store.";
    case Cause::token_given_up:
      return "No replica that was asked had applied the token, so the client library read without "
             "it in the end.";
  }
  return "";
}

std::vector<data::CauseCount> cause_counts(const models::WorldConfig& world,
                                           const WrongReads& wrong) {
  std::vector<data::CauseCount> all;
  for (std::size_t g = 0; g < guarantee_names.size(); ++g) {
    const CauseCounts& counts = wrong.by_cause[g];
    std::uint64_t sum = 0;
    for (const std::uint64_t count : counts) sum += count;
    const std::size_t first = all.size();
    for (std::size_t c = 0; c < counts.size(); ++c)
      if (counts[c] > 0)
        all.push_back({static_cast<Guarantee>(g), std::string{cause_names[c]},
                       cause_sentence(world, static_cast<Cause>(c)), counts[c],
                       static_cast<double>(counts[c]) / static_cast<double>(sum)});
    std::stable_sort(all.begin() + static_cast<std::ptrdiff_t>(first), all.end(),
                     [](const auto& one, const auto& other) { return one.count > other.count; });
  }
  return all;
}

}  // namespace seatrial::analysis
