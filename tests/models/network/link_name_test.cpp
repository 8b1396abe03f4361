#include "models/network/link_name.hpp"

#include <gmock/gmock.h>

#include "tests/models/network/network_fixture.hpp"

namespace seatrial::models {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(LinkName, HasOneArrowOrTwo) {
  const auto one = parse_link_name("East US > West Europe");
  const auto both = parse_link_name("East US<>West Europe");

  ASSERT_TRUE(one && both);
  EXPECT_EQ(one->from, "East US");
  EXPECT_EQ(one->to, "West Europe");
  EXPECT_FALSE(one->both_ways);
  EXPECT_EQ(both->from, "East US");
  EXPECT_EQ(both->to, "West Europe");
  EXPECT_TRUE(both->both_ways);
  for (const char* bad : {"", "East US", "> a", "a >", "a > b > c", "<> b", "a < b"}) {
    EXPECT_FALSE(parse_link_name(bad)) << bad;
  }
}

TEST(RegionsProblems, AreNoneInADescriptionThatIsComplete) {
  RegionsConfig regions = regions_of({"East US", "our cellar"});
  regions.links = {stated_link("East US <> our cellar", sim::Distribution::constant(0))};

  EXPECT_THAT(problems_of(regions), IsEmpty());
}

TEST(RegionsProblems, NamePairsWithoutAWay) {
  RegionsConfig regions = regions_of({"East US", "our cellar"});
  regions.links = {stated_link("our cellar > East US", sim::Distribution::constant(0))};

  EXPECT_THAT(problems_of(regions), ElementsAre(HasSubstr("from \"East US\" to \"our cellar\"")));
}

TEST(RegionsProblems, NameEveryMistakeOfALink) {
  RegionsConfig regions = regions_of({"East US", "West Europe"});
  LinkConfig unknown = stated_link("East US > Atlantis", sim::Distribution::constant(0));
  LinkConfig lossy = stated_link("East US > West Europe", sim::Distribution::constant(0));
  lossy.loss = 1.5;
  regions.links = {unknown, lossy, stated_link("East US", sim::Distribution::constant(0))};

  EXPECT_THAT(problems_of(regions),
              ElementsAre(HasSubstr("Atlantis"), HasSubstr("loss"), HasSubstr("A > B")));
}

TEST(RegionsProblems, NameAMatrixThatDoesNotExist) {
  EXPECT_THAT(problems_of(regions_of({"East US"}, "aws")), ElementsAre(HasSubstr("aws")));
}

}  // namespace
}  // namespace seatrial::models
