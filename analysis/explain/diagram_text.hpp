// A diagram as lines of text: lanes as columns, time downwards, one event a line.
//
//                phone       pod 3        primary
//             West Eur..   West Eur..    East US
//     0 ms       ├─ update cart ─>│           │
//   0.6 ms       │           ├─ write · 41 ms ─>│       sent at 0.6, 41 ms on the way
//    42 ms       │           │        ● LSN 812 committed
//
// Law: the columns of every line agree, whatever characters the names are made of; names are cut
// where they would spoil the picture, and none can steer the terminal.
#pragma once

#include <string>
#include <vector>

#include "analysis/explain/diagram.hpp"

namespace seatrial::analysis {

struct TextLine {
  std::string text;
  std::size_t columns = 0;  // of text
  Role role = Role::plain;  // of what happens in it, for a colour
};

std::vector<TextLine> diagram_text(const Diagram&);

// The two diagrams of a pair beside each other where `columns` suffice, else one below the other,
// with the words of the pair around them. Ends with a newline.
std::string pair_text(const SameReadTwice&, std::size_t columns, bool colour);

}  // namespace seatrial::analysis
