#include "models/store/token_text.hpp"

#include <gtest/gtest.h>

#include "sim/random/stream.hpp"

namespace seatrial::models {
namespace {

std::string read_and_written(std::string_view text) {
  const auto read = parse_token_header(text);
  if (const auto* error = std::get_if<TokenTextError>(&read)) {
    return "at " + std::to_string(error->at) + ": " + std::string{error->expected};
  }
  return to_text(std::get<std::vector<PartitionToken>>(read));
}

TEST(TokenText, OfPublishedExamplesReadsAsItself) {
  for (const std::string text :
       {"0:0#209#3=-1", "0:-1#30", "2:1#100#1=20#2=5#3=30", "0:1#57#1=57,3:1#12#1=12", ""}) {
    EXPECT_EQ(read_and_written(text), text);
  }
}

TEST(TokenText, OfAnLsnAloneIsATokenWithoutAVersion) {
  EXPECT_EQ(read_and_written("0:602"), "0:-1#602");
}

TEST(TokenText, CountsARegionThatStandsTwiceAsItStandsLast) {
  EXPECT_EQ(read_and_written("1:1#1#1=1#1=1"), "1:1#1#1=1");
  EXPECT_EQ(read_and_written("1:1#1#2=7#1=4#1=2#2=6"), "1:1#1#1=2#2=6");
}

TEST(TokenText, OfRandomTokensReadsAsItself) {
  const sim::RandomSource random{1, 0};
  for (std::uint64_t i = 0; i != 2'000; ++i) {
    sim::Stream draws{sim::Stream::sequence(random.key(sim::Purpose{"token text"}), i)};
    std::vector<PartitionToken> tokens(draws.below(4));
    for (PartitionToken& each : tokens) {
      each.partition = static_cast<std::uint32_t>(draws.next());
      each.token.version = static_cast<std::int64_t>(draws.next());
      each.token.global_lsn = static_cast<std::int64_t>(draws.next());
      for (std::uint32_t region = 0; region != 5; ++region) {
        if (draws.below(2) == 0) continue;
        each.token.regions.push_back({region * 7, static_cast<std::int64_t>(draws.next())});
      }
    }
    const std::string text = to_text(tokens);
    const auto read = parse_token_header(text);
    ASSERT_TRUE(std::holds_alternative<std::vector<PartitionToken>>(read)) << text;
    EXPECT_EQ(std::get<std::vector<PartitionToken>>(read), tokens) << text;
  }
}

TEST(TokenText, ThatIsWrongIsRefusedWithThePlaceAndTheReason) {
  EXPECT_EQ(read_and_written("x"), "at 0: the number of a partition");
  EXPECT_EQ(read_and_written("-1:1#2"), "at 0: the number of a partition");
  EXPECT_EQ(read_and_written("1"), "at 1: \":\" and the partition's token");
  EXPECT_EQ(read_and_written("1:"), "at 2: the version, or a global LSN alone");
  EXPECT_EQ(read_and_written("1:1#"), "at 4: the global LSN");
  EXPECT_EQ(read_and_written("1:1#2#"), "at 6: the number of a region");
  EXPECT_EQ(read_and_written("1:1#2#3"), "at 7: \"=\" and the region's LSN");
  EXPECT_EQ(read_and_written("1:1#2#3="), "at 8: the LSN of a region");
  EXPECT_EQ(read_and_written("1:1#2#-3=4"), "at 6: the number of a region");
  EXPECT_EQ(read_and_written("1:1#2 "), "at 5: \"#\", \",\" or the end");
  EXPECT_EQ(read_and_written("1:1#2,"), "at 6: the number of a partition");
  EXPECT_EQ(read_and_written("1:9223372036854775808#2"),
            "at 2: the version, or a global LSN alone");
  EXPECT_EQ(read_and_written("1:1#2#4294967296=1"), "at 6: the number of a region");
}

TEST(TokenText, OfOneTokenEndsWithIt) {
  const auto read = parse_token("1#2,1:3#4");
  ASSERT_TRUE(std::holds_alternative<TokenTextError>(read));
  EXPECT_EQ(std::get<TokenTextError>(read).at, 3u);
}

}  // namespace
}  // namespace seatrial::models
