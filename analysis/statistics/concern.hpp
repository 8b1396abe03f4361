// The order in which a reader asks what differs: are reads right, is it there, is anything lost,
// how long does it take, and only then what it costs. Whatever is listed of several metrics is
// listed in it.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace seatrial::analysis {

enum class Concern : std::uint8_t { wrong_reads, availability, losses, latency, cost };
inline constexpr std::array<std::string_view, 5> concern_names{"right reads", "availability",
                                                               "lost writes", "latency", "cost"};

// Of a metric that is not known: the last.
Concern concern_of(std::string_view metric);

}  // namespace seatrial::analysis
