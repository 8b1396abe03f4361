// Bundles src/ and template.html into one file that loads nothing:
//
//   node build.mjs DIRECTORY      reads DIRECTORY/node_modules, writes DIRECTORY/template.html
//
// Its law: the page runs the one script and the one style sheet that are hashed here, and nothing
// else, whatever the data says.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
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
    charset: "utf8",
    logLevel: "warning",
  });
  return result.outputFiles[0].text.trim();
}

const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

// A function as replacement: `$&` in a bundle is text.
function put(text, place, content) {
  if (text.split(place).length !== 2) throw new Error(`template.html has one ${place}`);
  return text.replace(place, () => content);
}

const script = bundle("main.ts");
const style = bundle("style.css");
if (/<\/script|<!--/i.test(script) || /<\/style/i.test(style))
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
page = put(page, "@script@", script);
if (page.split("@seatrial-report@").length !== 2) throw new Error("one place for the data");
writeFileSync(join(directory, "template.html"), page);
