// The first screen: what was asked, and the answer.
import type { Report } from "../data";
import { el, named } from "../dom";
import { swatch } from "../palette";

const headline = {
  recommended: "Recommended",
  nearest: "No policy meets all: nearest is",
  single: "Judged",
};

function list(pairs: [string, string][]): HTMLElement {
  return el(
    "dl",
    { class: "facts" },
    ...pairs.flatMap(([term, text]) => [el("dt", {}, term), el("dd", {}, el("bdi", {}, text))]),
  );
}

export function page_head(report: Report): HTMLElement {
  return el(
    "header",
    { class: "page-head" },
    el("h1", {}, el("bdi", {}, report.scenario.title)),
    el("p", { class: "program" }, `${report.program.name} ${report.program.version}`),
  );
}

export function verdict(report: Report): HTMLElement {
  const { verdict: v, policies } = report;
  const name = (index: number): HTMLElement => named(policies[index]?.name ?? "", 80);
  const runner_up =
    v.runner_up &&
    el(
      "div",
      { class: "runner-up" },
      el("h3", {}, "Runner-up"),
      el(
        "p",
        {},
        swatch(v.runner_up.policy),
        " ",
        el("strong", {}, name(v.runner_up.policy)),
        " ",
        el("bdi", {}, v.runner_up.standing),
      ),
      v.runner_up.shortfall && el("p", {}, el("bdi", {}, v.runner_up.shortfall)),
      v.runner_up.preference && el("p", { class: "quiet" }, el("bdi", {}, v.runner_up.preference)),
    );
  return el(
    "section",
    { id: "verdict", class: `verdict ${v.kind}`, "aria-labelledby": "verdict-title" },
    el("p", { class: "question" }, el("bdi", {}, report.scenario.question)),
    el(
      "h2",
      { id: "verdict-title", tabindex: -1 },
      el("span", { class: "kind" }, headline[v.kind]),
      " ",
      swatch(v.policy),
      " ",
      name(v.policy),
    ),
    el("p", { class: "standing" }, el("bdi", {}, v.standing)),
    v.shortfall && el("p", { class: "shortfall" }, el("bdi", {}, v.shortfall)),
    runner_up,
  );
}

export function reasons(report: Report): HTMLElement {
  const why =
    report.why.length > 0 &&
    el(
      "div",
      { class: "all" },
      el("h3", {}, "Why"),
      el("ul", {}, ...report.why.map((line) => el("li", {}, el("bdi", {}, line)))),
    );
  const warnings =
    report.warnings.length > 0 &&
    el(
      "div",
      { class: "warnings all" },
      el("h3", {}, "Mind"),
      el("ul", {}, ...report.warnings.map((w) => el("li", {}, el("bdi", {}, w)))),
    );
  return el(
    "div",
    { class: "reasons" },
    why,
    report.trust.length > 0 && el("div", {}, el("h3", {}, "Trust"), list(report.trust)),
    report.setting.length > 0 && el("div", {}, el("h3", {}, "Setting"), list(report.setting)),
    warnings,
  );
}
