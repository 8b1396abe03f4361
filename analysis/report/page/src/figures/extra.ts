// What a policy asks of networks, stores and brokers, beside what its users see.
import * as Plot from "@observablehq/plot";
import type { ExtraCalls, Interval } from "../data";
import { chart } from "../chart";
import { el, svg } from "../dom";
import { bytes, most, number, percent, times, type Format } from "../numbers";
import { colour, shape_path } from "../palette";
import { figure } from "../section";
import { readable } from "../tooltip";
import type { Shown, View } from "../view";

interface Quantity {
  key: keyof ExtraCalls;
  title: string;
  format: Format;
}

const quantities: Quantity[] = [
  {
    key: "cross_region_per_operation",
    title: "Calls between regions, an operation",
    format: number,
  },
  {
    key: "store_requests_per_operation",
    title: "Requests to the store, an operation",
    format: number,
  },
  { key: "broker_calls_per_operation", title: "Calls to the broker, an operation", format: number },
  { key: "bytes_per_operation", title: "Bytes between regions, an operation", format: bytes },
  {
    key: "write_region_share",
    title: "Reads from elsewhere that the write region answers",
    format: percent,
  },
];
const value = (s: Shown, q: Quantity): number => s.policy.extra[q.key].estimate ?? 0;

function see(view: View, shown: Shown[]): string {
  const [calls, , , , share] = quantities as [Quantity, Quantity, Quantity, Quantity, Quantity];
  const top = most(shown, (s) => value(s, calls)) as Shown;
  const load = most(shown, (s) => value(s, share)) as Shown;
  const [high, low] = [value(top, calls), value(view.baseline, calls)];
  const against =
    top.index === view.baseline.index || low === 0
      ? ""
      : high > low * 1.01
        ? `, ${times(high / low)} times that of ${view.baseline.quoted}`
        : `, as ${view.baseline.quoted}`;
  const of_reads =
    value(load, share) > 0
      ? `The write region answers at most ${percent(value(load, share))} of the good reads of users elsewhere (under ${load.quoted}).`
      : "The write region answers none of the reads of users elsewhere.";
  if (high === 0) return `No policy calls another region. ${of_reads}`;
  return `Most calls between regions are under ${top.quoted}: ${number(high)} an operation${against}. ${of_reads}`;
}

function panel(shown: Shown[], q: Quantity, width: number): HTMLElement {
  const interval = (s: Shown): Interval => s.policy.extra[q.key];
  const known = (s: Shown): boolean => interval(s).estimate !== null;
  const top =
    Math.max(...shown.map((s) => Math.max(value(s, q), interval(s).high ?? 0))) * 1.05 || 1;
  const [line, left] = [22, Math.min(124, width * 0.4)];
  const height = shown.length * line + 30;
  const y = (i: number): number => i * line + 14;
  const drawn = chart({
    width,
    height,
    marginLeft: left,
    marginRight: 64,
    marginTop: 2,
    marginBottom: 26,
    x: { domain: [0, top], label: null, ticks: 2, tickFormat: q.format, grid: true },
    y: { axis: null, type: "identity" },
    marks: [
      Plot.ruleY(shown.filter(known), {
        y: (s: Shown) => y(shown.indexOf(s)),
        x1: (s: Shown) => interval(s).low ?? 0,
        x2: (s: Shown) => interval(s).high ?? top,
        stroke: (s: Shown) => colour(s.index),
        strokeWidth: 5,
        strokeOpacity: 0.3,
        clip: true,
      }),
    ],
  });
  const readings = shown.map((s, i) => {
    const x = drawn.x(value(s, q));
    drawn.element.append(
      svg(
        "text",
        { x: left - 8, y: y(i), dy: "0.32em", "text-anchor": "end", class: "value" },
        s.label,
      ),
    );
    if (known(s))
      drawn.element.append(
        svg("path", { class: "mark", d: shape_path(s.index, x, y(i), 4.5), fill: colour(s.index) }),
        svg(
          "text",
          {
            x: Math.max(x + 10, drawn.x(Math.min(interval(s).high ?? top, top)) + 6),
            y: y(i),
            dy: "0.32em",
            class: "value strong",
          },
          q.format(value(s, q)),
        ),
      );
    else
      drawn.element.append(
        svg("text", { x: left + 4, y: y(i), dy: "0.32em", class: "value" }, "–"),
      );
    return { x, y: y(i), lines: [s.label, interval(s).text] };
  });
  return el("div", {}, el("h3", {}, q.title), readable(drawn.element, q.title, readings));
}

export function extra(view: View): HTMLElement {
  return figure(view, {
    id: "extra",
    caption:
      "The shape is the estimate, the bar behind it the interval. Calls and bytes include what late answers had cost.",
    see: (shown) => see(view, shown),
    draw: (shown, width) => {
      const columns = width > 900 ? 3 : width > 600 ? 2 : 1;
      const each = Math.floor((width - 28 * (columns - 1)) / columns);
      return [el("div", { class: "panels" }, ...quantities.map((q) => panel(shown, q, each)))];
    },
    data: (shown) => ({
      heads: ["policy", ...quantities.flatMap((q) => [q.title.toLowerCase(), "low", "high"])],
      rows: shown.map((s) => [
        s.policy.name,
        ...quantities.flatMap((q) => {
          const { estimate, low, high } = s.policy.extra[q.key];
          return [estimate, low, high];
        }),
      ]),
    }),
  });
}
