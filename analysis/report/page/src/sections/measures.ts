// Tables of what was measured of each policy: how soon commits are seen, how often guarantees broke.
import type { Measures, Report } from "../data";
import { el, named } from "../dom";
import { data_details, scrolled } from "../grid";
import { swatch } from "../palette";

function table(report: Report, found: Measures, caption: string, regions: boolean): HTMLElement {
  const index_of = (name: string): number => report.policies.findIndex((p) => p.name === name);
  const rows = found.rows.map((row) =>
    el(
      "tr",
      {},
      el(
        "th",
        { scope: "row" },
        el("div", { class: "policy" }, swatch(index_of(row.policy)), named(row.policy)),
      ),
      regions && el("th", { scope: "row", class: "region" }, named(row.region)),
      ...row.cells.map((c) =>
        el("td", {}, c.text, c.note && el("span", { class: "interval" }, c.note)),
      ),
    ),
  );
  const names = regions ? ["Policy", "Region"] : ["Policy"];
  return el(
    "table",
    { class: "options regions" },
    el("caption", { class: "visually-hidden" }, caption),
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        ...[...names, ...found.heads].map((h, i) =>
          el("th", { scope: "col", class: i < names.length ? "text" : null }, h),
        ),
      ),
    ),
    el("tbody", {}, ...rows),
  );
}

// Nothing where nothing was measured.
export function measures(
  report: Report,
  found: Measures | undefined,
  id: string,
  caption: string,
): HTMLElement | null {
  if (!found || found.rows.length === 0) return null;
  const regions = found.rows.some((r) => r.region !== "");
  const grid = () => ({
    heads: ["policy", "region", ...found.heads.flatMap((h) => [h, `${h}, beside`])],
    names: 2,
    rows: found.rows.map((r) => [r.policy, r.region, ...r.cells.flatMap((c) => [c.text, c.note])]),
  });
  return el(
    "div",
    { class: "figure" },
    el("p", { class: "see" }, `${caption}.`),
    scrolled(caption, table(report, found, caption, regions)),
    el("p", { class: "legend" }, el("bdi", {}, `${found.legend}.`)),
    data_details(id, caption, grid),
  );
}
