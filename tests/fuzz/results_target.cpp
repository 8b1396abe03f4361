#include <nlohmann/json.hpp>

#include "tests/fuzz/targets.hpp"

namespace seatrial::fuzz {

void fuzz_results(std::string_view) {}

}  // namespace seatrial::fuzz
