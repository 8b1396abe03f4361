#include "models/store/token_text.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace seatrial::models {

namespace {

// Reads from left to right; once something is wrong it keeps the first error.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_{text} {}

  template <class Number>
  Number number(std::string_view expected) {
    Number value{};
    if (error_) return value;
    const char* const begin = text_.data() + at_;
    const auto [end, failure] = std::from_chars(begin, text_.data() + text_.size(), value);
    if (failure == std::errc{}) {
      at_ += static_cast<std::size_t>(end - begin);
    } else {
      error_ = TokenTextError{at_, expected};
    }
    return value;
  }

  bool skip(char c) {
    if (error_ || at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  void demand(char c, std::string_view expected) {
    if (!skip(c) && !error_) error_ = TokenTextError{at_, expected};
  }

  bool is_over() const { return error_ || at_ == text_.size(); }
  const std::optional<TokenTextError>& error() const { return error_; }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::optional<TokenTextError> error_;
};

void sort_last_of_each(std::vector<RegionProgress>& regions) {
  std::stable_sort(
      regions.begin(), regions.end(),
      [](const RegionProgress& a, const RegionProgress& b) { return a.region < b.region; });
  const auto rest = std::unique(
      regions.rbegin(), regions.rend(),
      [](const RegionProgress& a, const RegionProgress& b) { return a.region == b.region; });
  regions.erase(regions.begin(), rest.base());
}

VectorSessionToken read_token(Reader& reader) {
  VectorSessionToken token;
  token.version = reader.number<std::int64_t>("the version, or a global LSN alone");
  if (!reader.skip('#')) {
    token.global_lsn = token.version;
    token.version = -1;
    return token;
  }
  token.global_lsn = reader.number<std::int64_t>("the global LSN");
  while (reader.skip('#')) {
    RegionProgress progress;
    progress.region = reader.number<std::uint32_t>("the number of a region");
    reader.demand('=', "\"=\" and the region's LSN");
    progress.lsn = reader.number<std::int64_t>("the LSN of a region");
    token.regions.push_back(progress);
  }
  sort_last_of_each(token.regions);
  return token;
}

}  // namespace

std::string to_text(const VectorSessionToken& token) {
  std::string text = std::to_string(token.version) + '#' + std::to_string(token.global_lsn);
  for (const RegionProgress& progress : token.regions) {
    text += '#' + std::to_string(progress.region) + '=' + std::to_string(progress.lsn);
  }
  return text;
}

std::string to_text(const std::vector<PartitionToken>& tokens) {
  std::string text;
  for (const PartitionToken& each : tokens) {
    if (!text.empty()) text += ',';
    text += std::to_string(each.partition) + ':' + to_text(each.token);
  }
  return text;
}

std::variant<VectorSessionToken, TokenTextError> parse_token(std::string_view text) {
  Reader reader{text};
  VectorSessionToken token = read_token(reader);
  while (!reader.is_over()) reader.demand('#', "\"#\", or the end");
  if (reader.error()) return *reader.error();
  return token;
}

std::variant<std::vector<PartitionToken>, TokenTextError> parse_token_header(
    std::string_view text) {
  std::vector<PartitionToken> tokens;
  Reader reader{text};
  while (!reader.is_over()) {
    if (!tokens.empty()) reader.demand(',', "\"#\", \",\" or the end");
    PartitionToken each;
    each.partition = reader.number<std::uint32_t>("the number of a partition");
    reader.demand(':', "\":\" and the partition's token");
    each.token = read_token(reader);
    tokens.push_back(std::move(each));
  }
  if (reader.error()) return *reader.error();
  return tokens;
}

}  // namespace seatrial::models
