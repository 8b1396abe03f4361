// Latency, wrong reads and RU against each other: two pictures with one upright axis, each policy a
// shape within the box of its intervals.
import * as Plot from "@observablehq/plot";
import type { Interval, Policy } from "../data";
import { chart, type Chart } from "../chart";
import { svg } from "../dom";
import { counted, joined, milliseconds, number } from "../numbers";
import { colour, shape_path } from "../palette";
import { figure } from "../section";
import { place_labels } from "../labels";
import { readable } from "../tooltip";
import type { Shown, View } from "../view";

interface Axis {
  title: string;
  of: (policy: Policy) => Interval;
  format: (value: number) => string;
}

const latency: Axis = {
  title: "p99 of reads in the worst region, ms",
  of: (p) => p.read_p99_ms,
  format: milliseconds,
};
const units: Axis = { title: "RU an operation", of: (p) => p.ru_per_operation, format: number };
const wrong = (policy: Policy): number => policy.wrong_per_million.estimate ?? 0;
const known = (policy: Policy): boolean =>
  [policy.wrong_per_million, policy.read_p99_ms, policy.ru_per_operation].every(
    (i) => i.estimate !== null,
  );

// Better or equal in all three, and better in one.
function beats(a: Policy, b: Policy): boolean {
  const values = (p: Policy) => [
    wrong(p),
    p.read_p99_ms.estimate ?? 0,
    p.ru_per_operation.estimate ?? 0,
  ];
  const [of_a, of_b] = [values(a), values(b)];
  return (
    of_a.every((v, i) => v <= (of_b[i] as number)) && of_a.some((v, i) => v < (of_b[i] as number))
  );
}

const is_beaten = (item: Shown, others: Shown[]): boolean =>
  others.some((o) => beats(o.policy, item.policy));

function see(shown: Shown[]): string {
  const measured = shown.filter((s) => known(s.policy));
  const best = measured.filter((s) => !is_beaten(s, measured));
  const rest = measured.length - best.length;
  const names = joined(best.map((s) => s.quoted));
  if (measured.length === 0)
    return "None of these policies has all three measured: latency, wrong reads and RU.";
  if (best.length === 1)
    return `${names} is at least as good as every other in latency, wrong reads and RU at once.`;
  const losers = rest
    ? `; ${counted(rest, "other")} ${rest === 1 ? "is" : "are"} no better than one of them in anything`
    : "";
  return `Lower left is better. There is a choice to make: none of ${names} beats another in latency, wrong reads and RU at once${losers}.`;
}

function range(values: (number | null)[]): [number, number] {
  const finite = values.filter((v): v is number => v !== null && Number.isFinite(v));
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const margin = (high - low) * 0.14 || Math.abs(high) * 0.1 || 1;
  return [Math.max(0, low - margin), high + margin];
}

// Without a bound, a box reaches the edge.
function boxes(items: Shown[], axis: Axis, x: [number, number], top: number): object[] {
  return items.map((s) => {
    const [h, v] = [axis.of(s.policy), s.policy.wrong_per_million];
    return {
      x1: h.low ?? x[0],
      x2: h.high ?? x[1],
      y1: v.low ?? 0,
      y2: Math.min(v.high ?? top, top),
      fill: colour(s.index),
    };
  });
}

function panel(items: Shown[], others: Shown[], axis: Axis, width: number): HTMLElement {
  const height = 300;
  const margin = { marginLeft: 56, marginRight: 16, marginTop: 22, marginBottom: 40 };
  const x = range(items.map((s) => axis.of(s.policy).estimate));
  const top =
    Math.max(
      10,
      ...items.map((s) => Math.max(wrong(s.policy), s.policy.wrong_per_million.high ?? 0)),
    ) * 1.4;
  const ticks = [0, 1, 10, 100, 1000, 10_000, 100_000, 1_000_000].filter((t) => t <= top);
  const drawn: Chart = chart({
    width,
    height,
    ...margin,
    x: {
      domain: x,
      label: axis.title,
      labelArrow: "none",
      ticks: Math.max(3, Math.floor(width / 90)),
      tickFormat: number,
    },
    y: {
      domain: [0, top],
      type: "symlog",
      constant: 1,
      label: "wrong reads per million",
      labelArrow: "none",
      ticks,
      tickFormat: number,
      grid: true,
    },
    marks: [
      Plot.rect(boxes(items, axis, x, top), {
        x1: "x1",
        x2: "x2",
        y1: "y1",
        y2: "y2",
        fill: "fill",
        fillOpacity: 0.16,
        stroke: "fill",
        strokeOpacity: 0.6,
        clip: true,
      }),
      Plot.ruleY([0]),
    ],
  });
  const places = items.map((s) => ({
    s,
    x: drawn.x(axis.of(s.policy).estimate ?? 0),
    y: drawn.y(wrong(s.policy)),
  }));
  for (const { s, x: px, y } of places) {
    const fill = is_beaten(s, others) ? "var(--paper)" : colour(s.index);
    drawn.element.append(
      svg("path", {
        class: "mark",
        d: shape_path(s.index, px, y, 6),
        fill,
        stroke: colour(s.index),
        "stroke-width": 1.8,
      }),
    );
  }
  place_labels(
    drawn.element,
    places.map((p) => ({ x: p.x, y: p.y, text: p.s.label, colour: colour(p.s.index) })),
    { left: margin.marginLeft, right: width - 4, top: 12, bottom: height - margin.marginBottom },
  );
  const readings = places.map(({ s, x: px, y }) => ({
    x: px,
    y,
    lines: [
      s.label,
      `wrong reads per million ${s.policy.wrong_per_million.text}`,
      `read p99 ${s.policy.read_p99_ms.text} in ${s.policy.read_p99_region}`,
      `RU an operation ${s.policy.ru_per_operation.text}`,
    ],
  }));
  return readable(
    drawn.element,
    `Wrong reads per million against ${axis.title}, ${counted(items.length, "policy", "policies")}`,
    readings,
  );
}

export function pareto(view: View): HTMLElement {
  return figure(view, {
    id: "pareto",
    caption:
      "Each shape is a policy, the box around it its intervals; a hollow shape is beaten by another in all three. The upright axis is logarithmic, with zero.",
    see,
    draw: (shown, width) => {
      const items = shown.filter((s) => known(s.policy));
      if (items.length === 0) return [];
      const each = width > 720 ? Math.floor((width - 24) / 2) : width;
      const row = document.createElement("div");
      row.className = "panels";
      row.append(panel(items, items, latency, each), panel(items, items, units, each));
      return [row];
    },
    data: (shown) => ({
      heads: [
        "policy",
        "wrong per million",
        "low",
        "high",
        "read p99, ms",
        "low",
        "high",
        "RU an operation",
        "low",
        "high",
      ],
      rows: shown.map(({ policy }) => [
        policy.name,
        ...[policy.wrong_per_million, policy.read_p99_ms, policy.ru_per_operation].flatMap((i) => [
          i.estimate,
          i.low,
          i.high,
        ]),
      ]),
    }),
  });
}
