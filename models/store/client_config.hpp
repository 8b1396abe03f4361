// What a scenario says of the store's client library: what it does when no replica has caught up
// with a read's token, and when no answer comes.
//
// Sources: SessionRetryOptions.cs and ConfigurationManager.cs of azure-cosmos-dotnet-v3,
// CosmosRegionSwitchHint of azure-sdk-for-java; azure-sdk-for-js pull request 17034 (a last try
// without the token, which nobody is told of); "Cross Region Request Hedging.md" of
// azure-cosmos-dotnet-v3.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "models/fields.hpp"

namespace seatrial::models {

// Where a read that was sent back with 404/1002 is to go on.
enum class PreferredRegion { local, remote };
inline constexpr std::array<std::string_view, 2> preferred_region_names{"local", "remote"};

struct SessionRetryConfig {
  PreferredRegion prefer = PreferredRegion::local;
  // Of `remote`: so many retries in the region, the last of them not before this time.
  std::int64_t in_region_retries = 1;
  Duration min_in_region_time = Duration::milliseconds(500);
};

// What is left when neither the region nor the write region has the token.
enum class OnTokenUnsatisfied { error, read_without_token, write_region };
inline constexpr std::array<std::string_view, 3> on_token_unsatisfied_names{
    "error", "read_without_token", "write_region"};

// A read without a final answer is sent to the next region as well, and on to others.
struct HedgeConfig {
  bool present = false;
  Duration after;                               // the first answer has so long
  Duration step = Duration::milliseconds(500);  // and each region after it
};

void describe(FieldVisitor&, SessionRetryConfig&);
void describe(FieldVisitor&, OnTokenUnsatisfied&);
void describe(FieldVisitor&, HedgeConfig&);

}  // namespace seatrial::models
