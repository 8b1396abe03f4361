// The published round trips between Azure regions, and how far the regions are apart.
//
// Law: what is published is returned unchanged, per direction: 54 regions, every ordered pair of
// two of them, none of a region with itself. The numbers are part of the program.
// Source: data/azure-region-rtt.csv (P50 over the 30 days that ended on 2026-07-30) and
// data/region-coordinates.csv (approximate), each with its origin in its first lines.
// Not modelled: the seasons of a link. The published value is one number for a month.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "models/ids.hpp"

namespace seatrial::models {

// What RegionsConfig::matrix calls it.
inline constexpr std::string_view azure_matrix_name = "azure-2026-07";

// In the order of the alphabet.
std::span<const std::string_view> matrix_regions();

bool matrix_has_region(std::string_view name);

// Measured from `from`. Nothing for an unknown region and for a region with itself.
std::optional<Duration> published_round_trip(std::string_view from, std::string_view to);

// Along the great circle between the regions' approximate places; 0 for a region with itself,
// nothing for a region that the matrix does not have. For warnings to people, never in a run:
// the last bits come from the machine's libm.
std::optional<double> distance_km(std::string_view from, std::string_view to);

}  // namespace seatrial::models
