// Files that are no scenario at all, and values of the command line that are wrong.
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "scenarios/regular_file.hpp"
#include "tests/scenarios/small_scenario.hpp"

namespace seatrial::scenarios {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(BrokenFile, ThatIsEmptyIsSaidSo) {
  EXPECT_THAT(errors_of(""), ElementsAre("a.json:1:1: error: the file is empty"));
  EXPECT_THAT(errors_of("\xEF\xBB\xBF"), ElementsAre("a.json:1:1: error: the file is empty"));
}

TEST(BrokenFile, IsRefusedAbove4Megabytes) {
  EXPECT_THAT(errors_of(std::string(4 * 1024 * 1024 + 1, ' ')),
              ElementsAre("a.json:1:1: error: the file is larger than 4 MB"));
}

TEST(BrokenFile, ThatCannotBeReadIsSaidSo) {
  try {
    load_scenario("no/such/file.json");
    FAIL() << "loaded";
  } catch (const ScenarioError& error) {
    EXPECT_STREQ(error.what(),
                 "no/such/file.json: error: the file cannot be read: No such file or "
                 "directory");
  }
}

std::string temporary(const std::string& what) {
  return testing::TempDir() + "seatrial-" + what + "-" + std::to_string(getpid());
}

std::string error_of_loading(const std::string& path) {
  try {
    load_scenario(path);
  } catch (const ScenarioError& error) {
    return error.what();
  }
  return "loaded";
}

TEST(BrokenFile, ThatIsNoFileIsSaidSo) {
  EXPECT_EQ(error_of_loading("/"), "/: error: it is a directory, not a file");
  EXPECT_EQ(error_of_loading("/dev/zero"), "/dev/zero: error: it is not a regular file");
}

TEST(BrokenFile, ThatIsAPipeIsNotWaitedFor) {
  const std::string path = temporary("pipe");
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);

  EXPECT_EQ(error_of_loading(path), path + ": error: it is not a regular file");
  std::filesystem::remove(path);
}

TEST(BrokenFile, ThatLinksToItselfIsSaidSo) {
  const std::string path = temporary("loop");
  std::filesystem::create_symlink(path, path);

  EXPECT_EQ(error_of_loading(path),
            path + ": error: the file cannot be read: Too many levels of symbolic links");
  std::filesystem::remove(path);
}

// The superuser, as whom continuous integration runs, may read everything: somebody else, then.
class AsNobody {
 public:
  AsNobody() : before_{geteuid()} {
    if (before_ == 0) {
      EXPECT_EQ(seteuid(nobody), 0);
    }
  }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;
  ~AsNobody() { EXPECT_EQ(seteuid(before_), 0); }

 private:
  static constexpr uid_t nobody = 65534;
  uid_t before_;
};

TEST(BrokenFile, ThatMustNotBeReadIsSaidSo) {
  const std::string path = temporary("secret");
  std::ofstream{path} << small_scenario();
  std::filesystem::permissions(path, std::filesystem::perms::none);

  {
    const AsNobody reader;
    EXPECT_EQ(error_of_loading(path), path + ": error: the file cannot be read: Permission denied");
  }

  std::filesystem::remove(path);
}

TEST(BrokenFile, WhoseNameControlsTheTerminalIsPrintedHarmlessly) {
  EXPECT_EQ(error_of_loading("\x1b[31m\n\xff.json"),
            "\\u{1b}[31m\\u{a}\\x{ff}.json: error: the file cannot be read: No such file or "
            "directory");
}

TEST(BrokenFile, IsReadNoFurtherThanItIsRefused) {
  const std::string path = temporary("large");
  std::ofstream{path} << std::string(5000, ' ');

  EXPECT_EQ(read_regular_file(path, 1000).text.size(), 1001u);
  EXPECT_EQ(read_regular_file(path, 5000).text.size(), 5000u);
  EXPECT_EQ(read_regular_file(path, 9000).text.size(), 5000u);
  std::filesystem::remove(path);
}

