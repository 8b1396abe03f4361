// 128-bit integers, which both compilers have but ISO C++ does not: named here once.
#pragma once

namespace seatrial::sim {

__extension__ typedef unsigned __int128 Unsigned128;

}  // namespace seatrial::sim
