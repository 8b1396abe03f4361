// One region's run, minute by minute: what users saw above, what the machines did below, all on one
// time, with phases named and those with faults shaded.
import * as Plot from "@observablehq/plot";
import type { Phase, RegionTimeline } from "../data";
import { chart } from "../chart";
import { el, isolated, shortened, svg } from "../dom";
import { clock, joined, most, number, type Format } from "../numbers";
import { colour, dash } from "../palette";
import { choice, figure } from "../section";
import { readable } from "../tooltip";
import type { Shown, View } from "../view";

type Series = Exclude<keyof RegionTimeline, "region">;
interface RegionRow {
  key: Series;
  title: string;
  unit: string;
}

// One drawing: what it is, and each policy's value in each window.
export interface Row {
  title: string;
  unit: string;
  values: (s: Shown) => (number | null)[];
  top: number; // of the scale, which starts at zero
  note?: (s: Shown, window: number) => string; // to be read out beside the value
  limit?: number; // a line across
}

const rows: RegionRow[] = [
  { key: "wrong_per_million", title: "Wrong reads", unit: "per million" },
  { key: "read_p99_ms", title: "Read p99", unit: "ms" },
  { key: "update_p99_ms", title: "Update p99", unit: "ms" },
  { key: "failed_per_s", title: "Failed operations", unit: "a second" },
  { key: "broker_calls_per_s", title: "Broker calls", unit: "a second" },
  { key: "breakers_open", title: "Open breakers", unit: "pods" },
  { key: "ru_per_s", title: "RU", unit: "a second" },
  { key: "pods_ready", title: "Ready pods", unit: "" },
  { key: "lag_ms", title: "Replication lag", unit: "ms, greatest" },
  { key: "entries_lacking", title: "Entries that replicas lack", unit: "" },
  { key: "bytes_waiting", title: "Waiting for limited links", unit: "bytes" },
  { key: "operations_per_s", title: "Operations", unit: "a second" },
];
const margin = { marginLeft: 58, marginRight: 12 };

const of_region = (s: Shown, region: string): RegionTimeline | undefined =>
  s.policy.timeline.find((t) => t.region === region);
const values = (s: Shown, region: string, key: Series): (number | null)[] =>
  of_region(s, region)?.[key] ?? [];
export const has_something = (list: (number | null)[]): boolean =>
  list.some((v) => v !== null && v !== 0);

// Wrong reads in each window: a rate over a handful of reads is no moment to look at.
function weights(s: Shown, region: string): number[] {
  const reads = values(s, region, "opportunities_per_s");
  return values(s, region, "wrong_per_million").map((v, i) => ((v ?? 0) * (reads[i] ?? 0)) / 1e6);
}

function phase_at(phases: Phase[], s: number): Phase | undefined {
  return phases.find((p) => s >= p.from_s && s < p.to_s);
}

// The region with the worst moment is the one to look at first.
function worst_region(view: View): number {
  const regions = view.report.policies[0]?.timeline.map((t) => t.region) ?? [];
  const worst = (region: string): number =>
    Math.max(0, ...view.shown().flatMap((s) => weights(s, region)));
  return Math.max(0, regions.indexOf(most(regions, worst) ?? ""));
}

interface Moment {
  s: Shown;
  at: number; // index of the window
  weight: number;
}

const rate_over_phases = (s: Shown, region: string): number =>
  s.policy.regions.find((r) => r.region === region)?.wrong_per_million ?? 0;

function shaded(phases: Phase[]): string {
  const faults = phases
    .filter((p) => p.faults.length)
    .map((p) => `${isolated(p.name)} (${joined(p.faults.map((f) => isolated(f, 60)))})`);
  return faults.length ? ` Shaded: ${joined(faults)}.` : "";
}

