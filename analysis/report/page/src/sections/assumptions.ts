// Every value that the run used, by where it came from: what was made up first.
import type { Input, Report } from "../data";
import { el } from "../dom";
import { grid_table, scrolled } from "../grid";
import { counted, joined } from "../numbers";

const origins: { origin: Input["origin"]; title: string; noun: string; plural?: string }[] = [
  { origin: "assumed", title: "Assumed by seatrial: no source", noun: "assumed" },
  {
    origin: "default",
    title: "Defaults, with their source",
    noun: "default with a source",
    plural: "defaults with a source",
  },
  { origin: "command_line", title: "Set on the command line", noun: "from the command line" },
  { origin: "policy", title: "Set by a policy", noun: "set by a policy" },
  { origin: "file", title: "Yours, from the scenario file", noun: "yours" },
];

export function assumptions(report: Report): HTMLElement {
  const inputs = report.inputs.filter((i) => !i.idle);
  const idle = report.inputs.filter((i) => i.idle);
  const of = (origin: Input["origin"]): Input[] => inputs.filter((i) => i.origin === origin);
  const used = origins.filter((o) => of(o.origin).length > 0);
  const counts = used.map((o) => counted(of(o.origin).length, o.noun, o.plural ?? o.noun));
  const assumed = of("assumed").length;
  const advice = assumed
    ? " Look at the assumed ones first: measure those that you can, and try others with --set."
    : "";
  const group = (title: string, of_group: Input[], open: boolean): HTMLElement => {
    const rows = of_group.map((i) => [
      i.pointer,
      i.value,
      i.source,
      i.policies.length ? joined(i.policies) : "all",
    ]);
    return el(
      "details",
      { class: "origin", open },
      el("summary", {}, `${title} (${rows.length})`),
      grid_table({ heads: ["value of", "is", "source", "policies"], rows }, title),
    );
  };
  const groups = used.map(({ origin, title }) => group(title, of(origin), origin === "assumed"));
  if (idle.length)
    groups.push(group("Of what is off, or used by no policy: they change nothing", idle, false));
  return el(
    "div",
    { class: "figure" },
    el(
      "p",
      { class: "see" },
      inputs.length
        ? `The run rests on ${counted(inputs.length, "value")}: ${joined(counts)}.${advice}`
        : "The values of this run are not in this report.",
    ),
    ...groups,
  );
}

export function limits(report: Report): HTMLElement {
  const of_policies = report.policies.flatMap((p) =>
    p.not_exercised.map((text) => [p.name, text] as const),
  );
  const all = report.not_exercised.map((text) => el("li", {}, el("bdi", {}, text)));
  const each = of_policies.map(([name, text]) =>
    el("li", {}, el("bdi", {}, name), ": ", el("bdi", {}, text)),
  );
  const sum = all.length + each.length;
  const modelled = report.not_modelled.map(({ what, direction }) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, el("bdi", {}, what)),
      el("td", { class: "text" }, el("bdi", {}, direction)),
    ),
  );
  const head = el(
    "thead",
    {},
    el(
      "tr",
      {},
      el("th", { scope: "col" }, "What is left out"),
      el("th", { scope: "col" }, "What that does to the answer"),
    ),
  );
  return el(
    "div",
    { class: "figure" },
    el(
      "p",
      { class: "see" },
      `This answer says nothing about ${counted(sum, "thing")} that the scenario never used, and about ${counted(report.not_modelled.length, "thing")} that seatrial does not simulate.`,
    ),
    el("h3", {}, "Not exercised"),
    sum
      ? el("ul", {}, ...all, ...each)
      : el("p", { class: "nothing" }, "Everything that the policies have was used."),
    el("h3", {}, "Not modelled"),
    modelled.length > 0 &&
      el(
        "details",
        { class: "origin" },
        el(
          "summary",
          {},
          `What is left out, and what that does to the answer (${modelled.length})`,
        ),
        scrolled(
          "Not modelled",
          el("table", { class: "plain" }, head, el("tbody", {}, ...modelled)),
        ),
      ),
  );
}
