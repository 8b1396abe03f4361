// What stands at a point of a drawing, by pointer and by keyboard: arrow keys go from point to
// point, Escape leaves. What is shown is spoken, too.
import { el, svg } from "./dom";

export interface Reading {
  x: number; // pixels of the drawing
  y: number;
  lines: string[]; // the first is the head
}

// `drawing` in a frame that can be focused; `label` is what a screen reader says of it.
export function readable(drawing: SVGSVGElement, label: string, readings: Reading[]): HTMLElement {
  const tip = el("div", { class: "tip", hidden: true });
  const spoken = el("div", { class: "visually-hidden", "aria-live": "polite" });
  const has_values = readings.length > 0;
  const frame = el(
    "div",
    { class: "drawing", role: "img", "aria-label": label, tabindex: has_values ? 0 : null },
    drawing,
  );
  const whole = el("div", { class: "readable" }, frame, tip, spoken);
  if (!has_values) return whole;

  const sorted = [...readings].sort((a, b) => a.x - b.x || a.y - b.y);
  const ring = svg("circle", { r: 6, class: "ring", visibility: "hidden" });
  drawing.append(ring);
  let current = -1;

  const hide = (): void => {
    tip.hidden = true;
    ring.setAttribute("visibility", "hidden");
  };
  const show = (index: number, aloud: boolean): void => {
    const reading = sorted[index];
    if (!reading) return;
    current = index;
    tip.replaceChildren(...reading.lines.map((line, i) => el(i ? "div" : "strong", {}, line)));
    tip.hidden = false;
    ring.setAttribute("cx", String(reading.x));
    ring.setAttribute("cy", String(reading.y));
    ring.setAttribute("visibility", "visible");
    const scale = drawing.clientWidth / drawing.viewBox.baseVal.width || 1;
    const left =
      drawing.getBoundingClientRect().left - whole.getBoundingClientRect().left + reading.x * scale;
    tip.style.left = `${Math.max(0, Math.min(left + 12, whole.clientWidth - tip.offsetWidth))}px`;
    tip.style.top = `${Math.max(0, reading.y * scale - tip.offsetHeight - 10)}px`;
    if (aloud) spoken.textContent = reading.lines.join(", ");
  };

  frame.addEventListener("pointermove", (event) => {
    const box = drawing.getBoundingClientRect();
    const scale = drawing.viewBox.baseVal.width / box.width;
    const [x, y] = [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
    show(nearest(sorted, x, y), false);
  });
  frame.addEventListener("pointerleave", hide);
  frame.addEventListener("blur", hide);
  frame.addEventListener("keydown", (event) => {
    const next = after(sorted, current, event.key);
    if (event.key === "Escape") hide();
    if (next === null) return;
    event.preventDefault();
    show(next, true);
  });
  return whole;
}

function nearest(readings: Reading[], x: number, y: number): number {
  let best = 0;
  let best_distance = Infinity;
  readings.forEach((reading, i) => {
    const distance = Math.hypot(reading.x - x, (reading.y - y) * 0.7);
    if (distance < best_distance) [best, best_distance] = [i, distance];
  });
  return best;
}

// Left and right go to the next place along the drawing, up and down through what stands there.
function after(readings: Reading[], current: number, key: string): number | null {
  const last = readings.length - 1;
  if (key === "Home") return 0;
  if (key === "End") return last;
  if (!["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].includes(key)) return null;
  const here = readings[current];
  if (!here) return 0;
  if (key === "ArrowDown") return Math.min(last, current + 1);
  if (key === "ArrowUp") return Math.max(0, current - 1);
  const candidates = readings
    .map((r, i) => ({ ...r, i }))
    .filter((r) => (key === "ArrowRight" ? r.x > here.x + 0.5 : r.x < here.x - 0.5));
  if (candidates.length === 0) return current;
  const columns = candidates.map((r) => r.x);
  const column = key === "ArrowRight" ? Math.min(...columns) : Math.max(...columns);
  const stack = candidates.filter((r) => Math.abs(r.x - column) < 0.5);
  return stack.reduce((a, b) => (Math.abs(b.y - here.y) < Math.abs(a.y - here.y) ? b : a)).i;
}
