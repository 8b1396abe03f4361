// Region by region: an average over regions hides that the write region has no problem at all.
import { el, named } from "../dom";
import { scrolled, data_details } from "../grid";
import { joined, milliseconds, most, least } from "../numbers";
import { swatch } from "../palette";
import { value_at } from "../figures/curves";
import type { Shown, View } from "../view";

function see(view: View, shown: Shown[]): string {
  const subject = shown.find((s) => s.index === view.report.verdict.policy) ?? shown[0];
  if (!subject) return "No policy is chosen: choose one above.";
  const p99 = subject.policy.curves
    .filter((c) => c.region !== "")
    .flatMap((c) => {
      const ms = value_at(c.read, 99);
      return ms === null ? [] : [{ region: c.region, ms }];
    });
  const writes = joined(subject.policy.regions.filter((r) => r.writes).map((r) => r.region));
  const [slow, quick] = [most(p99, (p) => p.ms), least(p99, (p) => p.ms)];
  if (!slow || !quick || slow.region === quick.region) return `The write region is ${writes}.`;
  if (slow.ms < quick.ms * 1.05)
    return `Under ${subject.quoted}, 99 of 100 reads are answered within ${milliseconds(slow.ms)} in every region. The write region is ${writes}.`;
  return `Where users are matters: under ${subject.quoted}, 99 of 100 reads are answered within ${milliseconds(quick.ms)} in ${quick.region}, and within ${milliseconds(slow.ms)} in ${slow.region}. The write region is ${writes}.`;
}

function table(view: View, shown: Shown[]): HTMLElement {
  const bodies = shown.map((s) =>
    el(
      "tbody",
      {},
      ...s.policy.regions.map((row, i) =>
        el(
          "tr",
          {},
          i === 0 &&
            el(
              "th",
              { scope: "rowgroup", class: "policy-cell", rowspan: s.policy.regions.length },
              el("div", { class: "policy" }, swatch(s.index), named(s.policy.name)),
            ),
          el(
            "th",
            { scope: "row", class: "region" },
            named(row.region),
            row.writes && el("span", { class: "note" }, "writes"),
          ),
          ...row.cells.map((c) => el("td", {}, c)),
        ),
      ),
    ),
  );
  return el(
    "table",
    { class: "options regions" },
    el("caption", { class: "visually-hidden" }, "Each policy in each region"),
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        ...["Policy", "Region", ...view.report.region_heads].map((h, i) =>
          el("th", { scope: "col", class: i < 2 ? "text" : null }, h),
        ),
      ),
    ),
    ...bodies,
  );
}

export function regions(view: View): HTMLElement {
  const sentence = el("p", { class: "see" });
  const body = el("div");
  view.on_change(() => {
    sentence.textContent = see(view, view.shown());
    body.replaceChildren(scrolled("Each policy in each region", table(view, view.shown())));
  });
  const grid = () => ({
    heads: ["policy", "region", "writes", ...view.report.region_heads],
    names: 2,
    rows: view
      .shown()
      .flatMap(({ policy }) =>
        policy.regions.map((r) => [policy.name, r.region, r.writes ? "yes" : "no", ...r.cells]),
      ),
  });
  return el(
    "div",
    { class: "figure" },
    sentence,
    body,
    data_details("regions", "Each policy in each region", grid),
  );
}
