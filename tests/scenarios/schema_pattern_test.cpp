// The pattern of a quantity in the schema matches what the parser reads, and nothing else.
#include <gmock/gmock.h>

#include <random>
#include <regex>

#include "scenarios/quantities.hpp"

namespace seatrial::scenarios {
namespace {

constexpr std::array dimensions{
    Dimension::duration,   Dimension::share,           Dimension::rate,          Dimension::bytes,
    Dimension::multiplier, Dimension::hours_per_month, Dimension::request_units, Dimension::plain};

// Pieces of quantities in any order, most of which are none.
std::string random_text(std::mt19937_64& random) {
  static const std::vector<std::string> pieces{"0",
                                               "5",
                                               "12",
                                               ".",
                                               ".5",
                                               "e",
                                               "E2",
                                               "e-99",
                                               "e+100",
                                               " ",
                                               "  ",
                                               "x",
                                               "-",
                                               "ms",
                                               "s",
                                               "min",
                                               "h",
                                               "d",
                                               "ns",
                                               "us",
                                               "%",
                                               "/s",
                                               "/h",
                                               "B",
                                               "KB",
                                               "GB",
                                               "RU",
                                               "per million",
                                               "per thousand",
                                               "h/month",
                                               "min/month",
                                               "\n",
                                               "12345678901234567890"};
  std::string text;
  for (auto count = 1 + random() % 4; count > 0; --count) text += pieces[random() % pieces.size()];
  return text;
}

TEST(QuantityPattern, MatchesWhatTheParserReadsAndNothingElse) {
  std::mt19937_64 random{1};
  for (const Dimension dimension : dimensions) {
    const std::regex pattern{quantity_pattern(dimension)};
    int read = 0;
    for (int i = 0; i != 5'000; ++i) {
      const std::string text = random_text(random);
      const bool parses = parse_quantity(dimension, text).has_value();
      read += parses ? 1 : 0;
      ASSERT_EQ(std::regex_search(text, pattern), parses) << expected(dimension) << ": " << text;
    }
    EXPECT_GT(read, 0) << expected(dimension);
  }
}

}  // namespace
}  // namespace seatrial::scenarios
