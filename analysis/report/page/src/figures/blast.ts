// How far each fault reached: of the users who did something in its phase, the share who met a
// wrong read, a failure or a degraded answer, and in how many regions they were.
import * as Plot from "@observablehq/plot";
import type { Blast } from "../data";
import { chart } from "../chart";
import { el, isolated, svg } from "../dom";
import { count, counted, joined, least, most, percent } from "../numbers";
import { colour } from "../palette";
import { figure } from "../section";
import { readable } from "../tooltip";
import type { Shown, View } from "../view";

const of_phase = (s: Shown, phase: string): Blast | undefined =>
  s.policy.blast.find((b) => b.phase === phase);
const share = (b: Blast | undefined): number => (b && b.users > 0 ? b.hit / b.users : 0);
const phases_of = (view: View): string[] =>
  view.report.policies[0]?.blast.map((b) => b.phase) ?? [];

function see(view: View, shown: Shown[]): string {
  const said = phases_of(view).map((phase) => {
    const high = most(shown, (s) => share(of_phase(s, phase))) as Shown;
    const low = least(shown, (s) => share(of_phase(s, phase))) as Shown;
    const [a, b] = [share(of_phase(high, phase)), share(of_phase(low, phase))];
    const blast = of_phase(high, phase) as Blast;
    if (a === 0) return `In ${isolated(phase)} nobody was hit.`;
    const regions = `in ${blast.regions_hit.length} of ${counted(blast.regions, "region")}`;
    const rest =
      high.index === low.index || b >= a
        ? ""
        : ` and ${b === 0 ? "none" : percent(b)} under ${low.quoted}`;
    return `In ${isolated(phase)}, ${percent(a)} of the users are hit under ${high.quoted}, ${regions}${rest}.`;
  });
  return said.join(" ");
}

function panel(shown: Shown[], phase: string, width: number): HTMLElement {
  const line = 24;
  const left = Math.min(150, width * 0.34);
  const top = Math.max(0.001, ...shown.map((s) => share(of_phase(s, phase)))) * 1.02;
  const drawn = chart({
    width,
    height: shown.length * line + 2,
    marginLeft: left,
    marginRight: Math.min(190, width * 0.42),
    marginTop: 0,
    marginBottom: 2,
    x: { domain: [0, top], axis: null },
    y: { axis: null, domain: shown.map((_, i) => i), padding: 0.28 },
    marks: [
      Plot.barX(shown, {
        x: (s: Shown) => share(of_phase(s, phase)),
        y: (_, i: number) => i,
        fill: (s: Shown) => colour(s.index),
        fillOpacity: 0.75,
      }),
      Plot.ruleX([0]),
    ],
  });
  const readings = shown.flatMap((s, i) => {
    const b = of_phase(s, phase);
    if (!b) return [];
    const [x, y] = [drawn.x(share(b)), i * line + line / 2];
    const regions = b.hit ? ` · ${b.regions_hit.length} of ${b.regions} regions` : "";
    drawn.element.append(
      svg("text", { x: left - 8, y, dy: "0.32em", "text-anchor": "end", class: "value" }, s.label),
      svg(
        "text",
        { x: x + 6, y, dy: "0.32em", class: "value strong" },
        (b.hit ? percent(share(b)) : "nobody") + regions,
      ),
    );
    return [
      {
        x,
        y,
        lines: [
          s.label,
          `${count(b.hit)} of ${counted(b.users, "user")} hit`,
          `${count(b.wrong)} saw something wrong, ${count(b.failed)} a failure, ${count(b.degraded)} a degraded answer`,
          b.regions_hit.length
            ? `in ${joined(b.regions_hit.map((r) => isolated(r)))}`
            : "in no region",
        ],
      },
    ];
  });
  const faults = shown.map((s) => of_phase(s, phase)?.faults ?? []).find((f) => f.length) ?? [];
  return el(
    "div",
    {},
    el(
      "h3",
      {},
      el("bdi", {}, phase),
      el("span", { class: "unit" }, " ", el("bdi", {}, joined(faults))),
    ),
    readable(drawn.element, `Share of users hit in ${phase}`, readings),
  );
}

export function blast(view: View): HTMLElement | null {
  const phases = phases_of(view);
  if (phases.length === 0)
    return el("p", { class: "nothing" }, "No phase of this scenario has a fault.");
  return figure(view, {
    id: "blast",
    caption:
      "Share of the users with an operation in the phase who met a wrong read, a failure or a degraded answer at least once.",
    see: (shown) => see(view, shown),
    draw: (shown, width) => {
      const columns = width > 900 && phases.length > 1 ? 2 : 1;
      const each = Math.floor((width - 28 * (columns - 1)) / columns);
      return [el("div", { class: "panels" }, ...phases.map((p) => panel(shown, p, each)))];
    },
    data: (shown) => ({
      heads: [
        "policy",
        "phase",
        "faults",
        "users",
        "hit",
        "wrong",
        "failed",
        "degraded",
        "regions hit",
        "regions",
      ],
      names: 2,
      rows: shown.flatMap(({ policy }) =>
        policy.blast.map((b) => [
          policy.name,
          b.phase,
          joined(b.faults),
          b.users,
          b.hit,
          b.wrong,
          b.failed,
          b.degraded,
          joined(b.regions_hit),
          b.regions,
        ]),
      ),
    }),
  });
}
