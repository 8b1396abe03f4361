// How soon after a write a read must come to go wrong.
import * as Plot from "@observablehq/plot";
import type { AgeBucket } from "../data";
import { chart } from "../chart";
import { place_labels } from "../labels";
import { count, counted, joined, milliseconds, most, number, round_values } from "../numbers";
import { svg } from "../dom";
import { colour, dash, shape_path } from "../palette";
import { figure } from "../section";
import { readable } from "../tooltip";
import type { Shown, View } from "../view";

const total = (buckets: AgeBucket[]): number => buckets.reduce((sum, b) => sum + b.violations, 0);
const rate = (b: AgeBucket): number | null =>
  b.opportunities > 0 ? (b.violations / b.opportunities) * 1e6 : null;

function see(shown: Shown[]): string {
  const bad = most(
    shown.filter((s) => total(s.policy.since_write) > 0),
    (s) => total(s.policy.since_write),
  );
  if (!bad) return "Under none of these policies did a read miss a write of its user.";
  const clean = shown.filter((s) => total(s.policy.since_write) === 0);
  const others = clean.length
    ? ` Under ${joined(clean.map((s) => s.quoted))} no read was wrong, however soon it came.`
    : "";
  return `Under ${bad.quoted}, 95 of 100 wrong reads come within about ${bad.policy.nearly_all_within} of the write (${counted(total(bad.policy.since_write), "wrong read")} seen).${others}`;
}

// Up to a little after the last wrong read: what comes later is as empty as long.
function last_of(all: AgeBucket[]): number {
  const ends = all.filter((b) => b.opportunities > 0).map((b) => b.to_ms);
  const wrong = Math.max(0, ...all.filter((b) => b.violations > 0).map((b) => b.to_ms));
  return Math.min(...ends.filter((end) => end >= wrong * 2), Math.max(...ends));
}

function draw(shown: Shown[], width: number, label: string): Node[] {
  const all = shown.flatMap((s) => s.policy.since_write);
  if (!all.some((b) => b.opportunities > 0)) return [];
  // A logarithmic axis has no zero: the first bucket begins at half of its end.
  const first = Math.min(...all.map((b) => b.to_ms)) / 2;
  const last = last_of(all);
  const from = (b: AgeBucket): number => Math.max(b.from_ms, first);
  const buckets = (s: Shown): AgeBucket[] => s.policy.since_write.filter((b) => b.to_ms <= last);
  const top = Math.max(10, ...all.map((b) => rate(b) ?? 0)) * 1.3;
  const [height, margin_top, bottom, left] = [270, 20, 232, 62];
  const drawn = chart({
    width,
    height,
    marginLeft: left,
    marginRight: 30,
    marginTop: margin_top,
    marginBottom: height - bottom,
    x: { type: "log", domain: [first, last] },
    y: {
      type: "symlog",
      constant: 10,
      domain: [0, top],
      label: "wrong per million reads",
      labelArrow: "none",
      grid: true,
      ticks: [0, 10, 100, 1000, 10_000, 100_000, 1_000_000].filter((t) => t < top),
      tickFormat: number,
    },
    marks: [
      Plot.ruleY([0]),
      Plot.axisX(round_values(first, last, width / 80), {
        text: milliseconds,
        label: "since the write was acknowledged",
        labelArrow: "none",
      }),
      ...shown.map((s) => {
        // Where a bucket is missing, nothing was seen: the line is broken.
        const steps = buckets(s).flatMap((b, i, all) => [
          { x: from(b), y: rate(b) },
          { x: b.to_ms, y: rate(b) },
          ...(all[i + 1] && all[i + 1]?.from_ms !== b.to_ms ? [{ x: b.to_ms, y: null }] : []),
        ]);
        return Plot.line(steps, {
          x: "x",
          y: "y",
          stroke: colour(s.index),
          strokeDasharray: dash(s.index),
          strokeWidth: 1.8,
        });
      }),
    ],
  });
  const middle = (b: AgeBucket): number => drawn.x(Math.sqrt(from(b) * b.to_ms));
  const peaks = shown.flatMap((s) => {
    const peak = most(
      buckets(s).filter((b) => b.violations > 0),
      (b) => rate(b) ?? 0,
    );
    return peak
      ? [{ x: middle(peak), y: drawn.y(rate(peak) ?? 0), text: s.label, colour: colour(s.index) }]
      : [];
  });
  for (const s of shown)
    for (const b of buckets(s).filter((each) => each.violations > 0))
      drawn.element.append(
        svg("path", {
          class: "mark",
          d: shape_path(s.index, middle(b), drawn.y(rate(b) ?? 0), 3.5),
          fill: colour(s.index),
        }),
      );
  place_labels(drawn.element, peaks, { left: left + 2, right: width - 4, top: 4, bottom });
  const readings = shown.flatMap((s) =>
    buckets(s)
      .filter((b) => b.opportunities > 0)
      .map((b) => ({
        x: middle(b),
        y: drawn.y(rate(b) ?? 0),
        lines: [
          s.label,
          `${milliseconds(b.from_ms)} to ${milliseconds(b.to_ms)} after the write`,
          `${count(b.violations)} of ${counted(b.opportunities, "read")} wrong`,
        ],
      })),
  );
  return [readable(drawn.element, label, readings)];
}

export function since_write(view: View): HTMLElement {
  return figure(view, {
    id: "since-write",
    caption:
      "Wrong reads per million, by how long before them the write that they had to see was acknowledged. Both axes are logarithmic, the upright one with zero.",
    see,
    draw,
    data: (shown) => ({
      heads: ["policy", "from, ms", "to, ms", "reads", "wrong", "wrong per million"],
      rows: shown.flatMap(({ policy }) =>
        policy.since_write.map((b) => [
          policy.name,
          b.from_ms,
          b.to_ms,
          b.opportunities,
          b.violations,
          rate(b),
        ]),
      ),
    }),
  });
}
