// What belongs to the shell: completion, the names it asks for, and the man page.
#include <ostream>

#include "app/arguments.hpp"
#include "app/completion.hpp"
#include "app/man.hpp"

namespace seatrial::app {

int completion(const CommandNode& tree, const CompletionArguments& arguments,
               Environment& environment) {
  if (!arguments.policies.empty()) {
    ExperimentArguments scenario;
    scenario.file = arguments.policies;
    for (const scenarios::Policy& policy : load(scenario).policies)
      environment.out << policy.name << '\n';
    return exit_code::good;
  }
  if (arguments.shell.empty()) throw UsageError{"completion of which shell: bash, zsh or fish?"};
  environment.out << (arguments.shell == "bash"  ? bash_completion(tree)
                      : arguments.shell == "zsh" ? zsh_completion(tree)
                                                 : fish_completion(tree));
  return exit_code::good;
}

int man(const CommandNode& tree, Environment& environment) {
  environment.out << man_page(tree);
  return exit_code::good;
}

}  // namespace seatrial::app
