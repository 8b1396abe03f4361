// A part of the page: its heading, and figures, each under a sentence that says what to see in it.
import { el } from "./dom";
import { data_details, type Grid } from "./grid";
import type { Shown, View } from "./view";

export function section(id: string, title: string, ...content: (Node | null)[]): HTMLElement {
  return el(
    "section",
    { id, "aria-labelledby": `${id}-title` },
    el("h2", { id: `${id}-title`, tabindex: -1 }, title),
    ...content.filter((c) => c !== null),
  );
}

export interface Figure {
  id: string;
  caption: string; // what is drawn: the axes, the marks
  see: (shown: Shown[]) => string; // what to see in it
  draw: (shown: Shown[], width: number, label: string) => Node[];
  data: (shown: Shown[]) => Grid;
  controls?: HTMLElement;
}

// Drawn when it stands in the page, and again whenever the reader or the window changes.
export function figure(view: View, spec: Figure): HTMLElement {
  const see = el("p", { class: "see", id: `${spec.id}-see` });
  const body = el("div", { class: "body" });
  const element = el(
    "figure",
    { id: spec.id, "aria-labelledby": `${spec.id}-see` },
    body,
    el("figcaption", {}, spec.caption),
    data_details(spec.id, spec.caption, () => spec.data(view.shown())),
  );
  const draw = (): void => {
    const shown = view.shown();
    const width = Math.floor(body.clientWidth);
    if (width === 0) return;
    const sentence = shown.length ? spec.see(shown) : "No policy is chosen: choose one above.";
    see.textContent = sentence;
    body.replaceChildren(...(shown.length ? spec.draw(shown, width, sentence) : []));
  };
  view.on_change(draw);
  return el("div", { class: "figure" }, see, spec.controls ?? null, element);
}

// A choice between a few things, for one figure.
export function choice(
  name: string,
  legend: string,
  options: string[],
  chosen: number,
  on_choose: (index: number) => void,
): HTMLElement {
  const inputs = options.map((text, i) => {
    const input = el("input", { type: "radio", name, value: i, checked: i === chosen });
    input.addEventListener("change", () => on_choose(i));
    return el("label", {}, input, el("bdi", {}, text));
  });
  return el("fieldset", { class: "choice" }, el("legend", {}, legend), ...inputs);
}
