// Tables: of data beside a figure, for reading and for spreadsheets.
import { el, named } from "./dom";
import { save } from "./download";

export type Value = string | number | null;
export interface Grid {
  heads: string[];
  rows: Value[][];
  names?: number; // how many leading columns are names; 1 unless given
}

const text_of = (value: Value): string => (value === null ? "" : String(value));

function cell(value: Value, is_name: boolean): HTMLElement {
  if (is_name) return el("th", { scope: "row" }, named(text_of(value)));
  if (typeof value === "string") return el("td", { class: "text" }, named(value, 160));
  return el(
    "td",
    {},
    value === null ? "–" : value.toLocaleString("en-US", { maximumSignificantDigits: 6 }),
  );
}

export function grid_table(grid: Grid, caption: string): HTMLElement {
  const names = grid.names ?? 1;
  const is_text = (column: number): boolean =>
    column < names || grid.rows.some((row) => typeof row[column] === "string");
  const head = el(
    "thead",
    {},
    el(
      "tr",
      {},
      ...grid.heads.map((h, i) => el("th", { scope: "col", class: is_text(i) ? "text" : null }, h)),
    ),
  );
  const rows = grid.rows.map((row) =>
    el("tr", {}, ...row.map((value, i) => cell(value, i < names))),
  );
  return scrolled(
    caption,
    el("table", { class: "data" }, el("caption", {}, caption), head, el("tbody", {}, ...rows)),
  );
}

// Wide tables move inside their own frame, by keyboard too; the page never does.
export function scrolled(label: string, content: HTMLElement): HTMLElement {
  return el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": label }, content);
}

// RFC 4180. A text that a spreadsheet would take for a formula stays a text.
export function csv(grid: Grid): string {
  const field = (value: Value): string => {
    if (typeof value !== "string") return text_of(value);
    const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return `"${text.replaceAll('"', '""')}"`;
  };
  return [grid.heads, ...grid.rows].map((row) => row.map(field).join(",")).join("\r\n") + "\r\n";
}

// Closed, with nothing in it, until somebody looks: a timeline has thousands of cells.
export function data_details(name: string, caption: string, make: () => Grid): HTMLDetailsElement {
  const body = el("div");
  const button = el("button", { type: "button" }, "Download as CSV");
  button.addEventListener("click", () => save(`${name}.csv`, "text/csv", csv(make())));
  const details = el(
    "details",
    { class: "data" },
    el("summary", {}, "Data of this figure"),
    el("p", {}, button),
    body,
  );
  details.addEventListener("toggle", () => {
    if (details.open) body.replaceChildren(grid_table(make(), caption));
  });
  return details;
}
