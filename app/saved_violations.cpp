#include "app/saved_violations.hpp"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "app/arguments.hpp"

namespace seatrial::app {
namespace {

using Json = nlohmann::json;

// Reads the members of one violation; each complaint names its place.
class Members {
 public:
  Members(const std::string& file, std::string place, const Json& json)
      : file_{file}, place_{std::move(place)}, json_{json} {
    if (!json.is_object()) complain("", "an object");
  }

  std::string text(const char* key) const {
    const Json& value = at(key, "text");
    if (!value.is_string()) complain(key, "text");
    return value.get<std::string>();
  }

  std::uint64_t number(const char* key, std::uint64_t most) const {
    const Json& value = at(key, "a whole number");
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > most)
      complain(key, fmt::format("a whole number from 0 to {}", most));
    return value.get<std::uint64_t>();
  }

  // Names of users and sessions have more bits than a number of JSON keeps.
  std::uint64_t long_number(const char* key) const {
    const std::string digits = text(key);
    std::uint64_t value = 0;
    const char* const end = digits.data() + digits.size();
    const auto [rest, error] = std::from_chars(digits.data(), end, value);
    if (error != std::errc{} || rest != end) complain(key, "a whole number as text");
    return value;
  }

  template <class Names>
  std::size_t one_of(const char* key, const Names& names) const {
    const std::string name = text(key);
    for (std::size_t i = 0; i < names.size(); ++i)
      if (names[i] == name) return i;
    complain(key, fmt::format("one of {}", fmt::join(names, ", ")));
  }

  Members object(const char* key) const {
    return Members{file_, place_ + "/" + key, at(key, "an object")};
  }

 private:
  const Json& at(const char* key, const std::string& expected) const {
    const auto found = json_.find(key);
    if (found == json_.end()) complain(key, expected);
    return *found;
  }

  [[noreturn]] void complain(const char* key, const std::string& expected) const {
    throw UsageError{
        fmt::format("{}: {}{}{}: expected {}", file_, place_, *key == 0 ? "" : "/", key, expected)};
  }

  const std::string& file_;
  std::string place_;
  const Json& json_;
};

std::size_t policy_named(const ResultsFile& file, const std::string& place,
                         const std::string& name) {
  const auto& policies = file.results.policies;
  for (std::size_t i = 0; i < policies.size(); ++i)
    if (policies[i].name == name) return i;
  throw UsageError{fmt::format("{}: {}/policy: the results have no such policy", file.path, place)};
}

models::Version version_of(const Members& members) {
  models::Version version;
  version.epoch = static_cast<std::uint32_t>(members.number("epoch", UINT32_MAX));
  version.lsn = members.number("lsn", UINT64_MAX);
  version.ordinal = members.number("ordinal", UINT64_MAX);
  return version;
}

SavedViolation violation_of(const ResultsFile& file, const std::string& place, const Json& json) {
  const Members members{file.path, place, json};
  SavedViolation saved;
  saved.policy = members.text("policy");
  saved.phase = members.text("phase");
  saved.region = members.text("region");
  saved.data_class = members.text("data_class");
  saved.numbered.number = members.number("number", UINT32_MAX);
  saved.numbered.policy = policy_named(file, place, saved.policy);
  const auto replications = static_cast<std::uint64_t>(file.results.run.replications);
  saved.numbered.replication =
      static_cast<std::uint32_t>(members.number("replication", replications - 1));
  analysis::Violation& violation = saved.numbered.violation;
  violation.guarantee =
      static_cast<analysis::Guarantee>(members.one_of("guarantee", analysis::guarantee_names));
  violation.cause = static_cast<analysis::Cause>(members.one_of("cause", analysis::cause_names));
  violation.floor = version_of(members.object("floor"));
  violation.age =
      models::Duration::nanoseconds(static_cast<std::int64_t>(members.number("age_ns", INT64_MAX)));
  violation.read.user = models::UserId{members.long_number("user")};
  violation.read.session = models::SessionId{members.long_number("session")};
  violation.read.device = static_cast<std::uint8_t>(members.number("device", 1));
  violation.read.index = static_cast<std::uint32_t>(members.number("index", UINT32_MAX));
  if (models::user_of(violation.read.session) != violation.read.user)
    throw UsageError{
        fmt::format("{}: {}/session: is not a session of that user", file.path, place)};
  return saved;
}

}  // namespace

std::vector<SavedViolation> saved_violations_of(const ResultsFile& file) {
  const Json results = Json::parse(file.text, nullptr, false);
  const auto list = results.is_object() ? results.find("violations") : results.end();
  if (list == results.end() || !list->is_array())
    throw UsageError{
        fmt::format("{}: /violations: expected a list; results of this program's version have "
                    "one, so run `seatrial compare` again",
                    file.path)};
  std::vector<SavedViolation> all;
  for (const Json& one : *list)
    all.push_back(violation_of(file, fmt::format("/violations/{}", all.size()), one));
  return all;
}

}  // namespace seatrial::app
