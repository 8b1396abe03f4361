#include "analysis/report/page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace seatrial::analysis {
namespace {

using testing::HasSubstr;
using testing::Not;

// What stands in the element that holds the data.
std::string data_of(const std::string& page) {
  const std::size_t element = page.find("<script type=\"application/json\"");
  const std::size_t begin = page.find('>', element) + 1;
  return page.substr(begin, page.find("</script", begin) - begin);
}

TEST(Page, HoldsItsDataUnchanged) {
  const nlohmann::json data = {{"title", "carts & \"quotes\" \\ $& \u2028 </p>"}, {"n", 12}};

  const std::string text = page(data.dump());

  EXPECT_EQ(nlohmann::json::parse(data_of(text)), data);
}

TEST(Page, LetsNoNameEndTheElementThatHoldsIt) {
  const nlohmann::json data = {"</script><script>alert(1)</script>", "<!--<script>", "\u2029"};

  const std::string text = page(data.dump());

  EXPECT_THAT(text, Not(HasSubstr("alert(1)</script>")));
  EXPECT_THAT(text, Not(HasSubstr("<!--<script>")));
  EXPECT_THAT(data_of(text), Not(HasSubstr("\u2029")));
  EXPECT_EQ(nlohmann::json::parse(data_of(text)), data);
}

TEST(Page, DoesNotLookForItsPlaceInTheData) {
  const std::string text = page("[\"@seatrial-report@\"]");

  EXPECT_EQ(data_of(text), "[\"@seatrial-report@\"]");
}

TEST(Page, LoadsNothing) {
  if (!has_page()) GTEST_SKIP() << "built with SEATRIAL_PAGE=OFF";

  const std::string text = page("{}");

  EXPECT_THAT(text, HasSubstr("default-src 'none'; script-src 'sha256-"));
  EXPECT_THAT(text, Not(HasSubstr("unsafe-inline")));
  EXPECT_THAT(text, Not(HasSubstr(" src=\"")));
  EXPECT_THAT(text, Not(HasSubstr("<link")));
}

TEST(Page, SaysThatItWasLeftOut) {
  if (has_page()) GTEST_SKIP() << "built with the page";

  EXPECT_THAT(page("{}"), HasSubstr("built without the report page"));
}

}  // namespace
}  // namespace seatrial::analysis
