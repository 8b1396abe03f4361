// Opens reports from disk in a real browser and holds them to what a report promises.
//
//   node tests/page/run.mjs --tools DIR --template FILE --artefacts DIR [--chromium FILE]
//                           [--program seatrial --library DIR] [REPORT.html | DIR ...]
//
// Beside the reports that are named, or made by the program from every scenario of the library,
// it opens three made of sample data: a usual one, one of hostile names, and one with next to
// nothing in it. Screenshots stay in the artefacts, for people to look at.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { parseArgs } from "node:util";
import { Browser } from "./browser.mjs";
import * as checks from "./checks.mjs";
import { barren, hostile } from "./extremes.mjs";
import { sample } from "./sample.mjs";

const text = { type: "string" };
const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tools: text,
    template: text,
    artefacts: text,
    chromium: text,
    program: text,
    library: text,
  },
});
const artefacts = asked.artefacts;
rmSync(artefacts, { recursive: true, force: true });
mkdirSync(artefacts, { recursive: true });

// As analysis/report/page.cpp does it.
function page_of(report) {
  const data = JSON.stringify(report)
    .replaceAll("<", "\\u003c")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
  return readFileSync(asked.template, "utf8").replace("@seatrial-report@", () => data);
}

function report_in(html) {
  return JSON.parse(/<script type="application\/json" id="report">([^]*?)<\/script>/.exec(html)[1]);
}

function made(name, report) {
  const file = join(artefacts, `${name}.html`);
  writeFileSync(file, page_of(report));
  return file;
}

// Every scenario of the library, each with two replications: the form counts here, not the figures.
function reports_of_the_program() {
  return readdirSync(asked.library)
    .filter((f) => f.endsWith(".json"))
    .map((scenario) => {
      const directory = join(artefacts, basename(scenario, ".json"));
      execFileSync(
        asked.program,
        ["compare", join(asked.library, scenario), "-o", directory, "--replications", "2"],
        { stdio: ["ignore", "ignore", "inherit"] },
      );
      return join(directory, "report.html");
    });
}

function html_below(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .flatMap((each) => html_below(join(path, each)))
    .filter((f) => f.endsWith(".html"));
}

// An audit takes seconds: each scheme and each width once.
const audited = new Set(["light 1280", "dark 390"]);

let failures = 0;
async function check(what, run) {
  try {
    await run();
  } catch (error) {
    ++failures;
    console.log(`FAILED  ${what}\n        ${String(error.message).split("\n").join("\n        ")}`);
  }
}

async function inspect(browser, file) {
  const html = readFileSync(file, "utf8");
  const report = report_in(html);
  const name = (file.startsWith(artefacts) ? relative(artefacts, file) : basename(file))
    .replace(/\.html$/, "")
    .replace(/[^\w-]+/g, "-");
  await check(`${name}: strict policy`, () => checks.has_a_strict_policy(html));
  await check(`${name}: size`, () => {
    if (html.length > 1_500_000) throw new Error(`${html.length} bytes`);
  });
  for (const scheme of ["light", "dark"]) {
    for (const width of [1280, 390]) {
      const { page, complaints, close } = await browser.open(file, { width, scheme });
      const of = (law) => `${name}, ${width} pixels, ${scheme}: ${law}`;
      await check(of("fits its window"), () => checks.fits_its_window(page));
      await check(of("draws every figure"), () => checks.draws_every_figure(page, report));
      if (audited.has(`${scheme} ${width}`))
        await check(of("is accessible"), () => checks.is_accessible(page, browser.axe));
      await check(of("screenshot"), () =>
        page.screenshot({
          path: join(artefacts, `${name}-${width}-${scheme}.png`),
          fullPage: true,
        }),
      );
      if (scheme === "light" && width === 1280)
        await inspect_more(page, report, of, join(artefacts, `${name}.pdf`));
      await check(of("is silent and asks for nothing"), () => {
        if (complaints.length) throw new Error(complaints.join("\n"));
      });
      await close();
    }
  }
  console.log(`${name}: ${Math.round(html.length / 1000)} kB, ${report.policies.length} policies`);
}

async function inspect_more(page, report, of, pdf) {
  await check(of("headings in order"), () => checks.has_headings_in_order(page));
  await check(of("runs nothing of its data"), () => checks.runs_nothing_of_its_data(page, report));
  await check(of("tooltips"), () => checks.reads_out_by_pointer_and_keyboard(page));
  await check(of("choice of policies"), () => checks.hides_and_shows_a_policy(page, report));
  await check(of("data tables"), () => checks.has_data_beside_every_figure(page, report));
  await check(of("download"), () => checks.gives_its_data(page, report));
  await check(of("prints"), () => checks.prints(page, pdf));
  await check(of("still fits its window"), () => checks.fits_its_window(page));
}

async function dark_differs(browser, file) {
  const colours = [];
  const { page, close } = await browser.open(file, { width: 1280, scheme: "light" });
  for (const scheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: scheme });
    colours.push(
      await page.evaluate(() =>
        [
          getComputedStyle(document.body).backgroundColor,
          getComputedStyle(document.querySelector("#extra path.mark")).fill,
        ].join(" "),
      ),
    );
  }
  await close();
  if (colours[0] === colours[1]) throw new Error(`light and dark are both ${colours[0]}`);
}

const files = [
  made("sample", sample()),
  made("hostile", hostile()),
  made("barren", barren()),
  ...(asked.program ? reports_of_the_program() : []),
  ...positionals.flatMap(html_below),
];
const browser = await Browser.start(asked.tools, asked.chromium ?? "/usr/bin/chromium");
try {
  await check("dark scheme, figures included, without reloading", () =>
    dark_differs(browser, files[0]),
  );
  for (const file of files) await inspect(browser, file);
} finally {
  await browser.stop();
}
console.log(failures ? `${failures} failed` : `all hold; screenshots are in ${artefacts}`);
process.exit(failures ? 1 : 0);
