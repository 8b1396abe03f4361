#include "models/network/azure_matrix.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>
#include <vector>

#include "sim/assert.hpp"

namespace seatrial::embedded {
std::span<const std::string_view> azure_region_rtt();
std::span<const std::string_view> region_coordinates();
}  // namespace seatrial::embedded

namespace seatrial::models {

namespace {

std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  for (;;) {
    const std::size_t comma = line.find(',');
    cells.push_back(line.substr(0, comma));
    if (comma == std::string_view::npos) return cells;
    line.remove_prefix(comma + 1);
  }
}

// The rows of a table whose first lines are comments and then the names of the columns.
std::vector<std::vector<std::string_view>> rows_of(std::span<const std::string_view> lines) {
  std::vector<std::vector<std::string_view>> rows;
  for (const std::string_view line : lines) {
    if (!line.starts_with('#')) rows.push_back(cells_of(line));
  }
  rows.erase(rows.begin());
  return rows;
}

template <class Number>
Number number_in(std::string_view cell) {
  Number value{};
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  SEATRIAL_ASSERT(error == std::errc{} && end == cell.data() + cell.size(),
                  "a cell of an embedded table is no number");
  return value;
}

struct Coordinates {
  double latitude = 0;  // degrees
  double longitude = 0;
};

struct Matrix {
  std::vector<std::string_view> regions;  // sorted
  std::vector<Duration> round_trips;      // [from * regions + to]
  std::vector<Coordinates> coordinates;   // [region]

  std::optional<std::size_t> index_of(std::string_view name) const {
    const auto found = std::lower_bound(regions.begin(), regions.end(), name);
    if (found == regions.end() || *found != name) return std::nullopt;
    return static_cast<std::size_t>(found - regions.begin());
  }
};

Matrix parse() {
  Matrix matrix;
  const auto round_trips = rows_of(embedded::azure_region_rtt());
  for (const auto& row : round_trips) matrix.regions.push_back(row.at(0));
  std::sort(matrix.regions.begin(), matrix.regions.end());
  matrix.regions.erase(std::unique(matrix.regions.begin(), matrix.regions.end()),
                       matrix.regions.end());
  const std::size_t regions = matrix.regions.size();
  SEATRIAL_ASSERT(round_trips.size() == regions * (regions - 1), "the matrix is not square");
  matrix.round_trips.resize(regions * regions);
  for (const auto& row : round_trips) {
    matrix.round_trips[*matrix.index_of(row.at(0)) * regions + *matrix.index_of(row.at(1))] =
        Duration::milliseconds(number_in<std::int64_t>(row.at(2)));
  }
  matrix.coordinates.resize(regions);
  for (const auto& row : rows_of(embedded::region_coordinates())) {
    matrix.coordinates[matrix.index_of(row.at(0)).value()] = {number_in<double>(row.at(2)),
                                                              number_in<double>(row.at(3))};
  }
  return matrix;
}

const Matrix& matrix() {
  static const Matrix parsed = parse();
  return parsed;
}

double great_circle_km(Coordinates a, Coordinates b) {
  constexpr double earth_radius_km = 6371.0;  // mean radius, IUGG
  constexpr double degree = std::numbers::pi / 180;
  const double half_height = std::sin((b.latitude - a.latitude) * degree / 2);
  const double half_width = std::sin((b.longitude - a.longitude) * degree / 2);
  const double haversine = half_height * half_height + std::cos(a.latitude * degree) *
                                                           std::cos(b.latitude * degree) *
                                                           half_width * half_width;
  return 2 * earth_radius_km * std::asin(std::min(1.0, std::sqrt(haversine)));
}

}  // namespace

std::span<const std::string_view> matrix_regions() { return matrix().regions; }

bool matrix_has_region(std::string_view name) { return matrix().index_of(name).has_value(); }

std::optional<Duration> published_round_trip(std::string_view from, std::string_view to) {
  const auto row = matrix().index_of(from);
  const auto column = matrix().index_of(to);
  if (!row || !column || row == column) return std::nullopt;
  return matrix().round_trips[*row * matrix().regions.size() + *column];
}

std::optional<double> distance_km(std::string_view from, std::string_view to) {
  const auto a = matrix().index_of(from);
  const auto b = matrix().index_of(to);
  if (!a || !b) return std::nullopt;
  return great_circle_km(matrix().coordinates[*a], matrix().coordinates[*b]);
}

}  // namespace seatrial::models
