// The second opinion on the schema: ajv reads documents, one JSON string a line on standard input
// (so that a document may be no JSON, or JSON with comments), and answers a line each:
// "valid", "not JSON", or its complaints.
//
//   node check.mjs ../../schema/scenario.schema.json < documents
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import Ajv from "ajv";
import { parse } from "jsonc-parser";

const schema = JSON.parse(readFileSync(process.argv[2], "utf8"));
const validate = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false })
  .compile(schema);

function opinion(text) {
  const errors = [];
  const document = parse(text, errors, { disallowComments: false, allowTrailingComma: false });
  if (errors.length > 0) return "not JSON";
  if (validate(document)) return "valid";
  return validate.errors.map((error) => `${error.instancePath || "/"} ${error.message}`).join("; ");
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(opinion(JSON.parse(line)));
}