// Who is worst over all, and the one window in which most reads went wrong: two things, as one
// fault can make a policy the worst for a minute that is better in the long run.
function see(view: View, shown: Shown[], region: string): string {
  const { starts_s, phases } = view.report.timeline;
  const moments = shown
    .flatMap((s) => weights(s, region).map((weight, at): Moment => ({ s, at, weight })))
    .filter((m) => phase_at(phases, starts_s[m.at] ?? 0));
  const moment = most(moments, (m) => m.weight);
  if (!moment || moment.weight === 0)
    return `In ${isolated(region)} no read was wrong under any of these policies, at any time.${shaded(phases)}`;
  const worst = most(shown, (s) => rate_over_phases(s, region)) as Shown;
  const calm = shown.filter((s) => !has_something(values(s, region, "wrong_per_million")));
  const none = calm.length ? `; none at any time under ${joined(calm.map((s) => s.quoted))}` : "";
  const start = starts_s[moment.at] ?? 0;
  const rate = values(moment.s, region, "wrong_per_million")[moment.at] ?? 0;
  const who = moment.s.index === worst.index ? "" : `under ${moment.s.quoted} `;
  return `In ${isolated(region)} the greatest share of reads is wrong under ${worst.quoted}: ${number(rate_over_phases(worst, region))} per million over all phases${none}. Most wrong reads in one window come ${who}at ${clock(start)}, in ${isolated(phase_at(phases, start)?.name ?? "")}: ${number(rate)} per million there.${shaded(phases)}`;
}

function bands(phases: Phase[], from: number, to: number): Plot.Markish[] {
  const seen = phases
    .map((p) => ({ ...p, from_s: Math.max(p.from_s, from), to_s: Math.min(p.to_s, to) }))
    .filter((p) => p.to_s > p.from_s);
  return [
    Plot.rectX(
      seen.filter((p) => p.faults.length),
      { x1: "from_s", x2: "to_s", fill: "var(--fault)" },
    ),
    Plot.ruleX(seen, { x: "from_s", stroke: "var(--rule)" }),
  ];
}

// The phases' names and faults, over all rows.
export function head(phases: Phase[], domain: [number, number], width: number): SVGSVGElement {
  const left = margin.marginLeft;
  const scale = (width - left - margin.marginRight) / (domain[1] - domain[0]);
  const drawing = svg("svg", {
    class: "chart",
    width,
    height: 34,
    viewBox: `0 0 ${width} 34`,
    "aria-hidden": "true",
  });
  const first = Math.min(...phases.map((p) => p.from_s));
  if (first - domain[0] > 60 / scale)
    drawing.append(svg("text", { x: left + 4, y: 13, class: "warm-up" }, "warm-up, not counted"));
  for (const phase of phases) {
    const x = left + (Math.max(phase.from_s, domain[0]) - domain[0]) * scale;
    const room = (Math.min(phase.to_s, domain[1]) - Math.max(phase.from_s, domain[0])) * scale;
    if (room < 8) continue;
    const letters = Math.floor((room - 6) / 7.2);
    const load = phase.load === 1 ? "" : `  ×${number(phase.load)}`;
    if (phase.faults.length)
      drawing.append(svg("rect", { x, y: 0, width: room, height: 34, fill: "var(--fault)" }));
    drawing.append(
      svg("text", { x: x + 4, y: 13, class: "phase" }, isolated(phase.name + load, letters)),
    );
    if (phase.faults.length)
      drawing.append(
        svg(
          "text",
          { x: x + 4, y: 27, class: "fault" },
          isolated(joined(phase.faults), Math.floor((room - 6) / 5.7)),
        ),
      );
  }
  return drawing;
}

// Counts start at zero; so does everything else here, so that heights compare.
function top_of(view: View, key: Series): number {
  const all = view
    .shown()
    .flatMap((s) => s.policy.timeline.flatMap((t) => (t[key] ?? []).map((v) => v ?? 0)));
  return scale_to(all);
}

export const scale_to = (all: number[]): number =>
  all.reduce((most, v) => Math.max(most, v), 0) * 1.08 || 1;

