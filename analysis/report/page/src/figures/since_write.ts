// How soon after a write a read must come to go wrong.
import * as Plot from "@observablehq/plot";
import type { AgeBucket } from "../data";
import { chart, label_ends } from "../chart";
import { counted, joined, milliseconds, most, number } from "../numbers";
import { colour, dash } from "../palette";
import { figure } from "../section";
import { readable } from "../tooltip";
import type { Shown, View } from "../view";

const total = (buckets: AgeBucket[]): number => buckets.reduce((sum, b) => sum + b.violations, 0);
const rate = (b: AgeBucket): number | null => (b.opportunities > 0 ? (b.violations / b.opportunities) * 1e6 : null);

// The end of the bucket within which so large a share has been seen.
function within(buckets: AgeBucket[], share: number): number {
  let seen = 0;
  const wanted = total(buckets) * share;
  return buckets.find((b) => (seen += b.violations) >= wanted)?.to_ms ?? 0;
}

function see(shown: Shown[]): string {
  const bad = most(shown.filter((s) => total(s.policy.since_write) > 0), (s) => total(s.policy.since_write));
  if (!bad) return "Under none of these policies did a read miss a write of its user.";
  const buckets = bad.policy.since_write;
  const clean = shown.filter((s) => total(s.policy.since_write) === 0);
  const others = clean.length ? ` Under ${joined(clean.map((s) => s.quoted))} no read was wrong, however soon it came.` : "";
  return `It is the quick reads that go wrong: under ${bad.quoted}, 9 of 10 wrong reads come within ${milliseconds(within(buckets, 0.9))} of the write (${counted(total(buckets), "wrong read")} seen).${others}`;
}

function draw(shown: Shown[], width: number, label: string): Node[] {
  const all = shown.flatMap((s) => s.policy.since_write);
  const used = all.filter((b) => b.opportunities > 0);
  if (used.length === 0) return [];
  // A logarithmic axis has no zero: the first bucket begins at half of its end.
  const first = Math.min(...all.map((b) => b.to_ms)) / 2;
  const from = (b: AgeBucket): number => Math.max(b.from_ms, first);
  const last = Math.max(...used.map((b) => b.to_ms));
  const top = Math.max(1, ...used.map((b) => rate(b) ?? 0)) * 1.05;
  const [height, margin_top, bottom, right] = [260, 18, 222, 120];
  const drawn = chart({
    width, height, marginLeft: 62, marginRight: right, marginTop: margin_top, marginBottom: height - bottom,
    x: { type: "log", domain: [first, last], label: "since the write was acknowledged", labelArrow: "none", ticks: Math.max(3, Math.floor((width - 180) / 90)), tickFormat: (v: number) => (/^1/.test(v.toPrecision(1)) || width > 700 && /^[25]/.test(v.toPrecision(1)) ? milliseconds(v).replace("000 ms", " s").replace(",", "") : "") },
    y: { domain: [0, top], label: "wrong per million reads", labelArrow: "none", grid: true, ticks: 5, tickFormat: number },
    marks: shown.map((s) => {
      const steps = s.policy.since_write.flatMap((b) => [{ x: from(b), y: rate(b) }, { x: b.to_ms, y: rate(b) }]);
      return Plot.line(steps, { x: "x", y: "y", stroke: colour(s.index), strokeDasharray: dash(s.index), strokeWidth: 1.8 });
    }),
  });
  const ends = shown.flatMap((s) => {
    const end = s.policy.since_write.filter((b) => rate(b) !== null).at(-1);
    return end ? [{ y: drawn.y(rate(end) ?? 0), text: s.label, colour: colour(s.index) }] : [];
  });
  label_ends(drawn, drawn.x(last), ends, margin_top, bottom);
  const readings = shown.flatMap((s) => s.policy.since_write.filter((b) => b.opportunities > 0).map((b) => ({
    x: drawn.x(Math.sqrt(from(b) * b.to_ms)), y: drawn.y(rate(b) ?? 0),
    lines: [s.label, `${milliseconds(b.from_ms)} to ${milliseconds(b.to_ms)} after the write`, `${b.violations.toLocaleString("en-US")} of ${b.opportunities.toLocaleString("en-US")} reads wrong`] })));
  return [readable(drawn.element, label, readings)];
}

export function since_write(view: View): HTMLElement {
  return figure(view, {
    id: "since-write",
    caption: "Wrong reads per million, by how long before them the write that they had to see was acknowledged (logarithmic).",
    see, draw,
    data: (shown) => ({
      heads: ["policy", "from, ms", "to, ms", "reads", "wrong", "wrong per million"],
      rows: shown.flatMap(({ policy }) => policy.since_write.map((b) => [policy.name, b.from_ms, b.to_ms, b.opportunities, b.violations, rate(b)])),
    }),
  });
}
