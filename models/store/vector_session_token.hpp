// The session token of one partition in the form of the public client libraries: which version of
// the partition's configuration answered, how far it was globally, and how far each region was.
//
//   {version}#{globalLSN}#{regionId}={localLSN}#...      3#209#1=209#2=180      (token_text.hpp)
//
// SessionToken (session_token.hpp) is its reduction to one write region: the epoch is the version,
// and the local parts say the same as the global one.
//
// Laws, over the tokens of one partition whose regions, once removed, never come back:
//  1. may_answer is a partial order: reflexive, antisymmetric, transitive.
//  2. merge is commutative, associative, idempotent, and an upper bound under the same rule.
// Counter-example where a region does come back: merging 1#1#1=5#2=9, 2#1#1=3 and 3#1#1=1#2=1 from
// the left forgets the 9 of region 2, because version 2 has no region 2; from the right it keeps
// the 9. That is what the published rule does, under either rule, and we do the same.
//
// Source: VectorSessionToken of the public client libraries: azure-cosmos-dotnet-v3, branch
// msdata/direct at 1bc2c522 (newest), main of 2021 (older).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace seatrial::models {

struct RegionProgress {
  std::uint32_t region = 0;  // the service's number of the region
  std::int64_t lsn = 0;      // -1: nothing yet
  bool operator==(const RegionProgress&) const = default;
};

struct VectorSessionToken {
  std::int64_t version = 0;  // grows with every change of the partition's topology
  std::int64_t global_lsn = 0;
  std::vector<RegionProgress> regions;  // by number, each once
  bool operator==(const VectorSessionToken&) const = default;
};

// What global LSNs of different versions mean to each other: `newest`: nothing, because a failover
// may have taken back what the lower version counted; `older`: they are compared all the same.
enum class TokenRule { newest, older };

// Whether a replica that is as far as `replica` may answer a request that carries `request`.
// Nothing: both are of one version and have different regions, which the libraries call an
// internal error.
std::optional<bool> may_answer(const VectorSessionToken& request, const VectorSessionToken& replica,
                               TokenRule rule = TokenRule::newest);

// The regions are those of the higher version. Nothing: as above.
std::optional<VectorSessionToken> merge(const VectorSessionToken& a, const VectorSessionToken& b,
                                        TokenRule rule = TokenRule::newest);

}  // namespace seatrial::models
