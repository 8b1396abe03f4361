// One read as a space-time diagram: places side by side, time going down, messages as arrows with
// the token that they carry. Time is stretched where much happens at once and shortened where
// nothing does, the same way in both diagrams of a pair, so that equal instants stand level.
import type { Diagram, Lane, Message } from "../data";
import { isolated, svg } from "../dom";
import { overlap_free, text_width, type Spot } from "./spots";

export interface Times {
  y: (ms: number) => number;
  ticks: { ms: number; y: number }[];
  bottom: number;
}

const head = 58;
const foot = 26;
const left = 56;
const arrow = 7;

// Every instant at which something happens gets its room: at least `step`, at most three of it.
export function common_times(diagrams: Diagram[]): Times {
  const instants = diagrams.flatMap((d) => [
    ...d.messages.flatMap((m) => [m.sent_ms, m.arrives_ms ?? m.sent_ms]),
    ...d.marks.map((m) => m.at_ms),
  ]);
  const sorted = [...new Set(instants)].sort((a, b) => a - b);
  const step = 19;
  const ticks: { ms: number; y: number }[] = [];
  let y = head + 14;
  sorted.forEach((ms, i) => {
    const gap = i ? ms - (sorted[i - 1] as number) : 0;
    if (i) y += gap < 0.05 ? 9 : Math.min(step * 2.4, step + Math.log2(1 + gap) * 4);
    ticks.push({ ms, y });
  });
  const at = (ms: number): number =>
    (ticks.find((t) => t.ms >= ms) ?? ticks.at(-1) ?? { y: head }).y;
  return { y: at, ticks, bottom: y };
}

const role_class: Record<string, string> = {
  missing: "missing",
  saving: "saving",
  wrong: "missing",
  right: "saving",
  plain: "plain",
};

function lane_heads(
  lanes: Lane[],
  x: (lane: number) => number,
  room: number,
  bottom: number,
): SVGElement[] {
  const letters = Math.max(6, Math.floor(room / 6.2));
  return lanes.flatMap((lane, i) => [
    svg("line", { x1: x(i), x2: x(i), y1: head - 6, y2: bottom, class: `lane ${lane.kind}` }),
    svg("text", { x: x(i), y: 16, class: "lane-kind" }, lane.kind),
    svg("text", { x: x(i), y: 31, class: "lane-label" }, isolated(lane.label, letters)),
    svg("text", { x: x(i), y: 45, class: "lane-place" }, isolated(lane.place, letters)),
  ]);
}

// Level times of the drawing's left edge, thinned so that they can be read.
function time_labels(times: Times, width: number): SVGElement[] {
  let last = -Infinity;
  return times.ticks.flatMap(({ ms, y }) => {
    if (y - last < 15) return [];
    last = y;
    return [
      svg("line", { x1: left - 4, x2: width, y1: y, y2: y, class: "instant" }),
      svg(
        "text",
        { x: left - 8, y, dy: "0.32em", class: "time" },
        `${ms < 10 ? ms.toFixed(1) : ms.toFixed(ms < 1000 ? 1 : 0)} ms`,
      ),
    ];
  });
}

function arrow_head(x1: number, y1: number, x2: number, y2: number): string {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const corner = (turn: number) =>
    `${(x2 - arrow * Math.cos(angle + turn)).toFixed(1)},${(y2 - arrow * Math.sin(angle + turn)).toFixed(1)}`;
  return `M${corner(0.45)}L${x2.toFixed(1)},${y2.toFixed(1)}L${corner(-0.45)}Z`;
}

// The foreground: lines first, then all texts, which look for a free place along their line.
export function space_time(
  diagram: Diagram,
  times: Times,
  width: number,
  label: string,
): SVGSVGElement {
  const room = (width - left - 6) / diagram.lanes.length;
  const x = (lane: number): number => left + room * (lane + 0.5);
  const height = times.bottom + foot;
  const drawing = svg("svg", {
    class: "space-time",
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: "img",
    "aria-label": label,
  });
  drawing.append(...time_labels(times, width), ...lane_heads(diagram.lanes, x, room, height - 8));

  const taken: Spot[] = [];
  const texts: SVGElement[] = [];
  const write = (candidates: { x: number; y: number }[], text: string, kind: string): void => {
    const spot = overlap_free(candidates, text_width(text), taken, { left: 4, right: width - 2 });
    texts.push(
      svg("rect", {
        x: spot.x - spot.width / 2,
        y: spot.y - 6.5,
        width: spot.width,
        height: 13,
        class: "behind",
      }),
      svg("text", { x: spot.x, y: spot.y, dy: "0.32em", class: `note ${kind}` }, text),
    );
  };

  for (const message of diagram.messages) drawing.append(...line(message, x, times));
  for (const mark of diagram.marks)
    taken.push({ x: x(mark.lane), y: times.y(mark.at_ms), width: 14, height: 14 });
  for (const mark of diagram.marks) {
    const [mx, y] = [x(mark.lane), times.y(mark.at_ms)];
    drawing.append(svg("circle", { cx: mx, cy: y, r: 5, class: `mark ${role_class[mark.role]}` }));
    const text = `${mark.role === "wrong" ? "✗ " : mark.role === "right" ? "✓ " : ""}${isolated(mark.label, 30)}`;
    const half = text_width(text) / 2 + 9;
    write(
      [
        { x: mx + half, y },
        { x: mx - half, y },
        { x: mx, y: y + 13 },
        { x: mx, y: y - 13 },
      ],
      text,
      role_class[mark.role] ?? "plain",
    );
  }
  for (const message of [...diagram.messages].sort(
    (a, b) => Number(a.role === "plain") - Number(b.role === "plain"),
  )) {
    const [x1, y1, x2, y2] = ends(message, x, times);
    const token =
      message.token && !message.label.includes(message.token)
        ? ` · ${isolated(message.token, 18)}`
        : "";
    const lost = message.arrives_ms === null ? " (lost)" : "";
    const spots = [0.5, 0.35, 0.65, 0.2, 0.8].flatMap((t) =>
      [0, -8, 8].map((up) => ({ x: x1 + (x2 - x1) * t, y: y1 + (y2 - y1) * t + up })),
    );
    write(
      spots,
      `${isolated(message.label, 28)}${token}${lost}`,
      role_class[message.role] ?? "plain",
    );
  }
  drawing.append(...texts);
  return drawing;
}

function ends(
  m: Message,
  x: (lane: number) => number,
  times: Times,
): [number, number, number, number] {
  const y1 = times.y(m.sent_ms);
  if (m.arrives_ms !== null) return [x(m.from), y1, x(m.to), times.y(m.arrives_ms)];
  return [x(m.from), y1, x(m.from) + (x(m.to) - x(m.from)) * 0.7, y1 + 16];
}

function line(m: Message, x: (lane: number) => number, times: Times): SVGElement[] {
  const [x1, y1, x2, y2] = ends(m, x, times);
  const kind = role_class[m.role] ?? "plain";
  const end =
    m.arrives_ms === null
      ? svg("path", { d: `M${x2 - 5},${y2 - 5}l10,10m0,-10l-10,10`, class: `message ${kind}` })
      : svg("path", { d: arrow_head(x1, y1, x2, y2), class: `arrow ${kind}` });
  return [
    svg("path", {
      d: `M${x1},${y1}L${x2},${y2}`,
      class: `message ${kind}${m.token ? " token" : ""}`,
    }),
    end,
  ];
}
