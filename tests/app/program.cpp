#include "tests/app/program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

namespace seatrial::app {
namespace {

using Clock = std::chrono::steady_clock;

void expect(bool good, const char* what) {
  if (!good) throw std::runtime_error{what};
}

std::array<int, 2> pipe_ends() {
  std::array<int, 2> ends{};
  expect(pipe2(ends.data(), O_CLOEXEC) == 0, "pipe");
  return ends;
}

template <class Condition>
bool eventually(std::chrono::seconds limit, Condition condition) {
  const Clock::time_point deadline = Clock::now() + limit;
  while (!condition()) {
    if (Clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{2});
  }
  return true;
}

void close_all(std::initializer_list<int*> files) {
  for (int* const file : files) {
    if (*file >= 0) close(*file);
    *file = -1;
  }
}

}  // namespace

Program::Program(const std::vector<std::string>& arguments, Surroundings surroundings) {
  std::string name = std::filesystem::temp_directory_path() / "seatrial-output-XXXXXX";
  out_writer_ = mkostemp(name.data(), O_CLOEXEC);
  expect(out_writer_ >= 0, "mkostemp");
  out_file_ = name;
  if (surroundings.output == Output::nowhere_to_write) {
    close(out_writer_);
    out_writer_ = open("/dev/full", O_WRONLY | O_CLOEXEC);
  } else if (surroundings.output == Output::reader_gone ||
             surroundings.output == Output::reader_idle) {
    close(out_writer_);
    const auto [reader, writer] = pipe_ends();
    out_reader_ = reader, out_writer_ = writer;
  }
  if (surroundings.output == Output::reader_gone) close_all({&out_reader_});
  if (surroundings.terminal) {
    error_reader_ = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    expect(error_reader_ >= 0 && grantpt(error_reader_) == 0 && unlockpt(error_reader_) == 0,
           "posix_openpt");
    error_writer_ = open(ptsname(error_reader_), O_RDWR | O_NOCTTY | O_CLOEXEC);
  } else {
    const auto [reader, writer] = pipe_ends();
    error_reader_ = reader, error_writer_ = writer;
  }
  fcntl(error_reader_, F_SETFL, O_NONBLOCK);
  process_ = fork();
  expect(process_ >= 0, "fork");
  if (process_ == 0) become(arguments, surroundings);
  close_all({&out_writer_, &error_writer_});
}

void Program::become(const std::vector<std::string>& arguments, const Surroundings& surroundings) {
  for (const int signal : {SIGINT, SIGTERM, SIGPIPE, SIGXFSZ}) std::signal(signal, SIG_DFL);
  const rlimit limit{surroundings.largest_file, surroundings.largest_file};
  setrlimit(RLIMIT_FSIZE, &limit);
  dup2(error_writer_, STDERR_FILENO);
  if (surroundings.output == Output::closed)
    close(STDOUT_FILENO);
  else
    dup2(out_writer_, STDOUT_FILENO);
  std::vector<char*> values{const_cast<char*>(SEATRIAL_PROGRAM)};
  for (const std::string& argument : arguments)
    values.push_back(const_cast<char*>(argument.c_str()));
  values.push_back(nullptr);
  execv(SEATRIAL_PROGRAM, values.data());
  _exit(127);
}

Program::~Program() {
  if (!has_ended()) {
    kill(process_, SIGKILL);
    waitpid(process_, &status_, 0);
  }
  close_all({&out_reader_, &error_reader_});
  std::filesystem::remove(out_file_);
}

void Program::read_error() {
  std::array<char, 4096> part{};
  for (;;) {
    const ssize_t bytes = read(error_reader_, part.data(), part.size());
    if (bytes <= 0) return;
    error_.append(part.data(), static_cast<std::size_t>(bytes));
  }
}

bool Program::has_ended() {
  if (!ended_) ended_ = waitpid(process_, &status_, WNOHANG) == process_;
  return ended_;
}

bool Program::says(const std::string& text, std::chrono::seconds limit) {
  return eventually(limit, [&] {
    read_error();
    return error_.find(text) != std::string::npos;
  });
}

bool Program::writes(std::chrono::seconds limit) {
  return eventually(limit, [&] {
    read_error();
    pollfd asked{out_reader_, POLLIN, 0};
    return poll(&asked, 1, 0) == 1 && (asked.revents & POLLIN) != 0;
  });
}

void Program::send(int signal) { kill(process_, signal); }

Ending Program::end(std::chrono::seconds limit) {
  Ending ending;
  ending.ended = eventually(limit, [&] {
    read_error();
    return has_ended();
  });
  read_error();
  if (ending.ended && WIFEXITED(status_)) ending.code = WEXITSTATUS(status_);
  if (ending.ended && WIFSIGNALED(status_)) ending.signal = WTERMSIG(status_);
  std::ifstream out{out_file_};
  ending.out.assign(std::istreambuf_iterator<char>{out}, {});
  ending.error = error_;
  return ending;
}

TemporaryFolder::TemporaryFolder() {
  std::string name = std::filesystem::temp_directory_path() / "seatrial-test-XXXXXX";
  expect(mkdtemp(name.data()) != nullptr, "mkdtemp");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace seatrial::app
