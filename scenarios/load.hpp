// Reads a scenario file. All problems of a file are found at once and thrown together, in the
// order of the file; warnings come with the scenario.
//
//   const Scenario scenario = load_scenario("cart.json", overrides);  // { "/pods/count=3" }
//
// Not read yet: calibration, reality_check and "between".
#pragma once

#include <optional>
#include <span>
#include <string>

#include "scenarios/problems.hpp"
#include "scenarios/scenario.hpp"

namespace seatrial::scenarios {

// Overrides are "/pointer=value", applied to the base, or to a policy as
// "/policies/NAME/store/consistency=strong".
Scenario load_scenario(const std::string& path, std::span<const std::string> overrides = {});
Scenario parse_scenario(std::string text, std::string path,
                        std::span<const std::string> overrides = {},
                        std::optional<PricesFile> prices = {});

// With a file of prices, whose values stand for the scenario's /prices; overrides may change them.
Scenario load_scenario(const std::string& path, std::span<const std::string> overrides,
                       const std::string& prices_path);

}  // namespace seatrial::scenarios
