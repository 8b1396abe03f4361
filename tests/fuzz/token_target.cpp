#include "models/store/token_text.hpp"
#include "tests/fuzz/targets.hpp"

namespace seatrial::fuzz {

namespace {

using models::VectorSessionToken;

void check_pair(const VectorSessionToken& a, const VectorSessionToken& b) {
  for (const models::TokenRule rule : {models::TokenRule::newest, models::TokenRule::older}) {
    const auto merged = models::merge(a, b, rule);
    law(merged == models::merge(b, a, rule), "tokens that merge otherwise the other way round");
    if (!merged) continue;
    law(models::may_answer(a, *merged, rule) == true, "a token above what it is merged into");
    law(models::may_answer(b, *merged, rule) == true, "a token above what it is merged into");
  }
}

}  // namespace

void fuzz_token(std::string_view text) {
  const auto read = models::parse_token_header(text);
  if (const auto* error = std::get_if<models::TokenTextError>(&read)) {
    law(error->at <= text.size() && !error->expected.empty(), "an error without place or reason");
    return;
  }
  const auto& tokens = std::get<std::vector<models::PartitionToken>>(read);
  const std::string written = models::to_text(tokens);
  const auto again = models::parse_token_header(written);
  const auto* same = std::get_if<std::vector<models::PartitionToken>>(&again);
  law(same != nullptr && *same == tokens, "written as " + written + ", which is another token");
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    check_pair(tokens[i].token, tokens[i + 1].token);
  }
}

}  // namespace seatrial::fuzz
