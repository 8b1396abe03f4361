// Writes everything that was observed of a run to a file, one JSON object a line (NDJSON), so that
// an outsider can check every count with tools of their own. docs/history.md is its reference.
//
//   HistoryWriter history{"run.ndjson", world, {scenario, policy, seed, replication}};
//   Tee both{{&collector, &history}};
//   ... run_world(world, options, both) ...
//   history.finish();
//
// Law: lines stand in the order of observation; all numbers are integers; instants are nanoseconds
// since the start of the run; names of users, sessions and owners are strings, since readers of
// JSON keep 53 bits of a number. The file appears when finish() succeeds, or not at all.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "analysis/collectors/whole_file.hpp"
#include "models/observation.hpp"

namespace seatrial::models {
struct WorldConfig;
}

namespace seatrial::analysis {

struct HistoryTitle {
  std::string scenario;
  std::string policy;
  std::uint64_t seed = 0;
  std::uint32_t replication = 0;
};

// With its quotation marks. UTF-8 stays as it is.
std::string json_string(std::string_view);

class HistoryWriter final : public models::Observer {
 public:
  HistoryWriter(std::filesystem::path, const models::WorldConfig&, const HistoryTitle&);

  void operation(const models::OperationObserved&) override;
  void commit(const models::CommitObserved&) override;
  void takeover(const models::TakeoverObserved&) override;
  void partitions(const models::PartitionsObserved&) override;
  void conflict(const models::ConflictObserved&) override;
  void user_left(const models::UserLeft&) override;
  void late(const models::LateCost&) override;

  // Throws std::system_error if anything since the opening went wrong.
  void finish();

 private:
  void write_title(const models::WorldConfig&, const HistoryTitle&);
  template <class... Values>
  void put(fmt::format_string<Values...> format, Values&&... values);
  void end_line();

  WholeFile file_;
  fmt::memory_buffer buffer_;
  std::vector<std::string> regions_, phases_, data_classes_;  // as JSON strings
  std::uint64_t operations_ = 0;
  std::uint64_t commits_ = 0;
};

}  // namespace seatrial::analysis
