// Elements made by hand. Whatever comes from the data becomes text or an attribute's value, never
// markup; nothing here takes HTML.
type Child = Node | string | null | false | undefined;
type Attributes = Record<string, string | number | boolean | null | undefined>;

function fill<E extends Element>(element: E, attributes: Attributes, children: Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(
    ...children.filter((c): c is Node | string => c !== null && c !== false && c !== undefined),
  );
  return element;
}

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), attributes, children);
}

export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

// A name of the scenario's: it keeps its own direction of writing, and cannot change that of what
// stands around it. A very long one is cut; the whole stands in its title.
export function named(text: string, limit = 48): HTMLElement {
  const shown = shortened(text, limit);
  return el("bdi", { class: "name", title: shown === text ? null : text }, shown);
}

export function shortened(text: string, limit: number): string {
  const letters = Array.from(text);
  return letters.length <= limit ? text : letters.slice(0, limit - 1).join("") + "…";
}

// The same for sentences and labels, where no element can stand: between the characters that
// isolate a direction of writing.
export function isolated(text: string, limit = 32): string {
  return `\u2068${shortened(text, limit)}\u2069`;
}

export function hidden(text: string): HTMLElement {
  return el("span", { class: "visually-hidden" }, text);
}
