// The picture of the README: the first "same read, twice" of a report.
//
//   seatrial compare scenarios/library/first-steps.json -o out
//   node tests/page/picture.mjs --tools build/page/tools out/report.html docs/same-read-twice.png
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tools: { type: "string" },
    chromium: { type: "string", default: "/usr/bin/chromium" },
  },
});
const [report, picture] = positionals;
const required = createRequire(resolve(asked.tools, "package.json"));
const browser = await required("playwright-core").chromium.launch({
  executablePath: asked.chromium,
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
const page = await browser.newPage({
  viewport: { width: 1280, height: 900 },
  deviceScaleFactor: 1.5,
});
await page.goto(pathToFileURL(report).href);
await page.evaluate(() => document.querySelectorAll(".pair details").forEach((d) => d.remove()));
await page.locator(".pair .halves").first().screenshot({ path: picture });
await browser.close();