export function small(
  view: View,
  shown: Shown[],
  row: Row,
  domain: [number, number],
  width: number,
  is_last: boolean,
): HTMLElement {
  const { starts_s, window_s, phases } = view.report.timeline;
  const height = is_last ? 92 : 70;
  const middle = (i: number): number => (starts_s[i] ?? 0) + window_s / 2;
  const drawn = chart({
    width,
    height,
    ...margin,
    marginTop: 6,
    marginBottom: is_last ? 28 : 6,
    x: {
      domain,
      axis: is_last ? "bottom" : null,
      label: null,
      ticks: Math.max(3, Math.floor(width / 110)),
      tickFormat: clock,
    },
    y: { domain: [0, row.top], label: null, ticks: 2, tickFormat: number, grid: true },
    marks: [
      ...bands(phases, domain[0], domain[1]),
      ...(row.limit === undefined
        ? []
        : [Plot.ruleY([row.limit], { stroke: "var(--quiet)", strokeDasharray: "2 3" })]),
      ...shown.map((s) =>
        Plot.line(
          row.values(s).map((v, i) => [middle(i), v]),
          {
            x: "0",
            y: "1",
            stroke: colour(s.index),
            strokeDasharray: dash(s.index),
            strokeWidth: 1.4,
            clip: true,
          },
        ),
      ),
    ],
  });
  const format: Format = (v) => `${number(v)} ${row.unit}`.trim();
  const readings = shown.flatMap((s) =>
    row
      .values(s)
      .flatMap((v, i) =>
        v === null
          ? []
          : [
              {
                x: drawn.x(middle(i)),
                y: drawn.y(v),
                lines: [
                  s.label,
                  `${row.title}: ${format(v)}`,
                  ...(row.note?.(s, i) ? [row.note(s, i)] : []),
                  `at ${clock(starts_s[i] ?? 0)}`,
                ],
              },
            ],
      ),
  );
  return el(
    "div",
    { class: "small" },
    el("h3", {}, row.title, row.unit ? el("span", { class: "unit" }, ` ${row.unit}`) : ""),
    readable(drawn.element, `${row.title} ${row.unit}`, readings),
  );
}

function region_rows(view: View, region: string): Row[] {
  return rows.map(({ key, title, unit }) => ({
    title,
    unit,
    values: (s) => values(s, region, key),
    top: top_of(view, key),
    note: (s, window) => {
      const partition = values(s, region, "lag_partition")[window];
      return key === "lag_ms" && typeof partition === "number" ? `partition ${partition}` : "";
    },
  }));
}

// Those rows of which some policy shows anything, one below the other.
export function draw_rows(view: View, shown: Shown[], all: Row[], width: number): Node[] {
  const { starts_s, window_s, phases } = view.report.timeline;
  if (starts_s.length === 0) return [el("p", { class: "nothing" }, "The run has no windows.")];
  const domain: [number, number] = [starts_s[0] as number, (starts_s.at(-1) as number) + window_s];
  const used = all.filter((r) => shown.some((s) => has_something(r.values(s))));
  const idle = all.filter((r) => !used.includes(r)).map((r) => r.title.toLowerCase());
  const drawings = used.map((r, i) => small(view, shown, r, domain, width, i === used.length - 1));
  return [
    head(phases, domain, width),
    ...drawings,
    ...(idle.length
      ? [el("p", { class: "nothing" }, `Always zero or absent here: ${joined(idle)}.`)]
      : []),
  ];
}

export function timeline(view: View): HTMLElement {
  const regions = view.report.policies[0]?.timeline.map((t) => t.region) ?? [];
  let chosen = worst_region(view);
  const controls = choice(
    "timeline-region",
    "Region",
    regions.map((r) => shortened(r, 40)),
    chosen,
    (i) => {
      chosen = i;
      view.changed();
    },
  );
  const region = (): string => regions[chosen] ?? "";
  return figure(view, {
    id: "timeline",
    controls,
    caption:
      "One row a quantity, each from zero and with the same scale in all regions; time since the start of the first phase. Values are those of one replication, in the mean of all. Faults act in shaded phases.",
    see: (shown) => see(view, shown, region()),
    draw: (shown, width) => draw_rows(view, shown, region_rows(view, region()), width),
    data: (shown) => ({
      heads: [
        "policy",
        "region",
        "from, s",
        ...rows.map((r) => `${r.title.toLowerCase()} ${r.unit}`.trim()),
        "reads with a write to see a second",
        "partition with the greatest lag",
      ],
      names: 2,
      rows: shown.flatMap(({ policy }) =>
        policy.timeline.flatMap((t) =>
          view.report.timeline.starts_s.map((s, i) => [
            policy.name,
            t.region,
            s,
            ...rows.map((r) => t[r.key]?.[i] ?? null),
            t.opportunities_per_s[i] ?? null,
            t.lag_partition?.[i] ?? null,
          ]),
        ),
      ),
    }),
  });
}
