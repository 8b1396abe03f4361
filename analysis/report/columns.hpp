// The table of policies against objectives, as cells of text: terminal and markdown draw it.
#pragma once

#include <string>
#include <vector>

#include "analysis/experiment/comparison.hpp"

namespace seatrial::analysis {

struct TableCell {
  std::string text;
  Verdict verdict = Verdict::pass;
};

struct TableRow {
  std::string policy;
  std::vector<TableCell> objectives;
  std::string ru;     // RU per operation
  std::string month;  // wrong reads a month
  std::string met;    // "5/8"
};

struct TableHead {
  std::string name;   // of the objective
  std::string what;   // "per million", "read p99, worst region"
  std::string limit;  // "<= 1,000 per million outside outage"
};

struct Table {
  std::vector<TableHead> heads;
  std::vector<TableRow> rows;
  bool has_months = false;
  bool any_zero_bound = false;
  bool any_fail = false;
  bool any_inconclusive = false;
  bool any_worst_phase = false;  // an objective is judged in several phases, each by itself
  bool any_outside = false;      // an objective pools all phases but one
  bool any_region = false;
};

// `with_intervals`: "20,800 [20,600, 21,000]" where the objective is missed or inconclusive.
Table table_of(const scenarios::Scenario&, const Comparison&, bool with_intervals);

}  // namespace seatrial::analysis
