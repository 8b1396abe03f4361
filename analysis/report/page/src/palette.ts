// How a policy looks, everywhere: a colour, a dash and a shape of its own, so that neither the
// colour-blind nor a black-and-white print loses any. Colours are variables of the style sheet, so
// the dark scheme and printing need no redrawing.
import { svg } from "./dom";

const colours = 8;
const dashes = ["", "7 3", "2 3", "10 3 2 3", "5 2 1 2 1 2", "1 2", "12 4", "4 4"];

type Point = [number, number];
const polygon = (corners: number, turn = 0, inner = 1): Point[] =>
  Array.from(
    { length: corners * (inner === 1 ? 1 : 2) },
    (_, k, n = corners * (inner === 1 ? 1 : 2)) => {
      const radius = inner !== 1 && k % 2 ? inner : 1;
      const angle = (2 * Math.PI * k) / n + turn - Math.PI / 2;
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    },
  );
const shapes: Point[][] = [
  polygon(24),
  polygon(4, Math.PI / 4),
  polygon(3),
  polygon(4),
  polygon(4, 0, 0.38),
  polygon(3, Math.PI),
  polygon(5, 0, 0.45),
  polygon(6),
];

const at = <T>(list: T[], index: number): T => list[index % list.length] as T;

export const colour = (policy: number): string => `var(--policy-${policy % colours})`;
// After one round of colours, dashes and shapes are paired anew.
export const dash = (policy: number): string => at(dashes, policy + Math.floor(policy / colours));

export function shape_path(policy: number, x: number, y: number, radius: number): string {
  const corners = at(shapes, policy + Math.floor(policy / colours));
  return `M${corners.map(([dx, dy]) => `${(x + dx * radius).toFixed(1)},${(y + dy * radius).toFixed(1)}`).join("L")}Z`;
}

export function swatch(policy: number): SVGSVGElement {
  return svg(
    "svg",
    { class: "swatch", width: 34, height: 14, "aria-hidden": "true" },
    svg("line", {
      x1: 1,
      x2: 33,
      y1: 7,
      y2: 7,
      stroke: colour(policy),
      "stroke-width": 2,
      "stroke-dasharray": dash(policy) || null,
    }),
    svg("path", {
      d: shape_path(policy, 17, 7, 5),
      fill: colour(policy),
      stroke: "var(--paper)",
      "stroke-width": 1,
    }),
  );
}
