// Session tokens as text, as the header x-ms-session-token and cookies carry them.
//
//   header   list of <partition>:<token>, separated by commas     0:1#57#1=57,3:1#12#1=12
//   token    {version}#{globalLSN}#{region}={localLSN}#...        1#57#1=57
//            legacy: -1#{globalLSN}, or the LSN alone             -1#30, 602
//
// Laws: a text is read to a token or refused with the place and the reason, whatever it is; a token
// that is written reads as itself. The LSN alone reads as version -1 without regions. A region that
// stands twice counts as it stands last (the libraries do that, and such tokens were seen).
// Source: as vector_session_token.hpp. Stricter than the libraries: a number has digits and fits,
// nothing is empty.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "models/store/vector_session_token.hpp"

namespace seatrial::models {

struct TokenTextError {
  std::size_t at = 0;  // bytes from the start of the text
  std::string_view expected;
};

// Of one partition (the service says: partition key range).
struct PartitionToken {
  std::uint32_t partition = 0;
  VectorSessionToken token;
  bool operator==(const PartitionToken&) const = default;
};

std::string to_text(const VectorSessionToken& token);
std::string to_text(const std::vector<PartitionToken>& tokens);

std::variant<VectorSessionToken, TokenTextError> parse_token(std::string_view text);
// An empty header carries no token.
std::variant<std::vector<PartitionToken>, TokenTextError> parse_token_header(std::string_view text);

}  // namespace seatrial::models
