#include "models/network/azure_matrix.hpp"

#include <gtest/gtest.h>

namespace seatrial::models {
namespace {

TEST(AzureMatrix, HasEveryOrderedPairOfItsRegions) {
  ASSERT_EQ(matrix_regions().size(), 54u);

  for (const std::string_view from : matrix_regions()) {
    EXPECT_TRUE(matrix_has_region(from));
    for (const std::string_view to : matrix_regions()) {
      EXPECT_EQ(published_round_trip(from, to).has_value(), from != to) << from << " > " << to;
    }
  }
}

TEST(AzureMatrix, ReturnsWhatIsPublishedInEachDirection) {
  const auto ms = [](std::string_view from, std::string_view to) {
    return published_round_trip(from, to).value().ms();
  };

  EXPECT_EQ(ms("East US", "West Europe"), 83);
  EXPECT_EQ(ms("East US", "North Europe"), 71);
  EXPECT_EQ(ms("East US", "Southeast Asia"), 224);
  EXPECT_EQ(ms("East US", "East US 2"), 8);
  EXPECT_EQ(ms("Japan East", "Australia East"), 103);
  EXPECT_EQ(ms("Brazil South", "East US"), 118);
  EXPECT_EQ(ms("East US", "West US"), 69);
  EXPECT_EQ(ms("West US", "East US"), 67);
  EXPECT_EQ(ms("Germany West Central", "UAE North"), 118);
  EXPECT_EQ(ms("UAE North", "Germany West Central"), 100);
}

TEST(AzureMatrix, KnowsNoOtherRegion) {
  EXPECT_FALSE(matrix_has_region("East Us"));
  EXPECT_FALSE(matrix_has_region(""));
  EXPECT_FALSE(published_round_trip("East US", "Atlantis").has_value());
  EXPECT_FALSE(distance_km("Atlantis", "East US").has_value());
}

// 533 ordered pairs are slower directly than over some third region.
TEST(AzureMatrix, BreaksTheTriangleInequalityAsPublished) {
  int broken = 0;
  for (const std::string_view from : matrix_regions()) {
    for (const std::string_view to : matrix_regions()) {
      if (from == to) continue;
      bool detour_is_faster = false;
      for (const std::string_view over : matrix_regions()) {
        if (over == from || over == to) continue;
        detour_is_faster |= *published_round_trip(from, over) + *published_round_trip(over, to) <
                            *published_round_trip(from, to);
      }
      broken += detour_is_faster;
    }
  }

  EXPECT_EQ(broken, 533);
}

TEST(RegionDistance, IsTheGreatCircleWithinTheRoundingOfThePlaces) {
  EXPECT_NEAR(distance_km("East US", "Japan East").value(), 10'900, 150);
  EXPECT_NEAR(distance_km("Australia East", "New Zealand North").value(), 2'160, 30);
  EXPECT_NEAR(distance_km("North Europe", "West Europe").value(), 750, 30);
  EXPECT_NEAR(distance_km("Brazil South", "South Africa North").value(), 7'450, 100);
  EXPECT_EQ(distance_km("East US", "East US").value(), 0);
}

// In fibre light needs 1 ms for 100 km there and back, so a coordinate that makes light too slow
// for the published round trip is wrong. Half a degree of slack for regions close to each other.
TEST(RegionDistance, IsNeverFurtherThanLightGetsInThePublishedRoundTrip) {
  for (const std::string_view from : matrix_regions()) {
    for (const std::string_view to : matrix_regions()) {
      if (from == to) continue;
      const double reach_km = 102 * (published_round_trip(from, to)->ms() + 0.5) + 55;
      EXPECT_LE(distance_km(from, to).value(), reach_km) << from << " > " << to;
      EXPECT_EQ(distance_km(from, to).value(), distance_km(to, from).value());
    }
  }
}

}  // namespace
}  // namespace seatrial::models
