// How each policy recovered from each fault of the store: what was lost, and for how long.
import type { Recovery, Report } from "../data";
import { el, named } from "../dom";
import { data_details, scrolled } from "../grid";
import { swatch } from "../palette";
import type { View } from "../view";

const caption = "Each policy after each fault of the store";

function table(report: Report, recovery: Recovery): HTMLElement {
  const faults = [...new Set(recovery.rows.map((r) => r.fault))];
  const index_of = (name: string): number => report.policies.findIndex((p) => p.name === name);
  const bodies = faults.map((fault) => {
    const rows = recovery.rows.filter((r) => r.fault === fault);
    return el(
      "tbody",
      {},
      ...rows.map((row, i) =>
        el(
          "tr",
          {},
          i === 0 &&
            el("th", { scope: "rowgroup", class: "region", rowspan: rows.length }, named(fault)),
          el(
            "th",
            { scope: "row" },
            el("div", { class: "policy" }, swatch(index_of(row.policy)), named(row.policy)),
          ),
          ...row.cells.map((c) =>
            el("td", {}, c.text, c.where && el("span", { class: "interval" }, c.where)),
          ),
        ),
      ),
    );
  });
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
        ...["Fault", "Policy", ...recovery.heads].map((h, i) =>
          el("th", { scope: "col", class: i < 2 ? "text" : null }, h),
        ),
      ),
    ),
    ...bodies,
  );
}

// Nothing where no fault took a store down.
export function recovery(view: View): HTMLElement | null {
  const { recovery: found } = view.report;
  if (!found || found.rows.length === 0) return null;
  const grid = () => ({
    heads: ["fault", "policy", ...found.heads.flatMap((h) => [h, `${h}, partitions`])],
    names: 2,
    rows: found.rows.map((r) => [r.fault, r.policy, ...r.cells.flatMap((c) => [c.text, c.where])]),
  });
  return el(
    "div",
    { class: "figure" },
    ...found.said.map((text) => el("p", { class: "see" }, el("bdi", {}, `${text}.`))),
    scrolled(caption, table(view.report, found)),
    el(
      "p",
      { class: "legend" },
      "Means over the replications, of the partition that is worst in each. RPO: how old the oldest lost write was at the fault. RTO: from the fault to the first good answer to a write that was sent after it, and to a read of the region's users. Usual lag: from the end of the fault. Below a value: its worst partition and its best, where they differ.",
    ),
    data_details("recovery", caption, grid),
  );
}
