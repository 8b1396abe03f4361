// Every policy against every objective, and what each gives beside.
import type { Policy, Report, TableCell } from "../data";
import { el, hidden, named } from "../dom";
import { scrolled } from "../grid";
import { counted } from "../numbers";
import { swatch } from "../palette";

const signs = { pass: "✓", fail: "✗", inconclusive: "?" };
const spoken = { pass: "met", fail: "missed", inconclusive: "inconclusive" };

function policy_head(name: string, index: number, note: HTMLElement | string): HTMLElement {
  return el(
    "th",
    { scope: "row" },
    el(
      "div",
      { class: "policy" },
      swatch(index),
      el("div", {}, named(name), note && el("span", { class: "note" }, note)),
    ),
  );
}

// "15 ms [14, 16]": the interval under the estimate.
function measured(text: string, ...more: (Node | false)[]): HTMLElement {
  const [estimate, interval] = text.split(/ (?=[[(])/, 2);
  return el("td", {}, estimate, interval && el("span", { class: "interval" }, interval), ...more);
}

function verdict_cell(cell: TableCell): HTMLElement {
  return el(
    "td",
    { class: cell.verdict },
    el("span", { class: "estimate" }, cell.text),
    " ",
    el("span", { class: "sign", "aria-hidden": "true" }, signs[cell.verdict]),
    hidden(` ${spoken[cell.verdict]}`),
    cell.interval && el("span", { class: "interval" }, cell.interval),
    cell.place && el("span", { class: "interval" }, named(cell.place)),
  );
}

export function objectives_table(report: Report): HTMLElement {
  const { table, scenario, verdict } = report;
  const heads = table.heads.map((h) =>
    el(
      "th",
      { scope: "col" },
      el("span", { class: "objective" }, named(h.name)),
      el("span", { class: "what" }, named(h.what)),
      el("span", { class: "limit" }, named(h.limit, 90)),
    ),
  );
  const rows = table.rows.map((row, i) =>
    el(
      "tr",
      { class: i === verdict.policy ? "chosen" : null },
      policy_head(
        row.policy,
        i,
        i === scenario.baseline
          ? "baseline"
          : i === verdict.policy && verdict.kind === "recommended"
            ? "recommended"
            : "",
      ),
      el("td", { class: "met" }, row.met),
      ...row.cells.map(verdict_cell),
      el("td", {}, row.ru),
      table.cost_head && el("td", {}, row.cost),
      table.has_months && el("td", {}, row.month),
    ),
  );
  const element = el(
    "table",
    { class: "options" },
    el("caption", { class: "visually-hidden" }, "Policies against objectives"),
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        el("th", { scope: "col" }, "Policy"),
        el("th", { scope: "col" }, "Met"),
        ...heads,
        el("th", { scope: "col" }, "RU an operation"),
        table.cost_head && el("th", { scope: "col" }, el("bdi", {}, table.cost_head)),
        table.has_months && el("th", { scope: "col" }, "Wrong reads a month"),
      ),
    ),
    el("tbody", {}, ...rows),
  );
  return el(
    "div",
    {},
    scrolled("Policies against objectives", element),
    el(
      "p",
      { class: "legend" },
      "✓ met   ✗ missed   ? inconclusive: more replications would decide.   ",
      el("bdi", {}, table.legend),
    ),
  );
}

// A line of its own under a policy's figures: these are sentences.
function said(head: string, texts: string[], columns: number): HTMLElement | false {
  if (texts.length === 0) return false;
  return el(
    "tr",
    { class: "said" },
    el(
      "td",
      { colspan: columns },
      el(
        "div",
        {},
        el("span", { class: "quiet" }, `${head}: `),
        el("ul", {}, ...texts.map((t) => el("li", {}, el("bdi", {}, t)))),
      ),
    ),
  );
}

export function measures_table(report: Report): HTMLElement {
  const heads = [
    "Policy, and what it changes",
    "Wrong reads per million",
    "Read p99, worst region",
    "Update p99, worst region",
    "Availability",
    "RU an operation",
  ];
  const where = (region: string): HTMLElement | false =>
    region !== "" && el("span", { class: "interval" }, named(region));
  const body = (p: Policy, i: number): HTMLElement =>
    el(
      "tbody",
      { class: i === report.verdict.policy ? "chosen" : null },
      el(
        "tr",
        {},
        policy_head(p.name, i, named(p.changes, 120)),
        measured(p.wrong_per_million.text),
        measured(p.read_p99_ms.text, where(p.read_p99_region)),
        measured(p.update_p99_ms.text, where(p.update_p99_region)),
        measured(p.availability.text),
        measured(p.ru_per_operation.text),
      ),
      said("Against the baseline, pair by pair", p.differences, heads.length),
      said("Takes", p.takes ?? [], heads.length),
    );
  const element = el(
    "table",
    { class: "options measures" },
    el("caption", { class: "visually-hidden" }, "What each policy gives, with intervals"),
    el("thead", {}, el("tr", {}, ...heads.map((h) => el("th", { scope: "col" }, h)))),
    ...report.policies.map(body),
  );
  return scrolled("What each policy gives, with intervals", element);
}

export function options_sentence(report: Report): string {
  const all = report.policies.filter((p) => p.missed === 0 && p.inconclusive === 0).length;
  const n = report.policies.length;
  const open = report.policies.filter((p) => p.inconclusive > 0).length;
  const undecided = open
    ? ` This run cannot decide every objective of ${open === n ? "any policy" : counted(open, "policy", "policies")}.`
    : "";
  if (n === 1)
    return all
      ? "The policy meets every objective."
      : `The policy does not meet every objective.${undecided}`;
  return `${all === 0 ? "None" : all} of ${n} policies ${all > 1 ? "meet" : "meets"} every objective.${undecided}`;
}
