// What is done with any input at all: one function for each reader of input. libFuzzer calls them
// (./dev fuzz), and so does the test program test_fuzz, with the corpus, with what once broke, and
// with a short series of random mutations.
//
// Law: no input crashes, hangs, leaks or is silently accepted. A target throws LawBroken when the
// reader broke one of the laws that are checked after it: then the reader is wrong, not the input.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace seatrial::fuzz {

struct LawBroken : std::logic_error {
  using std::logic_error::logic_error;
};

// Throws LawBroken unless it holds.
void law(bool holds, const std::string& what);

// A scenario file. Accepted: the schema accepts it, too, it resolves, its resolved values make the
// same scenario, and its world can be built. Refused: with a place in the file, in words that are
// safe to print.
void fuzz_scenario(std::string_view text);

// Values of --set on the scenario first-steps, separated by NUL.
void fuzz_override(std::string_view texts);

// The first byte chooses the dimension; the rest is a quantity, or the JSON of a distribution.
void fuzz_quantity(std::string_view bytes);

// A header of session tokens. Accepted: what is written of it reads as the same tokens, and tokens
// keep their laws. Refused: with a place and a reason.
void fuzz_token(std::string_view text);

// A results.json, as it is read by every command that takes one.
void fuzz_results(std::string_view text);

}  // namespace seatrial::fuzz
