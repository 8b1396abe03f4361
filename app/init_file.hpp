// The commented starting file: every key that a newcomer needs with a sentence, what the tools'
// outputs say filled in with its origin, and "?" where a person must think.
//
// Law: whatever the outputs hold, the file is one that the loader reads: names are escaped, and a
// comment ends where its line does.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/init_facts.hpp"

namespace seatrial::app {

struct StartingFile {
  std::string text;
  std::vector<std::string> notes;  // for standard error: what could not be taken over
};

StartingFile starting_file(const std::optional<AccountFacts>&, const std::vector<DeploymentFacts>&);

// A name within a comment: one line, nothing that moves the cursor or turns the text around.
std::string in_comment(const std::string&);

}  // namespace seatrial::app
