#include <cstddef>
#include <cstdint>
#include <cstring>

#include "tests/fuzz/mutations.hpp"
#include "tests/fuzz/targets.hpp"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  seatrial::fuzz::fuzz_scenario({reinterpret_cast<const char*>(data), size});
  return 0;
}

// Three of four inputs are changed as trees, so that most stay JSON and reach the deep parts.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned int seed) {
  if (seed % 4 == 0) return LLVMFuzzerMutate(data, size, most);
  const std::string text =
      seatrial::fuzz::mutated({reinterpret_cast<const char*>(data), size}, seed);
  if (text.empty() || text.size() > most) return LLVMFuzzerMutate(data, size, most);
  std::memcpy(data, text.data(), text.size());
  return text.size();
}
