// The JSON Schema (draft 7) of scenario files, for editors: hovers, completion, and complaints
// while typing. It is made of the same field tables as the loader.
//
// Law: what the schema refuses the loader refuses. What the loader refuses for the form of one
// value (unknown key, wrong type, wrong unit, a plain number out of range, a missing key) the
// schema refuses. What needs the rest of the file (names, sums of shares, contradictions) and
// ranges of values with units are the loader's alone.
#pragma once

#include <string>

namespace seatrial::scenarios {

// The whole file; a policy's patch is its #/definitions/policy.
std::string scenario_schema();

// Parts of it, as JSON text: quantities and distributions by name,
std::string schema_definitions();
// the limit of an objective by its metric,
std::string schema_limits();
// keys that the base may lack where every policy gives them,
std::string schema_of_shared_keys();
// and what a patch must bring that names a "kind", and so replaces the whole.
std::string schema_of_whole_choices();

// The same schema with what it says more than once (the kinds of a strategy inside of each other,
// above all) said once, among its definitions: small enough for an editor. Both as JSON text.
std::string share_schema_parts(const std::string& schema);

}  // namespace seatrial::scenarios
