// How to get the same answer again, and the data behind this page.
import type { Report } from "../data";
import { el } from "../dom";
import { save } from "../download";
import { csv, type Grid, scrolled } from "../grid";

function button(text: string, press: () => void): HTMLElement {
  const element = el("button", { type: "button" }, text);
  element.addEventListener("click", press);
  return element;
}

function objectives_grid(report: Report): Grid {
  return {
    heads: [
      "policy",
      ...report.table.heads.flatMap((h) => [`${h.name} (${h.what})`, "interval", "verdict"]),
      "RU an operation",
      "wrong reads a month",
      report.table.cost_head || "cost a month",
      "met",
    ],
    rows: report.table.rows.map((r) => [
      r.policy,
      ...r.cells.flatMap((c) => [c.text, c.interval, c.verdict]),
      r.ru,
      r.month,
      r.cost,
      r.met,
    ]),
  };
}

export function reproduce(report: Report): HTMLElement {
  const { reproduce: r, scenario, program } = report;
  const facts: [string, string][] = [
    ["Seed", String(r.seed)],
    ["Replications", String(r.replications)],
    ["Digest", r.digest],
    ["Program", `${program.name} ${program.version}`],
    ["Scenario", scenario.file],
    ...r.overrides.map((o): [string, string] => ["Set", o]),
  ];
  return el(
    "div",
    { class: "figure" },
    el(
      "p",
      { class: "see" },
      "The same program, scenario and seed give the same digest on every machine; another digest means that something differs.",
    ),
    scrolled("Command", el("pre", { class: "command" }, r.command)),
    el(
      "dl",
      { class: "facts" },
      ...facts.flatMap(([term, text]) => [el("dt", {}, term), el("dd", {}, el("bdi", {}, text))]),
    ),
    el(
      "p",
      { class: "buttons" },
      button("Data of this page (JSON)", () =>
        save("report.json", "application/json", JSON.stringify(report, null, 1)),
      ),
      button("Objectives (CSV)", () =>
        save("objectives.csv", "text/csv", csv(objectives_grid(report))),
      ),
      button("Scenario", () =>
        save(
          scenario.file.replace(/[^\w.-]+/g, "-") || "scenario.json",
          "application/json",
          scenario.text,
        ),
      ),
    ),
    el(
      "details",
      {},
      el("summary", {}, "The scenario, as it was read"),
      scrolled("Scenario", el("pre", {}, scenario.text)),
    ),
  );
}
