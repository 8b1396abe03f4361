// A user: one or two devices, each with a session of its own, and the documents that belong to
// them. Made when the user's first session arrives, freed when nothing acts for the user any more.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "models/ids.hpp"
#include "models/store/session_token.hpp"
#include "models/store/store.hpp"

namespace seatrial::models {

// What one device remembers between requests.
struct Device {
  SessionId session;
  std::uint8_t number = 0;       // 0: the first
  std::uint32_t operations = 0;  // of its script
  std::optional<PodId> cookie;
  struct Touched {
    PartitionId partition;
    SessionToken token;  // as carried by the client; none until it carries one
  };
  std::vector<Touched> touched;                          // partitions that answered this device
  std::vector<std::optional<DocumentHandle>> documents;  // of data classes owned by the session
  struct Seen {
    DocumentHandle document;
    Version version;
  };
  std::vector<Seen> seen;  // the newest that it has read, of classes whose paths are told apart

  std::optional<Version> seen_of(DocumentHandle document) const {
    const auto known = std::find_if(seen.begin(), seen.end(),
                                    [&](const Seen& s) { return s.document == document; });
    if (known == seen.end()) return std::nullopt;
    return known->version;
  }

  void see(DocumentHandle document, Version version) {
    for (Seen& known : seen) {
      if (known.document != document) continue;
      if (known.version < version) known.version = version;
      return;
    }
    seen.push_back({document, version});
  }

  SessionToken token(PartitionId partition) const {
    const auto known = std::find_if(touched.begin(), touched.end(),
                                    [&](const Touched& t) { return t.partition == partition; });
    return known == touched.end() ? SessionToken{} : known->token;
  }

  void touch(PartitionId partition, SessionToken token) {
    for (Touched& known : touched) {
      if (known.partition != partition) continue;
      known.token = merge(known.token, token);
      return;
    }
    touched.push_back({partition, token});
  }
};

struct User {
  UserId id;
  std::uint32_t slot = 0;  // where the crowd keeps it
  RegionId region;
  Instant arrived;
  bool is_measured = false;
  bool has_second_device = false;
  bool has_loose_ends = false;     // something may still be under way for the user's documents
  bool was_served_abroad = false;  // brokers of other regions may know the user's sessions
  std::uint32_t activities = 0;
  std::array<Device, 2> devices;
  std::vector<std::optional<DocumentHandle>> documents;  // of data classes owned by the user
};

}  // namespace seatrial::models
