// What the program leaves behind when it is stopped, or when nothing can be written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "app/environment.hpp"
#include "tests/app/program.hpp"

namespace seatrial::app {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string first_steps = SEATRIAL_SOURCE_DIR "/scenarios/library/first-steps.json";
constexpr auto patience = 120s;  // for what takes a second, on a busy machine under sanitizers

std::set<std::string> names_in(const std::filesystem::path& folder) {
  std::set<std::string> names;
  if (std::filesystem::exists(folder))
    for (const auto& entry : std::filesystem::directory_iterator{folder})
      names.insert(entry.path().filename());
  return names;
}

std::ptrdiff_t lines_of(const std::string& text) {
  return std::count(text.begin(), text.end(), '\n');
}

// Minutes of work, of which 1 % is done after a second.
std::vector<std::string> long_work(const std::string& option, const std::string& value) {
  return {"compare", first_steps, "--replications", "3000", option, value};
}
const std::string one_percent = "]   1 %";

std::vector<std::string> short_work(const std::filesystem::path& results) {
  return {"compare", first_steps, "--replications", "2", "-o", results};
}

class Stopped : public testing::TestWithParam<int> {};

TEST_P(Stopped, LeavesWhatIsDecided) {
  const TemporaryFolder folder;
  const std::filesystem::path results = folder.path() / "out";
  Program program{long_work("-o", results), {.output = Output::kept, .terminal = true}};
  ASSERT_TRUE(program.says(one_percent, patience));

  program.send(GetParam());
  const Ending ending = program.end(patience);

  ASSERT_TRUE(ending.ended);
  EXPECT_EQ(ending.code, exit_code::interrupted);
  EXPECT_THAT(ending.out, HasSubstr("interrupted after"));
  EXPECT_THAT(names_in(results), testing::IsSupersetOf({"report.md", "results.json"}));
  for (const std::string& name : names_in(results)) EXPECT_FALSE(name.ends_with(".part")) << name;
  std::ifstream file{results / "results.json"};
  const auto json = nlohmann::json::parse(file);
  EXPECT_GE(json["run"]["replications"], 1);
  EXPECT_LT(json["run"]["replications"], json["run"]["replications_asked"]);
}

INSTANTIATE_TEST_SUITE_P(Process, Stopped, testing::Values(SIGINT, SIGTERM));

TEST(Process, EndsAtOnceWhenStoppedTwice) {
  // It cannot finish by itself: what it prints is more than a pipe holds, and nobody reads.
  Program program{long_work("--json", "--jobs=2"),
                  {.output = Output::reader_idle, .terminal = true}};
  ASSERT_TRUE(program.says(one_percent, patience));
  program.send(SIGINT);
  ASSERT_TRUE(program.writes(patience));

  program.send(SIGINT);
  const Ending ending = program.end(patience);

  ASSERT_TRUE(ending.ended);
  EXPECT_EQ(ending.signal, SIGINT);
}

TEST(Process, SaysOnceThatAFileCannotBeWrittenWholeAndLeavesNone) {
  const TemporaryFolder folder;
  Program program{short_work(folder.path() / "out"),
                  {.output = Output::kept, .terminal = false, .largest_file = 8192}};

  const Ending ending = program.end(patience);

  EXPECT_EQ(ending.code, exit_code::usage);
  EXPECT_THAT(ending.error, HasSubstr("out/report.html"));
  EXPECT_THAT(ending.error, HasSubstr("File too large"));
  EXPECT_EQ(lines_of(ending.error), 1) << ending.error;
  EXPECT_EQ(ending.out, "");
  EXPECT_THAT(names_in(folder.path()), IsEmpty());
}

// A small file system of its own, where the test may mount one.
class SmallDisk {
 public:
  SmallDisk() { mounted_ = mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, "size=16k") == 0; }
  ~SmallDisk() {
    if (mounted_) umount2(folder_.path().c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  bool mounted() const { return mounted_; }
  const std::filesystem::path& path() const { return folder_.path(); }

 private:
  TemporaryFolder folder_;
  bool mounted_ = false;
};

TEST(Process, SaysOnceThatADiskIsFullAndLeavesNothingOnIt) {
  const SmallDisk disk;
  if (!disk.mounted()) GTEST_SKIP() << "not allowed to mount";
  Program program{short_work(disk.path() / "out")};

  const Ending ending = program.end(patience);

  EXPECT_EQ(ending.code, exit_code::usage);
  EXPECT_THAT(ending.error, HasSubstr("No space left on device"));
  EXPECT_EQ(lines_of(ending.error), 1) << ending.error;
  EXPECT_THAT(names_in(disk.path()), IsEmpty());
}

TEST(Process, KeepsTheOlderResultsWhenTheNewerDoNotFit) {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder.path() / "out");
  std::ofstream{folder.path() / "out/report.md"} << "older";
  Program program{short_work(folder.path() / "out"),
                  {.output = Output::kept, .terminal = false, .largest_file = 8192}};

  EXPECT_EQ(program.end(patience).code, exit_code::usage);

  EXPECT_THAT(names_in(folder.path() / "out"), ElementsAre("report.md"));
  std::ifstream report{folder.path() / "out/report.md"};
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>{report}, {}), "older");
}

TEST(Process, KnowsBeforeItRunsThatADirectoryCannotBeMade) {
  Program program{long_work("-o", "/proc/seatrial-out")};

  const Ending ending = program.end(patience);

  EXPECT_EQ(ending.code, exit_code::usage);
  EXPECT_THAT(ending.error, HasSubstr("cannot write /proc/seatrial-out"));
  EXPECT_EQ(lines_of(ending.error), 1) << ending.error;
}

TEST(Process, SaysOnceThatStandardOutputCannotBeWritten) {
  for (const Output output : {Output::nowhere_to_write, Output::closed}) {
    const TemporaryFolder folder;
    Program program{short_work(folder.path() / "out"), {.output = output}};

    const Ending ending = program.end(patience);

    EXPECT_EQ(ending.code, exit_code::usage);
    EXPECT_EQ(ending.error, "seatrial: cannot write to standard output\n");
    EXPECT_THAT(names_in(folder.path() / "out"),
                testing::IsSupersetOf({"report.md", "results.json"}));
  }
}

TEST(Process, KeepsAWorseExitCodeWhereOutputCannotBeWritten) {
  Program program{{"compare", first_steps, "--replications", "8", "--gate=as is"},
                  {.output = Output::nowhere_to_write}};

  const Ending ending = program.end(patience);

  EXPECT_EQ(ending.code, exit_code::failed);
  EXPECT_THAT(ending.error, HasSubstr("cannot write to standard output"));
}

TEST(Process, EndsQuietlyWhenItsReaderHasGone) {
  const TemporaryFolder folder;
  Program program{short_work(folder.path() / "out"), {.output = Output::reader_gone}};

  const Ending ending = program.end(patience);

  EXPECT_EQ(ending.signal, SIGPIPE);
  EXPECT_EQ(ending.error, "");
  EXPECT_THAT(names_in(folder.path() / "out"),
              testing::IsSupersetOf({"report.md", "results.json"}));
}

}  // namespace
}  // namespace seatrial::app
