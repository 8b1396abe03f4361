// The same read, twice: under the policy that got it wrong, and under the one that got it right.
import type { Diagram, SameReadTwice } from "../data";
import { el, hidden, named } from "../dom";
import { scrolled } from "../grid";
import type { View } from "../view";
import { common_times, space_time, type Times } from "./space_time";

function half(diagram: Diagram, times: Times, width: number): HTMLElement {
  const needed = 62 + diagram.lanes.length * 74;
  const label = `Space-time diagram under ${diagram.policy}: ${diagram.verdict}. The same as text follows.`;
  const drawing = space_time(diagram, times, Math.max(width, needed), label);
  const verdict = el(
    "p",
    { class: diagram.wrong ? "outcome fail" : "outcome pass" },
    el("span", { "aria-hidden": "true" }, diagram.wrong ? "✗ " : "✓ "),
    hidden(diagram.wrong ? "wrong: " : "right: "),
    el("bdi", {}, diagram.verdict),
  );
  return el(
    "div",
    { class: "half" },
    el("h4", {}, "under ", named(diagram.policy)),
    verdict,
    scrolled(`Diagram under ${diagram.policy}`, drawing as unknown as HTMLElement),
    el(
      "details",
      {},
      el("summary", {}, "The same as text"),
      scrolled(`Text under ${diagram.policy}`, el("pre", {}, diagram.text)),
    ),
  );
}

function one(pair: SameReadTwice, view: View): HTMLElement {
  const body = el("div", { class: "halves" });
  const draw = (): void => {
    const width = body.clientWidth;
    if (width === 0) return;
    const times = common_times([pair.left, pair.right]);
    const is_wide = width >= 900;
    body.classList.toggle("wide", is_wide);
    body.replaceChildren(
      ...[pair.left, pair.right].map((d) =>
        half(d, times, is_wide ? Math.floor((width - 28) / 2) : width),
      ),
    );
  };
  view.on_change(draw);
  const evidence = pair.evidence.map((e) => el("li", {}, el("bdi", {}, e)));
  return el(
    "figure",
    {
      class: "figure pair",
      id: `violation-${pair.number}`,
      "aria-label": `Violation ${pair.number}, twice`,
    },
    el("h3", {}, `Violation ${pair.number}: `, el("bdi", {}, pair.cause)),
    el("p", { class: "see" }, el("bdi", {}, pair.sentence)),
    el("ul", { class: "evidence" }, ...evidence),
    body,
    el(
      "figcaption",
      {},
      "Time goes down, the same in both; it is stretched where much happens at once. Blue carries a token. ",
      el("span", { class: "fail" }, "Red"),
      ": what the read missed, or knew too old. ",
      el("span", { class: "pass" }, "Green"),
      ": what saved it. In a terminal: ",
      el("code", {}, `seatrial explain DIR --violation ${pair.number}`),
    ),
  );
}

export function same_read(view: View): HTMLElement {
  const { pairs } = view.report;
  if (pairs.length === 0)
    return el(
      "p",
      { class: "nothing" },
      "No read went wrong under one policy and right under another, so there is none to show.",
    );
  return el("div", {}, ...pairs.map((pair) => one(pair, view)));
}
