// Which policies the figures show: their legend, too.
import { el, named } from "../dom";
import { swatch } from "../palette";
import type { View } from "../view";

export function chooser(view: View): HTMLElement {
  const labels = view.report.policies.map((policy, i) => {
    const input = el("input", { type: "checkbox", checked: true });
    input.addEventListener("change", () => view.show(i, input.checked));
    return el("label", {}, input, swatch(i), named(policy.name, 28));
  });
  return el("fieldset", { class: "chooser" }, el("legend", {}, "Show"), ...labels);
}
