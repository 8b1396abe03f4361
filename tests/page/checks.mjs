// What holds for every report, whatever is in it. Each check throws with what it found.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

const figures = ["pareto", "curves", "since-write", "timeline", "causes", "extra", "blast"];

// Of each figure: its sentence, and how many marks with data it has; null where it is left out.
const drawn = (page) =>
  page.evaluate(
    (ids) =>
      ids.map((id) => {
        const figure = document.getElementById(id);
        if (!figure) return { id, missing: true };
        const marks = figure.querySelectorAll(
          "svg path[d], svg rect[width], svg circle[r], svg line[x1]",
        );
        return {
          id,
          marks: marks.length,
          see: figure.parentElement.querySelector(".see").textContent.trim(),
          nothing: figure.querySelectorAll(".nothing").length,
          broken: /NaN|undefined|Infinity|null/.test(figure.querySelector(".body").innerHTML),
        };
      }),
    figures,
  );

export async function draws_every_figure(page, report) {
  for (const { id, missing, marks, see, nothing, broken } of await drawn(page)) {
    if (missing) {
      assert.ok(id === "blast" && report.policies[0].blast.length === 0, `${id} is missing`);
      continue;
    }
    assert.ok(see.length > 20, `${id} has no sentence above it`);
    assert.ok(!/NaN|undefined|Infinity/.test(see), `${id} says "${see}"`);
    assert.ok(!broken, `${id} is drawn from a value that is none`);
    assert.ok(
      marks >= fewest_marks(id, report) || nothing > 0 || is_empty(id, report),
      `${id} has only ${marks} marks`,
    );
  }
  const pairs = await page.locator("svg.space-time").count();
  assert.equal(pairs, 2 * report.pairs.length, "diagrams of the same read");
}

// A bar for each cause; elsewhere more than one mark a policy.
function fewest_marks(id, report) {
  if (id !== "causes") return report.policies.length + 1;
  const causes = report.policies.flatMap((p) => p.causes);
  return causes.filter((c) => c.guarantee === "ryw_user").length;
}

function is_without_data(id, report) {
  if (id === "curves")
    return report.policies.every((p) =>
      p.curves.every((c) => c.read.length + c.update.length + c.staleness.length === 0),
    );
  return is_empty(id, report);
}

function is_empty(id, report) {
  if (id === "causes") return report.policies.every((p) => p.causes.length === 0);
  if (id === "since-write")
    return report.policies.every((p) => p.since_write.every((b) => b.opportunities === 0));
  return id === "pareto" && report.policies.length < 3;
}

export async function has_data_beside_every_figure(page, report) {
  for (const details of await page.locator("details.data").all()) {
    await details.evaluate((element) => {
      element.open = true;
    });
    await details.locator("table").waitFor({ timeout: 20_000 });
    const id = await details.evaluate((e) => e.closest("figure, section").id);
    const rows = await details.locator("tbody tr").count();
    assert.ok(rows > 0 || is_without_data(id, report), `the data of ${id} has ${rows} rows`);
    await details.evaluate((element) => {
      element.open = false;
    });
  }
}

export async function reads_out_by_pointer_and_keyboard(page) {
  const frames = await page.locator(".drawing[tabindex]").all();
  assert.ok(frames.length > 0, "no drawing can be read out");
  for (const frame of frames.slice(0, 12)) {
    const tip = frame.locator("xpath=following-sibling::div[contains(@class, 'tip')]");
    await frame.scrollIntoViewIfNeeded();
    await frame.hover();
    assert.ok(
      (await tip.textContent()).length > 3 && (await tip.isVisible()),
      "no tooltip under the pointer",
    );
    await page.mouse.move(2, 2);
    assert.ok(await tip.isHidden(), "the tooltip stays when the pointer has gone");
    await frame.focus();
    await page.keyboard.press("ArrowRight");
    assert.ok(await tip.isVisible(), "no tooltip by arrow key");
    const spoken = frame.locator("xpath=following-sibling::div[@aria-live]");
    assert.ok((await spoken.textContent()).length > 3, "the arrow key is silent");
    await page.keyboard.press("Escape");
    assert.ok(await tip.isHidden(), "Escape does not close the tooltip");
  }
}

export async function hides_and_shows_a_policy(page, report) {
  if (report.policies.length < 2) return;
  const marks = () => page.locator("#extra path.mark").count();
  const before = await marks();
  const box = page.locator(".chooser input").first();
  await box.uncheck();
  assert.ok((await marks()) < before, "a policy that is not chosen is still drawn");
  await box.check();
  assert.equal(await marks(), before, "a policy chosen again is not drawn again");
}

export async function has_headings_in_order(page) {
  const levels = await page.evaluate(() =>
    [...document.querySelectorAll("h1,h2,h3,h4")].map((h) => Number(h.tagName[1])),
  );
  assert.equal(levels.filter((l) => l === 1).length, 1, "one h1");
  levels.forEach((level, i) =>
    assert.ok(i === 0 || level <= levels[i - 1] + 1, `h${level} follows h${levels[i - 1]}`),
  );
}

export async function fits_its_window(page) {
  const [content, window] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert.ok(content <= window, `the page is ${content} pixels wide in a window of ${window}`);
}

export async function is_accessible(page, axe) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, { resultTypes: ["violations"] }),
  );
  const bad = violations.filter((v) => v.impact === "serious" || v.impact === "critical");
  const said = bad.map(
    (v) =>
      `${v.id} (${v.impact}), ${v.nodes.length} times: ${v.nodes
        .slice(0, 3)
        .map((n) => `${n.html.slice(0, 200)} ${n.failureSummary}`)
        .join(" | ")}`,
  );
  assert.equal(said.join("\n"), "");
}

export async function prints(page, file) {
  const pdf = await page.pdf({ path: file, format: "A4", printBackground: true });
  const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
  assert.ok(pages >= 2 && pdf.length > 20_000, `a PDF of ${pages} pages and ${pdf.length} bytes`);
}

export async function gives_its_data(page, report) {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Data of this page (JSON)" }).click(),
  ]);
  assert.deepEqual(JSON.parse(await readFile(await download.path(), "utf8")), report);
}

// Nothing of the data became an element, an attribute that runs, or an address.
export async function runs_nothing_of_its_data(page, report) {
  const found = await page.evaluate(() => ({
    title: document.title,
    foreign: [
      ...document.querySelectorAll("img, iframe, object, embed, link, base, form, audio, video"),
    ].map((e) => e.outerHTML.slice(0, 120)),
    scripts: document.scripts.length,
    handlers: [...document.querySelectorAll("*")]
      .flatMap((e) => [...e.attributes])
      .filter((a) => /^on/i.test(a.name))
      .map((a) => a.name),
    addresses: [...document.querySelectorAll("[href]")]
      .map((e) => e.getAttribute("href"))
      .filter((h) => !h.startsWith("#")),
    text: document.body.textContent,
  }));
  assert.notEqual(found.title, "pwned");
  assert.deepEqual([found.foreign, found.handlers, found.addresses], [[], [], []]);
  assert.equal(found.scripts, 3, "scripts");
  assert.ok(
    found.text.includes(report.scenario.question),
    "the question appears as it was written",
  );
}

export async function has_a_strict_policy(html) {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? "";
  assert.match(policy, /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+';/);
  assert.ok(!policy.includes("unsafe"), policy);
}
