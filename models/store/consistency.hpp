// Consistency levels: the account's, and the one at which a read is made.
//
//   level              replicas asked          token   what the answer is
//   strong             a minority quorum       no      committed in all regions; never stale
//   bounded_staleness  a minority quorum       no      at most K versions and T behind
//   session            one by one              yes     what the token asks for, or newer
//   consistent_prefix  one                     no      a prefix of the writes, without gaps
//   eventual           one                     no      anything that a replica has
//   local_quorum       a minority quorum       no      the newest that its region has acknowledged
//
// A read may ask for less than the account's level, never for more. `local_quorum` is no level of
// an account: it is what a client gets on a session, prefix or eventual account that sends the hint
// "strong" with a read. A minority quorum is as many replicas of the region as meet every majority.
//
// Sources: consistency-levels.md of the Azure Cosmos DB documentation (replicas, request units, the
// least staleness bounds); docs/LocalQuorum.md of azure-cosmos-dotnet-v3 (not supported in
// production, it says).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "models/fields.hpp"

namespace seatrial::models {

enum class Consistency : std::uint8_t {
  strong,
  bounded_staleness,
  session,
  consistent_prefix,
  eventual,
  local_quorum
};
// Those of an account.
inline constexpr std::array<std::string_view, 5> consistency_names{
    "strong", "bounded_staleness", "session", "consistent_prefix", "eventual"};

// What reads of a data class ask for.
enum class ReadLevel : std::uint8_t {
  account,
  strong,
  bounded_staleness,
  session,
  consistent_prefix,
  eventual,
  local_quorum
};
inline constexpr std::array<std::string_view, 7> read_level_names{
    "account",           "strong",   "bounded_staleness", "session",
    "consistent_prefix", "eventual", "local_quorum"};

constexpr Consistency level_of(ReadLevel asked, Consistency account) {
  if (asked == ReadLevel::account) return account;
  return static_cast<Consistency>(static_cast<int>(asked) - 1);
}

constexpr bool is_stronger(Consistency level, Consistency than) {
  return level < than && level != Consistency::local_quorum;
}

constexpr bool heeds_token(Consistency level) { return level == Consistency::session; }

constexpr bool asks_quorum(Consistency level) {
  return level == Consistency::strong || level == Consistency::bounded_staleness ||
         level == Consistency::local_quorum;
}

// Whose least bound holds: Cosmos refuses a smaller one.
enum class LeastBound { cosmos, none };
inline constexpr std::array<std::string_view, 2> least_bound_names{"cosmos", "none"};

// How far a read region may be behind the write region before writes are turned away.
struct StalenessBoundConfig {
  std::int64_t versions = 100'000;
  Duration time = Duration::seconds(300);
  LeastBound least = LeastBound::cosmos;

  static constexpr std::int64_t least_versions(bool several_regions) {
    return several_regions ? 100'000 : 10;
  }
  static constexpr Duration least_time(bool several_regions) {
    return Duration::seconds(several_regions ? 300 : 5);
  }
};

void describe(FieldVisitor&, StalenessBoundConfig&);

}  // namespace seatrial::models
