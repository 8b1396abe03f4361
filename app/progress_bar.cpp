#include "app/progress_bar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "analysis/report/text.hpp"

namespace seatrial::app {

ProgressBar::ProgressBar(std::ostream& out) : out_{out} {}

void ProgressBar::show(double share_done) {
  const Clock::time_point now = Clock::now();
  if (now - drawn_ < std::chrono::milliseconds{100}) return;
  drawn_ = now;
  constexpr int width = 40;
  const double share = std::clamp(share_done, 0.0, 1.0);
  const int filled = static_cast<int>(share * width);
  const double elapsed = std::chrono::duration<double>(now - started_).count();
  const std::string left = share > 0.01
                               ? analysis::seconds_text(elapsed * (1 - share) / share) + " left"
                               : std::string{};
  out_ << fmt::format("\r\x1b[K[{}{}] {:3.0f} %  {}",
                      std::string(static_cast<std::size_t>(filled), '#'),
                      std::string(static_cast<std::size_t>(width - filled), ' '), 100 * share, left)
       << std::flush;
}

void ProgressBar::clear() { out_ << "\r\x1b[K" << std::flush; }

}  // namespace seatrial::app
