// seatrial token: what session tokens from a log or a trace of one's own account ask for.
#include <fmt/format.h>

#include <ostream>
#include <set>

#include "app/arguments.hpp"
#include "models/store/token_text.hpp"

namespace seatrial::app {

namespace {

using models::PartitionToken;
using models::TokenRule;
using models::VectorSessionToken;

std::vector<PartitionToken> read(const std::string& what, const std::string& text) {
  const auto read = models::parse_token_header(text);
  if (const auto* error = std::get_if<models::TokenTextError>(&read)) {
    throw UsageError{
        fmt::format("{}: at character {}: expected {}", what, error->at + 1, error->expected)};
  }
  const auto& tokens = std::get<std::vector<PartitionToken>>(read);
  std::set<std::int64_t> partitions;
  for (const PartitionToken& each : tokens) {
    if (!partitions.insert(each.partition).second)
      throw UsageError{fmt::format("{}: partition {} is given twice", what, each.partition)};
  }
  return tokens;
}

std::string described(const VectorSessionToken& token) {
  std::string text = token.version == -1
                         ? fmt::format("LSN {}, no version", token.global_lsn)
                         : fmt::format("LSN {} of version {}", token.global_lsn, token.version);
  for (const models::RegionProgress& progress : token.regions) {
    text += fmt::format(", region {} at {}", progress.region, progress.lsn);
  }
  return text;
}

std::string answer_text(const VectorSessionToken& token, const VectorSessionToken& replica,
                        TokenRule rule) {
  const std::optional<bool> may = models::may_answer(token, replica, rule);
  if (!may) return "is an internal error: one version, other regions";
  return *may ? "may answer" : "is behind (404/1002)";
}

std::string merged_text(const VectorSessionToken& token, const VectorSessionToken& replica,
                        TokenRule rule) {
  const std::optional<VectorSessionToken> merged = models::merge(token, replica, rule);
  return merged ? models::to_text(*merged) : "do not fit together";
}

// Once, with what older libraries say where they say something else.
void tell(std::ostream& out, const char* what, const std::string& newest,
          const std::string& older) {
  out << "  " << what << ' ' << newest;
  if (older != newest) out << "; older libraries: " << older;
  out << '\n';
}

}  // namespace

int token(const TokenArguments& arguments, Environment& environment) {
  const std::vector<PartitionToken> tokens = read("TOKEN", arguments.token);
  if (tokens.empty())
    throw UsageError{"TOKEN: expected a token, for example 0:1#57#1=57; it is empty"};
  const std::vector<PartitionToken> replicas = read("--replica", arguments.replica);
  for (const PartitionToken& each : tokens) {
    environment.out << fmt::format("partition {}: {}\n", each.partition, described(each.token));
    for (const PartitionToken& replica : replicas) {
      if (replica.partition != each.partition) continue;
      tell(environment.out, ("a replica at " + models::to_text(replica.token)).c_str(),
           answer_text(each.token, replica.token, TokenRule::newest),
           answer_text(each.token, replica.token, TokenRule::older));
      tell(environment.out, "merged:", merged_text(each.token, replica.token, TokenRule::newest),
           merged_text(each.token, replica.token, TokenRule::older));
    }
  }
  return exit_code::good;
}

}  // namespace seatrial::app
