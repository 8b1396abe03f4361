// Why reads went wrong, under each policy.
import * as Plot from "@observablehq/plot";
import type { CauseCount } from "../data";
import { chart } from "../chart";
import { el, isolated, named, svg } from "../dom";
import { counted, most, percent, whole_percent } from "../numbers";
import { colour } from "../palette";
import { choice, figure } from "../section";
import { readable } from "../tooltip";
import type { Shown, View } from "../view";

type Guarantee = CauseCount["guarantee"];
const guarantees: Guarantee[] = ["ryw_user", "ryw", "mr"];
const noun: Record<Guarantee, string> = {
  ryw_user: "reads that missed a write of their user",
  ryw: "reads that missed their session's own write",
  mr: "reads that went back in time",
};
const option: Record<Guarantee, string> = {
  ryw_user: "of the user, any device",
  ryw: "of the session itself",
  mr: "reads going back",
};

const causes_of = (s: Shown, g: Guarantee): CauseCount[] =>
  s.policy.causes.filter((c) => c.guarantee === g && c.count > 0).sort((a, b) => b.count - a.count);
const sum = (causes: CauseCount[]): number => causes.reduce((total, c) => total + c.count, 0);

function see(shown: Shown[], guarantee: Guarantee): string {
  const bad = most(
    shown.filter((s) => causes_of(s, guarantee).length),
    (s) => sum(causes_of(s, guarantee)),
  );
  if (!bad) return `Under none of these policies were there ${noun[guarantee]}.`;
  const main = causes_of(bad, guarantee)[0] as CauseCount;
  return `Most ${noun[guarantee]} are under ${bad.quoted} (${counted(sum(causes_of(bad, guarantee)), "read")}); ${whole_percent(main.share)} of them for one reason. ${main.sentence}`;
}

function bars(s: Shown, causes: CauseCount[], width: number): HTMLElement {
  const height = causes.length * 34 + 4;
  const drawn = chart({
    width,
    height,
    margin: 0,
    marginRight: 58,
    x: { domain: [0, 1], axis: null },
    y: { axis: null, domain: causes.map((_, i) => i), padding: 0 },
    marks: [
      Plot.barX(causes, {
        x: "share",
        y: (_, i: number) => i,
        fill: colour(s.index),
        fillOpacity: 0.75,
        insetTop: 17,
        insetBottom: 6,
      }),
    ],
  });
  const readings = causes.map((c, i) => {
    const middle = i * 34 + 24;
    drawn.element.append(
      svg(
        "text",
        { x: 0, y: i * 34 + 12, class: "cause" },
        isolated(c.cause, Math.floor(width / 6.6)),
      ),
      svg(
        "text",
        { x: drawn.x(c.share) + 5, y: middle, dy: "0.2em", class: "value" },
        percent(c.share),
      ),
    );
    return {
      x: drawn.x(c.share),
      y: middle,
      lines: [isolated(c.cause), `${counted(c.count, "read")}, ${percent(c.share)}`, c.sentence],
    };
  });
  const label = causes.map((c) => `${c.cause}: ${percent(c.share)}`).join("; ");
  return readable(drawn.element, label, readings);
}

function block(s: Shown, guarantee: Guarantee, width: number): HTMLElement {
  const causes = causes_of(s, guarantee);
  const head = el(
    "h3",
    {},
    named(s.policy.name),
    el("span", { class: "unit" }, ` ${causes.length ? counted(sum(causes), "read") : "none seen"}`),
  );
  return el("div", { class: "block" }, head, causes.length ? bars(s, causes, width) : null);
}

// A cause is named by two or three words on the bars: here is what they mean.
function meanings(shown: Shown[]): HTMLElement {
  const said = new Map(
    shown.flatMap((s) => s.policy.causes.map((c) => [c.cause, c.sentence] as const)),
  );
  const items = [...said].flatMap(([cause, sentence]) => [
    el("dt", {}, el("bdi", {}, cause)),
    el("dd", {}, sentence),
  ]);
  return el("dl", { class: "meanings" }, ...items);
}

export function causes(view: View): HTMLElement {
  const used = guarantees.filter((g) =>
    view.report.policies.some((p) => p.causes.some((c) => c.guarantee === g && c.count > 0)),
  );
  let guarantee: Guarantee = used[0] ?? "ryw_user";
  const controls = choice(
    "causes-guarantee",
    "Writes",
    used.map((g) => option[g]),
    0,
    (i) => {
      guarantee = used[i] ?? guarantee;
      view.changed();
    },
  );
  return figure(view, {
    id: "causes",
    ...(used.length > 1 ? { controls } : {}),
    caption:
      "Shares of each policy's wrong reads by cause. The observer decides the cause from what the pod, the broker and the replica knew; each wrong read has one.",
    see: (shown) => see(shown, guarantee),
    draw: (shown, width) => {
      const columns = width > 900 ? 3 : width > 560 ? 2 : 1;
      const each = Math.floor((width - 28 * (columns - 1)) / columns);
      const grid = el("div", { class: "panels" }, ...shown.map((s) => block(s, guarantee, each)));
      return [grid, meanings(shown)];
    },
    data: (shown) => ({
      heads: ["policy", "guarantee", "cause", "reads", "share", "meaning"],
      names: 3,
      rows: shown.flatMap(({ policy }) =>
        policy.causes.map((c) => [policy.name, c.guarantee, c.cause, c.count, c.share, c.sentence]),
      ),
    }),
  });
}
