// The built program as a process of its own: what signals, closed streams and full disks do to it.
// Everything waits by polling and with a limit.
#pragma once

#include <sys/resource.h>
#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace seatrial::app {

enum class Output { kept, nowhere_to_write, reader_gone, reader_idle, closed };

struct Surroundings {
  Output output = Output::kept;  // /dev/full; a pipe whose reader has gone or does not read
  bool terminal = false;         // standard error is one: progress is shown
  rlim_t largest_file = RLIM_INFINITY;
};

struct Ending {
  bool ended = false;  // false: the limit passed
  int code = -1;       // -1: by a signal
  int signal = 0;
  std::string out, error;
};

class Program {
 public:
  explicit Program(const std::vector<std::string>& arguments, Surroundings = {});
  ~Program();  // kills what still runs
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // Whether this text came to standard error in time.
  bool says(const std::string& text, std::chrono::seconds limit);
  // Whether something was written to the pipe of an idle reader in time.
  bool writes(std::chrono::seconds limit);
  void send(int signal);
  Ending end(std::chrono::seconds limit);

 private:
  [[noreturn]] void become(const std::vector<std::string>& arguments, const Surroundings&);
  void read_error();
  bool has_ended();

  std::filesystem::path out_file_;
  int out_reader_ = -1, out_writer_ = -1;
  int error_reader_ = -1, error_writer_ = -1;
  pid_t process_ = -1;
  int status_ = 0;
  bool ended_ = false;
  std::string error_;
};

// A new folder that goes with its owner.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace seatrial::app
