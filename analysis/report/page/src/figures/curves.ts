// Latency and staleness as percentile curves: all of a distribution, with room for its tail.
import * as Plot from "@observablehq/plot";
import type { Curve, Curves } from "../data";
import { chart, label_ends } from "../chart";
import { el, isolated } from "../dom";
import { least, milliseconds, most, number, round_values, times } from "../numbers";
import { colour, dash } from "../palette";
import { choice, figure } from "../section";
import { readable } from "../tooltip";
import type { Shown, View } from "../view";

type Kind = "read" | "update" | "staleness";
const titles: Record<Kind, string> = {
  read: "Reads",
  update: "Updates",
  staleness: "How far stale reads were behind",
};
const kinds: Kind[] = ["read", "update", "staleness"];

// Each nine of a percentile takes the same room: 90, 99, 99.9.
const nines = (percentile: number): number => -Math.log10(1 - percentile / 100);
const ticks = [50, 90, 99, 99.9, 99.99];

export function value_at(curve: Curve, percentile: number): number | null {
  return curve.find(([p]) => p >= percentile)?.[1] ?? null;
}

const curves_of = (item: Shown, region: string): Curves | undefined =>
  item.policy.curves.find((c) => c.region === region);
const points_of = (curve: Curve): Curve => curve.filter(([p, ms]) => p < 100 && ms > 0);

function see(shown: Shown[], region: string): string {
  const where = region === "" ? "Over all regions" : `In ${region}`;
  const p99 = (s: Shown, kind: Kind) => value_at(curves_of(s, region)?.[kind] ?? [], 99);
  const range = (kind: Kind, noun: string): string => {
    const known = shown.filter((s) => p99(s, kind) !== null);
    const low = least(known, (s) => p99(s, kind) as number);
    const high = most(known, (s) => p99(s, kind) as number);
    if (!low || !high) return `no ${noun} was measured`;
    const [a, b] = [p99(low, kind) as number, p99(high, kind) as number];
    if (b < a * 1.05)
      return `99 of 100 ${noun} are answered within ${milliseconds(b)}, whatever the policy`;
    return `99 of 100 ${noun} are answered within ${milliseconds(a)} under ${low.quoted}, but ${milliseconds(b)} under ${high.quoted}, ${times(b / a)} times as long`;
  };
  return `${where}, ${range("read", "reads")}; ${range("update", "updates")}.`;
}

function panel(shown: Shown[], region: string, kind: Kind, width: number): HTMLElement {
  const lines = shown
    .map((s) => ({ s, points: points_of(curves_of(s, region)?.[kind] ?? []) }))
    .filter((l) => l.points.length > 1);
  const title = el("h3", {}, titles[kind]);
  if (lines.length === 0)
    return el(
      "div",
      {},
      title,
      el(
        "p",
        { class: "nothing" },
        kind === "staleness" ? "No read was stale." : "Nothing was measured.",
      ),
    );
  const [height, top, bottom, right] = [256, 20, 216, width > 300 ? 104 : 80];
  const flat = lines.flatMap(({ s, points }) =>
    points.map(([p, ms]) => ({ s, p, x: nines(p), ms })),
  );
  const last = Math.min(4.4, Math.max(2, ...flat.map((d) => d.x)));
  const round = round_values(
    Math.min(...flat.map((d) => d.ms)),
    Math.max(...flat.map((d) => d.ms)),
  );
  const drawn = chart({
    width,
    height,
    marginLeft: 46,
    marginRight: right,
    marginTop: top,
    marginBottom: height - bottom,
    x: {
      domain: [0, last],
      label: "percentile",
      labelArrow: "none",
      ticks: ticks.map(nines).filter((x) => x <= last + 1e-9),
      tickFormat: (x: number) => String(Number((100 - 100 * 10 ** -x).toFixed(3))),
    },
    y: { type: "log" },
    // An axis of its own: Plot leaves out labels of a logarithmic axis as it sees fit.
    marks: [
      Plot.gridY(round),
      Plot.axisY(round, { text: number, label: "ms", labelArrow: "none" }),
      ...lines.map(({ s, points }) =>
        Plot.line(
          points.filter(([p]) => nines(p) <= last + 1e-9),
          {
            x: ([p]) => nines(p as number),
            y: "1",
            stroke: colour(s.index),
            strokeDasharray: dash(s.index),
            strokeWidth: 1.8,
            curve: "monotone-x",
          },
        ),
      ),
    ],
  });
  const ends = lines.map(({ s, points }) => {
    const end = points.filter(([p]) => nines(p) <= last + 1e-9).at(-1) as [number, number];
    return { y: drawn.y(end[1]), text: isolated(s.policy.name, 15), colour: colour(s.index) };
  });
  label_ends(drawn, drawn.x(last), ends, top, bottom);
  const readings = flat
    .filter((d) => d.x <= last + 1e-9)
    .map(({ s, p, x, ms }) => ({
      x: drawn.x(x),
      y: drawn.y(ms),
      lines: [s.label, `${p} % within ${milliseconds(ms)}`],
    }));
  return el(
    "div",
    {},
    title,
    readable(drawn.element, `${titles[kind]}, milliseconds by percentile`, readings),
  );
}

export function curves(view: View): HTMLElement {
  const regions = view.report.policies[0]?.curves.map((c) => c.region) ?? [];
  let region = regions[0] ?? "";
  const controls = choice(
    "curves-region",
    "Region",
    regions.map((r) => r || "all"),
    0,
    (i) => {
      region = regions[i] ?? "";
      view.changed();
    },
  );
  return figure(view, {
    id: "curves",
    controls,
    caption:
      "Milliseconds (logarithmic) by percentile; each further nine takes the same room. Stale reads: how long ago the oldest version that they missed was committed.",
    see: (shown) => see(shown, region),
    draw: (shown, width) => {
      const each =
        width > 900
          ? Math.floor((width - 48) / 3)
          : width > 620
            ? Math.floor((width - 24) / 2)
            : width;
      const row = document.createElement("div");
      row.className = "panels";
      row.append(...kinds.map((kind) => panel(shown, region, kind, each)));
      return [row];
    },
    data: (shown) => ({
      heads: ["policy", "region", "of", "percentile", "ms"],
      names: 3,
      rows: shown.flatMap(({ policy }) =>
        policy.curves.flatMap((c) =>
          kinds.flatMap((kind) =>
            c[kind].map(([p, ms]) => [policy.name, c.region || "all", titles[kind], p, ms]),
          ),
        ),
      ),
    }),
  });
}
