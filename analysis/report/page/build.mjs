// Bundles src/ and template.html into one file that loads nothing:
//
//   node build.mjs DIRECTORY      reads DIRECTORY/node_modules, writes DIRECTORY/template.html
//
// Its law: the page runs the one script and the one style sheet that are hashed here, and nothing
// else, whatever the data says.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const source = dirname(fileURLToPath(import.meta.url));
const directory = resolve(process.argv[2] ?? ".");
const esbuild = createRequire(join(directory, "package.json"))("esbuild");

function bundle(entry) {
  const result = esbuild.buildSync({
    entryPoints: [join(source, "src", entry)],
    nodePaths: [join(directory, "node_modules")],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: ["chrome100", "firefox100", "safari15.4"],
    legalComments: "none",
    metafile: true,
    tsconfigRaw: "{}", // its paths are for checking types
    charset: "utf8",
    logLevel: "warning",
  });
  return { text: result.outputFiles[0].text.trim(), inputs: Object.keys(result.metafile.inputs) };
}

// The licences ask that their text goes with every copy.
function licences(inputs) {
  const packages = new Set(
    inputs.map((file) => file.match(/.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]),
  );
  packages.delete(undefined);
  const texts = new Map();
  for (const folder of [...packages].sort()) {
    const name = relative(join(directory, "node_modules"), resolve(folder));
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    if (!file) throw new Error(`${name} comes without its licence`);
    const text = readFileSync(join(folder, file), "utf8").trim();
    texts.set(text, [...(texts.get(text) ?? []), name]);
  }
  return [...texts].map(([text, names]) => `${names.join(", ")}\n\n${text}`).join("\n\n----\n\n");
}

const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

// A function as replacement: `$&` in a bundle is text.
function put(text, place, content) {
  if (text.split(place).length !== 2) throw new Error(`template.html has one ${place}`);
  return text.replace(place, () => content);
}

const { text: script, inputs } = bundle("main.ts");
const style = bundle("style.css").text;
const licence_text = licences(inputs);
if (
  /<\/script|<!--/i.test(script) ||
  /<\/style/i.test(style) ||
  /<\/script|<!--/i.test(licence_text)
)
  throw new Error("the bundle would end the element that it stands in");

const policy = [
  "default-src 'none'",
  `script-src ${hash(script)}`,
  `style-src ${hash(style)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

let page = readFileSync(join(source, "template.html"), "utf8");
page = put(page, "@content-security-policy@", policy);
page = put(page, "@style@", style);
page = put(page, "@licences@", licence_text);
page = put(page, "@script@", script);
if (page.split("@seatrial-report@").length !== 2) throw new Error("one place for the data");
writeFileSync(join(directory, "template.html"), page);
