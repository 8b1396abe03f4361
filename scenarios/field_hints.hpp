// What helps somebody whose key or value is wrong: where the key would be right, and the smallest
// thing that could stand there. Pointers are those of a world, without /policies/NAME.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace seatrial::scenarios {

// Where a key stands that is unknown at `pointer` (whose last part it is):
//   `; did you mean /store/replication/write_quorum?`   in another place, of the same section first
//   `; it goes with "pods"`                             here, beside another choice
// or nothing.
std::string where_it_belongs(std::string_view pointer, std::string_view key);

// The keys that belong to one of the alternatives of the object at `pointer`.
std::vector<std::string> keys_of_alternative(std::string_view pointer, std::string_view key);

// The keys that an element of the list at `pointer` may have.
std::vector<std::string> keys_of_element(std::string_view pointer);

// `{ "every": ..., "to": ... }`: what is required there, or else the first key with its default.
std::string smallest_object(std::string_view pointer);

}  // namespace seatrial::scenarios
