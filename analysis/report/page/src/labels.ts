// Names beside the points that they name, where they cover neither each other nor a point; a thin
// line leads back to a point that its name had to leave.
import { svg } from "./dom";

export interface Label {
  x: number;
  y: number;
  text: string;
  colour: string;
}

export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const height = 13;
const width_of = (text: string): number => Array.from(text).length * 6.3 + 4;

function overlap(a: Box, b: Box): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const tall = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return width > 0 && tall > 0 ? width * tall : 0;
}

function outside(box: Box, bounds: Box): number {
  return (
    Math.max(0, bounds.left - box.left) +
    Math.max(0, box.right - bounds.right) +
    Math.max(0, bounds.top - box.top) +
    Math.max(0, box.bottom - bounds.bottom)
  );
}

function candidates(label: Label): { box: Box; far: number }[] {
  const width = width_of(label.text);
  const made = [];
  for (let ring = 0; ring < 9; ++ring) {
    for (const down of ring === 0 ? [0] : [-ring * 12, ring * 12]) {
      for (const side of [1, -1, 0]) {
        if (side === 0 && ring === 0) continue;
        const left =
          side === 1 ? label.x + 10 : side === -1 ? label.x - 10 - width : label.x - width / 2;
        const top = label.y + down - height / 2;
        made.push({
          box: { left, right: left + width, top, bottom: top + height },
          far: ring * 3 + (side === 1 ? 0 : 1),
        });
      }
    }
  }
  return made;
}

export function place_labels(target: SVGElement, labels: Label[], bounds: Box): void {
  const taken: Box[] = labels.map((l) => ({
    left: l.x - 7,
    right: l.x + 7,
    top: l.y - 7,
    bottom: l.y + 7,
  }));
  for (const label of labels) {
    const cost = ({ box, far }: { box: Box; far: number }): number =>
      far +
      outside(box, bounds) * 50 +
      taken.reduce((sum, other) => sum + overlap(box, other), 0) * 2;
    const best = candidates(label).reduce((a, b) => (cost(b) < cost(a) ? b : a));
    taken.push(best.box);
    const middle = (best.box.top + best.box.bottom) / 2;
    const edge =
      best.box.left > label.x ? best.box.left : best.box.right < label.x ? best.box.right : label.x;
    if (Math.abs(middle - label.y) > 9)
      target.append(
        svg("path", {
          d: `M${label.x},${label.y}L${edge},${middle}`,
          stroke: label.colour,
          "stroke-opacity": 0.5,
          fill: "none",
        }),
      );
    target.append(
      svg(
        "text",
        {
          x: best.box.left + 2,
          y: middle,
          dy: "0.32em",
          "text-anchor": "start",
          fill: label.colour,
          class: "end-label",
        },
        label.text,
      ),
    );
  }
}
