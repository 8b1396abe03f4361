#include <gmock/gmock.h>

#include <sstream>

#include "app/command_line.hpp"

namespace seatrial::app {
namespace {

using testing::HasSubstr;

struct Said {
  int code = 0;
  std::string out, error;
};

Said say(const std::vector<std::string>& arguments) {
  std::ostringstream out, error;
  Environment environment{out, error, false, false, {}, {}};
  const int code = run_command_line(arguments, environment);
  return {code, out.str(), error.str()};
}

TEST(TokenCommand, SaysWhatATokenAsksFor) {
  const Said run = say({"token", "0:1#57#1=57#3=-1,3:-1#30"});

  EXPECT_EQ(run.code, exit_code::good);
  EXPECT_EQ(run.out,
            "partition 0: LSN 57 of version 1, region 1 at 57, region 3 at -1\n"
            "partition 3: LSN 30, no version\n");
}

TEST(TokenCommand, SaysWhetherAReplicaMayAnswerByBothRules) {
  const Said run = say({"token", "0:1#100#7=40", "--replica", "0:2#60#7=45"});

  EXPECT_EQ(run.out,
            "partition 0: LSN 100 of version 1, region 7 at 40\n"
            "  a replica at 2#60#7=45 may answer; older libraries: is behind (404/1002)\n"
            "  merged: 2#60#7=45; older libraries: 2#100#7=45\n");
}

TEST(TokenCommand, RefusesWhatIsNoTokenWithThePlace) {
  const Said run = say({"token", "0:1#57#1=57", "--replica", "0:1#"});

  EXPECT_EQ(run.code, exit_code::usage);
  EXPECT_THAT(run.error, HasSubstr("--replica: at character 5: expected the global LSN"));
}

TEST(TokenCommand, RefusesNoTokenAndAPartitionThatIsGivenTwice) {
  const Said none = say({"token", ""});
  EXPECT_EQ(none.code, exit_code::usage);
  EXPECT_THAT(none.error, HasSubstr("TOKEN: expected a token, for example 0:1#57#1=57"));

  const Said twice = say({"token", "0:1#57#1=57,0:1#58"});
  EXPECT_EQ(twice.code, exit_code::usage);
  EXPECT_THAT(twice.error, HasSubstr("TOKEN: partition 0 is given twice"));
}

}  // namespace
}  // namespace seatrial::app
