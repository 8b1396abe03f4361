// A results.json, read back: what `verify` repeats and `diff` compares.
//
// Law: whoever wrote the file, reading ends in a SavedResults whose parts agree with each other,
// or in a ResultsError with the place. Keys that are not known are ignored, as docs/results.md
// promises to newer programs; a key twice, or one of another kind, is refused.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/experiment/objectives.hpp"
#include "analysis/statistics/interval.hpp"
#include "scenarios/scenario.hpp"

namespace seatrial::analysis {

inline constexpr std::uint64_t most_replications = 100'000;  // as of --replications

// "/run/seed: expected a whole number, got -1"
struct ResultsError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct SavedPart {
  std::string phase;
  std::string region;  // empty: all together
  Verdict verdict = Verdict::inconclusive;
  Interval interval;
};

struct SavedVerdict {
  std::string objective;
  Verdict verdict = Verdict::inconclusive;
  std::vector<SavedPart> parts;  // never empty
  std::size_t decided_by = 0;    // of parts
};

// The metrics of one phase, region and data class; empty names stand for all.
struct SavedMetrics {
  std::string phase, region, data_class;
  std::map<std::string, Interval> values;
};

struct SavedInput {
  std::string value;   // JSON text
  std::string origin;  // "file", "policy", "command_line", "default", "assumed"
};

struct SavedPolicy {
  std::string name;
  std::size_t met = 0, missed = 0, inconclusive = 0;
  std::string digest;
  std::vector<std::string> replications;  // digests
  std::vector<std::string> checkpoints;
  std::vector<SavedVerdict> objectives;  // as the results' objectives
  std::vector<SavedMetrics> metrics;
  std::vector<std::string> pointers;  // of inputs, in the order of the world
  std::map<std::string, SavedInput> inputs;
};

struct SavedScenario {
  std::string file, title, question, baseline, text;
  std::vector<std::string> overrides;
  std::optional<std::pair<std::string, std::string>> prices;  // of --prices: name and text
};

struct SavedRun {
  std::uint64_t seed = 0;
  std::int64_t replications = 1, replications_asked = 1;
  std::optional<std::uint64_t> shuffle_ties;
  std::vector<std::string> workload_digests;
};

struct SavedResults {
  std::string version;  // of the program that wrote it
  std::string digest;
  SavedScenario scenario;
  SavedRun run;
  std::size_t recommended = 0;           // of policies
  std::optional<std::size_t> runner_up;  // of policies
  std::vector<scenarios::Objective> objectives;
  std::vector<SavedPolicy> policies;  // at least one
};

// Throws ResultsError.
SavedResults read_results(std::string_view text);

}  // namespace seatrial::analysis
