#include "tests/schema/schema_accepts.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "scenarios/schema.hpp"

namespace seatrial::scenarios {
namespace {

using Json = nlohmann::json;
using Adapter = valijson::adapters::NlohmannJsonAdapter;

// 2.0 is an integer to JSON Schema, and none to valijson.
void write_whole_numbers_as_integers(Json& json) {
  for (Json& item : json) {
    if (item.is_structured()) write_whole_numbers_as_integers(item);
    if (!item.is_number_float()) continue;
    const double number = item.get<double>();
    if (number == std::floor(number) && std::abs(number) < 9e15)
      item = static_cast<std::int64_t>(number);
  }
}

struct ParsedSchema {
  ParsedSchema() {
    valijson::SchemaParser{valijson::SchemaParser::kDraft7}.populateSchema(Adapter{json}, schema);
  }

  const Json json = Json::parse(scenario_schema());
  valijson::Schema schema;
};

bool validate(std::string_view text, valijson::ValidationResults* results) {
  static const ParsedSchema parsed;
  // It keeps each pattern compiled; a thread has its own.
  thread_local valijson::Validator validator;
  Json json = Json::parse(text, nullptr, false, true);
  if (json.is_discarded()) return false;
  write_whole_numbers_as_integers(json);
  return validator.validate(parsed.schema, Adapter{json}, results);
}

}  // namespace

bool schema_accepts(std::string_view text) { return validate(text, nullptr); }

std::string schema_complaints(std::string_view text) {
  valijson::ValidationResults results;
  if (validate(text, &results)) return "";
  std::string complaints;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    for (const std::string& part : error.context) complaints += part;
    complaints += ": " + error.description + '\n';
  }
  return complaints.empty() ? "not JSON" : complaints;
}

}  // namespace seatrial::scenarios
