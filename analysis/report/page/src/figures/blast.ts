// How far each fault reached: of the users who did something in its phase, the share who met a
// wrong read, a failure or a degraded answer, beside the share who do without any fault, and in how
// many regions there are more of them than that.
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
const excess = (b: Blast | undefined): number => share(b) - (b?.usual ?? 0);
const phases_of = (view: View): string[] =>
  view.report.policies[0]?.blast.map((b) => b.phase) ?? [];

// "3.1 % (2.49 % without a fault)"
function beside_usual(b: Blast | undefined): string {
  const usual = b?.usual ?? null;
  return percent(share(b)) + (usual === null ? "" : ` (${percent(usual)} without a fault)`);
}

function see_phase(shown: Shown[], phase: string): string {
  const of = (s: Shown): Blast | undefined => of_phase(s, phase);
  const name = isolated(phase);
  if (shown.every((s) => share(of(s)) === 0)) return `In ${name} nobody was hit.`;
  const reached = shown.filter((s) => of(s)?.regions_hit.length);
  const high = most(reached.length ? reached : shown, (s) => excess(of(s))) as Shown;
  const said = `${beside_usual(of(high))} under ${high.quoted}`;
  if (reached.length === 0)
    return `In ${name}, under none of these policies are clearly more users hit than without a fault; nearest to it: ${said}.`;
  const blast = of(high) as Blast;
  const where = `in ${blast.regions_hit.length} of ${counted(blast.regions, "region")}`;
  const low = least(shown, (s) => excess(of(s))) as Shown;
  const rest =
    low.index === high.index ? "" : `; least, ${beside_usual(of(low))}, under ${low.quoted}`;
  return `In ${name} the fault hits most users under ${high.quoted}, ${where}: ${beside_usual(blast)}${rest}.`;
}

const see = (view: View, shown: Shown[]): string =>
  phases_of(view)
    .map((phase) => see_phase(shown, phase))
    .join(" ");

function panel(shown: Shown[], phase: string, width: number): HTMLElement {
  const line = 24;
  const left = Math.min(150, width * 0.34);
  const is_wide = width > 430;
  const top =
    Math.max(
      0.001,
      ...shown.flatMap((s) => [share(of_phase(s, phase)), of_phase(s, phase)?.usual ?? 0]),
    ) * 1.02;
  const drawn = chart({
    width,
    height: shown.length * line + 2,
    marginLeft: left,
    marginRight: is_wide ? 228 : 168,
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
      Plot.tickX(
        shown.flatMap((s, i) => {
          const usual = of_phase(s, phase)?.usual ?? null;
          return usual === null ? [] : [{ usual, i }];
        }),
        { x: "usual", y: "i", stroke: "var(--ink)", strokeWidth: 1.5 },
      ),
      Plot.ruleX([0]),
    ],
  });
  const readings = shown.flatMap((s, i) => {
    const b = of_phase(s, phase);
    if (!b) return [];
    const [x, y] = [drawn.x(share(b)), i * line + line / 2];
    const usual = b.usual === null ? "" : ` (${percent(b.usual)})`;
    const reached = b.regions_hit.length;
    const regions = is_wide
      ? ` · ${reached || "no"} ${reached ? `of ${b.regions} regions` : "region"}`
      : ` · ${reached} of ${b.regions}`;
    const end = drawn.x(Math.max(share(b), b.usual ?? 0));
    drawn.element.append(
      svg("text", { x: left - 8, y, dy: "0.32em", "text-anchor": "end", class: "value" }, s.label),
      svg(
        "text",
        { x: end + 6, y, dy: "0.32em", class: "value strong" },
        (b.hit ? percent(share(b)) : "nobody") + usual + regions,
      ),
    );
    return [
      {
        x,
        y,
        lines: [
          s.label,
          `${count(b.hit)} of ${counted(b.users, "user")} hit: ${beside_usual(b)}`,
          `${count(b.wrong)} saw something wrong, ${count(b.failed)} a failure, ${count(b.degraded)} a degraded answer`,
          b.regions_hit.length
            ? `more than usual in ${joined(b.regions_hit.map((r) => isolated(r)))}`
            : "in no region more than usual",
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
      "Share of the users with an operation in the phase who met a wrong read, a failure or a degraded answer at least once. The stroke, and the share in brackets: the same before any fault. Regions are those where clearly more are hit than that: beyond chance, and twice as many.",
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
        "share hit",
        "share without a fault",
        "wrong",
        "failed",
        "degraded",
        "regions hit more than usual",
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
          share(b),
          b.usual,
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
