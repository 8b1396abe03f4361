#include <filesystem>
#include <ostream>
#include <system_error>

#include "analysis/collectors/whole_file.hpp"
#include "app/arguments.hpp"
#include "app/init_file.hpp"
#include "scenarios/characters.hpp"

namespace seatrial::app {
namespace {

namespace fs = std::filesystem;

void expect_free(const std::string& path, bool force) {
  std::error_code ignored;
  const fs::file_status there = fs::symlink_status(path, ignored);
  if (!fs::exists(there)) return;
  if (fs::is_directory(path, ignored)) throw UsageError{path + " is a directory"};
  if (!fs::is_regular_file(there)) throw UsageError{path + " is not a regular file"};
  if (!force) throw UsageError{path + " exists already; --force replaces it"};
}

}  // namespace

int init(const InitArguments& arguments, Environment& environment) {
  if (!arguments.output.empty()) expect_free(arguments.output, arguments.force);
  if (!arguments.deployment.empty() && arguments.k8s.empty())
    throw UsageError{"--deployment chooses from the files of --k8s, but there is none"};
  std::optional<AccountFacts> account;
  if (!arguments.cosmos.empty()) account = read_account(arguments.cosmos);
  const StartingFile file =
      starting_file(account, read_deployments(arguments.k8s, arguments.deployment));
  for (const std::string& note : file.notes)
    environment.error << scenarios::printable(note) << '\n';
  if (arguments.output.empty()) {
    environment.out << file.text;
    return exit_code::good;
  }
  analysis::WholeFile out{arguments.output};
  out.write(file.text);
  out.complete();
  environment.error << "wrote " << arguments.output << "; next: answer each \"?\", then seatrial "
                    << "validate " << arguments.output << '\n';
  return exit_code::good;
}

}  // namespace seatrial::app
