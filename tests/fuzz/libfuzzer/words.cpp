// Writes the dictionary of libFuzzer: every key, name and unit that a scenario can have.
#include <cstdio>

#include "tests/fuzz/vocabulary.hpp"

int main() {
  for (const std::string& word : seatrial::fuzz::vocabulary().all()) {
    std::printf("\"");
    for (const char c : word) std::printf(c == '"' || c == '\\' ? "\\%c" : "%c", c);
    std::printf("\"\n");
  }
}
