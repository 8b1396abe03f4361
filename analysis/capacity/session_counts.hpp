// How many operations of a kind one session has, before anything runs: all of them, or those that
// could violate a guarantee (reads of a document that the session wrote before).
//
// Steps are drawn independently, so the number is a walk over them whose state is the set of
// documents that were touched; its first two moments are exact for a user's or session's own
// documents. Of shared documents the chance that two operations meet is the sum of the squared
// popularities, as if every document before were another one.
// Limits: more than six such data classes (the rest counts from the start, which is too many);
// sessions longer than about a thousand steps (they go on as they began).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "models/world_config.hpp"

namespace seatrial::analysis {

// Reads of a second device: it reads each document of the user's own that is updated. `again`: but
// for the first time.
enum class Refetches : std::uint8_t { none, all, again };

// Which operations count. `after`: only those on a document on which the session did this before.
// Refetches count beside them, with `after` an update.
struct Which {
  bool reads = false;
  bool updates = false;
  std::optional<models::ActionKind> after = std::nullopt;
  Refetches refetches = Refetches::none;
};

struct SessionCount {
  double mean = 0;     // of one session
  double squares = 0;  // mean of the squared number
  // How many pauses between steps came before one of them, on average.
  double pauses_before = 0;
};

// `data_class`: only operations on it, an index; squares are of all classes.
SessionCount count_of(const models::WorldConfig&, const Which&,
                      std::optional<std::size_t> data_class = std::nullopt);

// Mean operations of one session by data class, those of a second device included.
struct ClassOperations {
  double reads = 0;
  double updates = 0;
  double inserts = 0;
  double deletes = 0;
  double writes() const { return updates + inserts + deletes; }
};
std::vector<ClassOperations> operations_of_session(const models::WorldConfig&);

// The chance that two operations on a shared class meet the same document.
double chance_to_meet(const models::DataClassConfig&);

}  // namespace seatrial::analysis
