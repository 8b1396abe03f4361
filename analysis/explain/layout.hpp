// Where the lanes of a diagram stand in a line of text: as close as the labels between them allow.
#pragma once

#include <string>
#include <vector>

#include "analysis/explain/diagram.hpp"

namespace seatrial::analysis {

class Layout {
 public:
  static constexpr std::size_t time_columns = 11;

  explicit Layout(const Diagram&);

  std::size_t columns() const { return columns_; }
  std::size_t at(std::size_t lane) const { return at_[lane]; }
  struct Head {
    std::string label, place;  // cut
  };
  const Head& head(std::size_t lane) const { return heads_[lane]; }
  // A mark's label stands on the side with room.
  bool is_right_of_lane(const Mark&) const;

  // "0 ms", "+152.3 ms"
  static std::string time_text(models::Duration);
  // What is written on an arrow and beside a mark. A way of a millisecond and more says so.
  static std::string label_of(const Message&);
  static std::string label_of(const Mark&);

 private:
  void cut_heads(const Diagram&);
  void make_room(std::size_t left, std::size_t right, std::size_t columns);
  void make_room_for_messages(const Diagram&);
  void make_room_for_marks(const Diagram&);

  std::vector<Head> heads_;
  std::vector<std::size_t> gaps_;  // from a lane to the next
  std::vector<std::size_t> at_;
  std::size_t columns_ = 0;
};

}  // namespace seatrial::analysis
