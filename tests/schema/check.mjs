// A second opinion on the schema: ajv holds the shipped schema against the library, which it must
// accept, and against every broken file, which it must refuse unless loader_only.txt names it.
//
//   npm ci && node check.mjs
import { readdirSync, readFileSync } from "node:fs";
import Ajv from "ajv";
import { parse } from "jsonc-parser";

const root = new URL("../../", import.meta.url);
const text = (path) => readFileSync(new URL(path, root), "utf8");
const files = (folder) =>
  readdirSync(new URL(folder, root))
    .filter((name) => name.endsWith(".json"))
    .sort();

const options = { allErrors: true, strict: true, strictTypes: false, strictRequired: false };
const validate = new Ajv(options).compile(JSON.parse(text("schema/scenario.schema.json")));

// Empty: it is valid.
function complaints(path) {
  const errors = [];
  const document = parse(text(path), errors, { disallowComments: false });
  if (errors.length > 0) return ["not JSON"];
  if (validate(document)) return [];
  return validate.errors.map((error) => `${error.instancePath || "/"} ${error.message}`);
}

const wrong = [];
const sound = files("scenarios/library/").map((name) => `scenarios/library/${name}`);
const everything = ["everything", "everything-quorum"].map((name) => `tests/schema/${name}.json`);
for (const path of [...sound, ...everything]) {
  for (const complaint of complaints(path)) wrong.push(`${path}: refused: ${complaint}`);
}

const loaderOnly = new Set(
  text("tests/schema/loader_only.txt")
    .split("\n")
    .filter((line) => line && !line.startsWith("#")),
);
const broken = files("tests/scenarios/broken/");
for (const name of broken) {
  const found = complaints(`tests/scenarios/broken/${name}`);
  if (process.argv.includes("--show")) console.log(`${name}\n  ${found.join("\n  ")}`);
  if (found.length === 0 && !loaderOnly.has(name)) wrong.push(`${name}: the schema accepts it`);
  if (found.length > 0 && loaderOnly.has(name)) wrong.push(`${name}: the schema refuses it, too`);
}
for (const name of loaderOnly) {
  if (!broken.includes(name)) wrong.push(`loader_only.txt: there is no ${name}`);
}

for (const line of wrong) console.error(line);
console.log(`${sound.length} sound files, ${broken.length} broken ones, ${wrong.length} wrong`);
process.exit(wrong.length > 0 ? 1 : 0);