TEST(BrokenFile, TellsAllProblemsInTheOrderOfTheFile) {
  std::string text = changed("\"5/s\"", "5");
  text.replace(text.find("40%"), 3, "1km");
  text.replace(text.find("\"4 KB\""), 6, "4");
  text.replace(text.find("10 per million"), 14, "ten");

  EXPECT_THAT(errors_of(text),
              ElementsAre(testing::StartsWith("a.json:6:49: error: /regions/users/West Europe:"),
                          testing::StartsWith("a.json:17:40: error: /data/cart/size:"),
                          testing::StartsWith("a.json:20:17: error: /workload/sessions:"),
                          testing::StartsWith("a.json:33:61: error: /objectives/own cart/at_m")));
}

TEST(Override, IsCitedForWhatItBreaks) {
  EXPECT_THAT(errors_of(small_scenario(),
                        {"/store/replicas=0", "/stor/x=3", "/phases/3/for=3s",
                         "/policies/redsi/store/replicas=3", "/policies/redis/store/replicas=99"}),
              ElementsAre("--set /phases/3/for: error: /phases/3: there is no such place in the "
                          "file",
                          "--set /policies/redsi/store/replicas: error: /policies/redsi: unknown "
                          "policy; did you mean \"redis\"?",
                          "--set /stor/x: error: /stor: unknown key; did you mean \"store\"?",
                          "--set /store/replicas: error: /store/replicas: must be at least 1, got "
                          "0",
                          "--set /policies/redis/store/replicas: error: "
                          "/policies/redis/store/replicas: must be at most 16, got 99"));
}

TEST(Override, NeedsAPointerAndAValue) {
  EXPECT_THAT(errors_of(small_scenario(), {"replicas"}),
              ElementsAre("--set replicas: error: expected /pointer=value, for example "
                          "/store/replication_lag=60ms"));
}

TEST(Override, OfBytesThatAreNoTextIsRefused) {
  const std::string message =
      ": error: a control character, or a byte that is no UTF-8, has no place in a text";
  EXPECT_THAT(
      errors_of(small_scenario(), {"/title=\xff", "/policies/\x1b[2J=1"}),
      ElementsAre("--set /title=\\x{ff}" + message, "--set /policies/\\u{1b}[2J=1" + message));
}

TEST(Override, IsNotDeeperThanAFile) {
  std::string deep;
  for (int i = 0; i < 65; ++i) deep += "/a";

  EXPECT_THAT(errors_of(small_scenario(), {deep + "=1"}),
              ElementsAre("--set " + deep + "=1: error: deeper than 64 levels"));
}

TEST(Override, CannotBeGivenWithoutEnd) {
  const std::vector<std::string> many(1'001, "/run/seed=1");

  EXPECT_THAT(errors_of(small_scenario(), many),
              ElementsAre("--set /run/seed=1: error: more than 1000 values of the command line"));
}

TEST(Override, IsJsonOrElseText) {
  const Scenario scenario =
      parsed(small_scenario(), {"/store/replication_lag={ \"exponential\": { \"mean\": \"7ms\" } }",
                                "/workload/sessions=9/s", "/pods/count=3", "/run/warmup=5s"});

  const models::WorldConfig& world = scenario.policies[1].world;
  EXPECT_EQ(world.store.replication_lag.link, sim::Distribution::exponential(7e6));
  EXPECT_EQ(world.workload.sessions_per_second, 9);
  EXPECT_EQ(world.pods.count, 3);
  EXPECT_EQ(world.warmup, models::Duration::seconds(5));
}

TEST(Override, OfOnePolicyLeavesTheOthers) {
  const Scenario scenario = parsed(small_scenario(), {"/policies/redis/store/consistency=strong"});

  EXPECT_EQ(scenario.policies[0].world.store.consistency, models::Consistency::session);
  EXPECT_EQ(scenario.policies[1].world.store.consistency, models::Consistency::strong);
}

TEST(Comments, AndASchemaAreNoPartOfTheScenario) {
  EXPECT_THAT(errors_of(changed("{\n", "// first\n{ /* second */ \"$schema\": \"x\",\n")),
              IsEmpty());
}

}  // namespace
}  // namespace seatrial::scenarios
