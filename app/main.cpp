// The program: real streams, the real simulation, and signals. The first Ctrl-C or SIGTERM lets the
// running replications go and reports what is whole; the second one ends the process. A reader that
// has gone (SIGPIPE) ends it, too: all files are whole before anything is printed.
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <iostream>

#include "analysis/experiment/simulate.hpp"
#include "app/command_line.hpp"
#include "app/report_of.hpp"

namespace {

std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "set from a signal handler");

void on_interrupt(int signal) {
  interrupted.store(true);
  std::signal(signal, SIG_DFL);
}

// A closed stream's number would go to the next file that is opened, and what is printed into that
// file. Taken by something that can only be read, writing fails as it should.
void take_closed_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    while (fcntl(stream, F_GETFD) == -1 && open("/dev/null", O_RDONLY) >= 0) continue;
}

// A page's where standard output is no terminal, or one that does not say.
std::size_t columns_of_terminal(std::size_t otherwise) {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return otherwise;
  return size.ws_col;
}

}  // namespace

int main(int count, char** values) {
  using namespace seatrial;
  take_closed_streams();
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
  std::signal(SIGXFSZ, SIG_IGN);  // a file that grows too large is an error of writing
  const bool no_colour = std::getenv("NO_COLOR") != nullptr && *std::getenv("NO_COLOR") != '\0';
  app::Environment environment{std::cout,
                               std::cerr,
                               isatty(STDOUT_FILENO) == 1 && !no_colour,
                               isatty(STDERR_FILENO) == 1,
                               analysis::simulate,
                               analysis::simulate_watched,
                               [] { return interrupted.load(std::memory_order_relaxed); },
                               app::worth_reading};
  environment.columns = columns_of_terminal(environment.columns);
  const int code = app::run_command_line({values + 1, values + count}, environment);
  std::cout.flush();
  if (std::cout) return code;
  std::cerr << "seatrial: cannot write to standard output\n";
  return code == app::exit_code::good ? app::exit_code::usage : code;
}
