// Puts the page together, in the order in which a review asks: the answer, the options, how they
// compare, why, how sure, and how to repeat it.
import type { Report } from "./data";
import { el } from "./dom";
import { blast } from "./figures/blast";
import { causes } from "./figures/causes";
import { curves } from "./figures/curves";
import { extra } from "./figures/extra";
import { pareto } from "./figures/pareto";
import { same_read } from "./figures/same_read";
import { since_write } from "./figures/since_write";
import { store_timeline } from "./figures/store_timeline";
import { timeline } from "./figures/timeline";
import { section } from "./section";
import { assumptions, limits } from "./sections/assumptions";
import { chooser } from "./sections/chooser";
import { measures_table, objectives_table, options_sentence } from "./sections/options";
import { measures } from "./sections/measures";
import { recovery } from "./sections/recovery";
import { regions } from "./sections/regions";
import { reproduce } from "./sections/reproduce";
import { page_head, reasons, verdict } from "./sections/verdict";
import { View } from "./view";

function sections(view: View): HTMLElement[] {
  const { report } = view;
  const recovered = recovery(view);
  return [
    section(
      "options",
      "Options",
      el("p", { class: "see" }, options_sentence(report)),
      objectives_table(report),
      measures_table(report),
    ),
    section("tradeoff", "Latency, wrong reads and RU", pareto(view)),
    section(
      "distributions",
      "Latency and staleness",
      curves(view),
      measures(report, report.freshness, "freshness", "How soon a commit is seen"),
    ),
    section("after-a-write", "Wrong reads by time since the write", since_write(view)),
    section("over-time", "Over time", timeline(view), store_timeline(view)),
    section(
      "why",
      "Causes",
      causes(view),
      measures(report, report.guarantees, "guarantees", "How often guarantees broke"),
    ),
    section("same-read", "The same read, twice", same_read(view)),
    section("by-region", "Region by region", regions(view)),
    section("load", "Extra calls, and load on the write region", extra(view)),
    section("faults", "Blast radius of each fault", blast(view)),
    ...(recovered ? [section("recovery", "After a fault of the store", recovered)] : []),
    section("assumptions", "Assumptions by origin", assumptions(report)),
    section("limits", "Not exercised, not modelled", limits(report)),
    section("reproduce", "Reproduce", reproduce(report)),
  ];
}

function contents(parts: HTMLElement[]): HTMLElement {
  const links = [
    ["verdict", "Verdict"],
    ...parts.map((p) => [p.id, p.querySelector("h2")?.textContent ?? ""]),
  ];
  const list = el(
    "ol",
    {},
    ...links.map(([id, text]) => el("li", {}, el("a", { href: `#${id}` }, text ?? ""))),
  );
  const details = el("details", {}, el("summary", {}, "Contents"), list);
  // Beside the text where there is room (style.css has the same width), else out of the way.
  const wide = matchMedia("(min-width: 62rem)");
  const fit = (): void => void (details.open = wide.matches);
  wide.addEventListener("change", fit);
  fit();
  return el("nav", { "aria-label": "Contents" }, details);
}

function licences(): HTMLElement {
  const text = document.getElementById("licences")?.textContent ?? "";
  return el(
    "footer",
    {},
    el("details", {}, el("summary", {}, "Licences of what draws this page"), el("pre", {}, text)),
  );
}

// Figures know their width only where they stand; they are drawn again when it changes.
function keep_drawn(view: View, main: HTMLElement): void {
  let width = 0;
  new ResizeObserver(() => {
    if (main.clientWidth === width) return;
    width = main.clientWidth;
    requestAnimationFrame(() => view.changed());
  }).observe(main);
}

// What is folded away on the screen belongs on paper, where nobody can unfold it; not the tables of
// data, which the page's file has.
function unfold_for_print(): void {
  const closed = (): NodeListOf<HTMLDetailsElement> =>
    document.querySelectorAll("details.origin:not([open])");
  let opened: HTMLDetailsElement[] = [];
  addEventListener("beforeprint", () => {
    opened = [...closed()];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });
}

function show(report: Report): void {
  document.title = `${report.scenario.title} · seatrial`;
  const view = new View(report);
  const parts = sections(view);
  const main = el(
    "main",
    {},
    verdict(report),
    reasons(report),
    parts[0] as HTMLElement,
    chooser(view),
    ...parts.slice(1),
  );
  document.body.append(
    page_head(report),
    el("div", { class: "columns" }, contents(parts), main),
    licences(),
  );
  view.changed();
  keep_drawn(view, main);
  unfold_for_print();
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

try {
  const report = JSON.parse(document.getElementById("report")?.textContent ?? "") as Report;
  if (report.format !== "seatrial-report/1")
    throw new Error(`the data has the format ${String(report.format)}`);
  show(report);
} catch (error) {
  document.body.append(
    el(
      "p",
      { class: "notice", role: "alert" },
      `This report cannot be drawn: ${error instanceof Error ? error.message : String(error)}. report.md, beside it, says the same in text.`,
    ),
  );
  throw error;
}
