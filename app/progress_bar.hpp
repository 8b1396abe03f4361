// One line on a terminal that says how much is done and how long the rest will take.
#pragma once

#include <chrono>
#include <iosfwd>

namespace seatrial::app {

class ProgressBar {
 public:
  explicit ProgressBar(std::ostream&);

  // Draws at most ten times a second.
  void show(double share_done);
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  std::ostream& out_;
  Clock::time_point started_ = Clock::now();
  Clock::time_point drawn_;
};

}  // namespace seatrial::app
