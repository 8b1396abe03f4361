// Observable Plot under a strict content security policy: what it draws gets its looks from
// style.css alone, so the style element that it brings is dropped before the page sees it.
import * as Plot from "@observablehq/plot";
import { svg } from "./dom";

export interface Chart {
  element: SVGSVGElement;
  x: (value: number) => number; // of the data, in pixels of the drawing
  y: (value: number) => number;
}

export function chart(options: Plot.PlotOptions): Chart {
  const drawn = Plot.plot({ className: "chart", ...options });
  for (const style of drawn.querySelectorAll("style")) style.remove();
  drawn.setAttribute("aria-hidden", "true"); // its frame carries the text
  for (const part of drawn.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
  const scale = (name: "x" | "y") => {
    const found = drawn.scale(name);
    return (value: number): number => (found ? Number(found.apply(value)) : 0);
  };
  return { element: drawn as unknown as SVGSVGElement, x: scale("x"), y: scale("y") };
}

export interface EndLabel {
  y: number;
  text: string;
  colour: string;
}

// Names at the right end of lines, moved apart where the lines end close together.
export function label_ends(
  target: Chart,
  x: number,
  labels: EndLabel[],
  top: number,
  bottom: number,
): void {
  const gap = Math.min(12, (bottom - top) / Math.max(1, labels.length));
  const sorted = [...labels].sort((a, b) => a.y - b.y);
  let last = -Infinity;
  const places = sorted.map((label) => (last = Math.max(label.y, last + gap)));
  let limit = bottom;
  for (let i = places.length - 1; i >= 0; --i) {
    places[i] = Math.min(places[i] as number, limit);
    limit = (places[i] as number) - gap;
  }
  sorted.forEach((label, i) => {
    const y = places[i] as number;
    target.element.append(
      svg("path", {
        d: `M${x + 1},${label.y}L${x + 8},${y}`,
        stroke: label.colour,
        "stroke-opacity": 0.6,
        fill: "none",
      }),
      svg(
        "text",
        {
          x: x + 11,
          y,
          dy: "0.32em",
          "text-anchor": "start",
          fill: label.colour,
          class: "end-label",
        },
        label.text,
      ),
    );
  });
}
