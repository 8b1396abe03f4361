// Reports that no real run makes: of hostile names, and with next to nothing in them.
import { sample, starts_s } from "./sample.mjs";

// Every text of a report, replaced by what an attacker or another alphabet would put there.
const hostile_names = [
  "<script>document.title = 'pwned'; fetch('https://example.org')</script>",
  "</script><img src=x onerror=\"document.title='pwned'\">",
  "\"><svg onload='document.title=`pwned`'>",
  "\u202eright to left \u2066 \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
  "\u{1F6D2}\u{1F468}\u200D\u{1F469}\u200D\u{1F467} cart \u2028 \u2029 <!-- <script> ]]> {{x}} ${x}",
  "javascript:document.title='pwned'//" +
    "an endless name without a space".replaceAll(" ", "").repeat(12),
  "&lt;b&gt; &amp; 'single' \"double\" \\ ` \u0000\u0007 url(https://example.org/x) var(--x)",
];

export function hostile(report = sample()) {
  let next = 0;
  const names = new Map();
  const poisoned = (text) => {
    if (!names.has(text))
      names.set(text, `${hostile_names[next++ % hostile_names.length]} ${next}`);
    return names.get(text);
  };
  const fixed = new Set(["format", "kind", "verdict", "role", "guarantee", "origin"]);
  const walk = (value, key) => {
    if (typeof value === "string") {
      const is_code = fixed.has(key) && !value.includes(" ");
      return is_code || value === "" ? value : poisoned(value);
    }
    if (Array.isArray(value)) return value.map((each) => walk(each, key));
    if (value && typeof value === "object")
      return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, walk(v, k)]));
    return value;
  };
  return walk(report, "");
}

// As little as a report can hold: one policy, no fault, nothing wrong, nothing measured.
export function barren() {
  const report = sample();
  const unknown = { estimate: null, low: null, high: null, text: "-" };
  const policy = {
    ...report.policies[6],
    name: "only",
    changes: "nothing changed",
    differences: [],
    causes: [],
    blast: [],
    read_p99_ms: unknown,
    update_p99_ms: unknown,
    availability: unknown,
    not_exercised: [],
    curves: [{ region: "", read: [], update: [], staleness: [] }],
    since_write: report.policies[6].since_write.map((b) => ({
      ...b,
      opportunities: 0,
      violations: 0,
    })),
    extra: Object.fromEntries(Object.keys(report.policies[6].extra).map((key) => [key, unknown])),
    nearly_all_within: "",
    timeline: [
      {
        ...report.policies[6].timeline[0],
        read_p99_ms: starts_s.map(() => null),
        wrong_per_million: starts_s.map(() => null),
      },
    ],
  };
  return {
    ...report,
    policies: [policy],
    pairs: [],
    recovery: { heads: [], rows: [], said: [] },
    freshness: { heads: [], rows: [], legend: "" },
    guarantees: { heads: [], rows: [], legend: "" },
    why: [],
    trust: [],
    setting: [],
    inputs: [],
    not_exercised: [],
    not_modelled: [],
    warnings: [],
    scenario: { ...report.scenario, baseline: 0 },
    verdict: {
      kind: "single",
      policy: 0,
      standing: "0 of 1 objective",
      shortfall: "",
      runner_up: null,
    },
    table: {
      heads: [report.table.heads[0]],
      has_months: false,
      cost_head: "",
      legend: "",
      rows: [
        {
          policy: "only",
          cells: [{ text: "-", interval: "", verdict: "inconclusive" }],
          ru: "-",
          month: "",
          cost: "",
          met: "0/1",
        },
      ],
    },
    timeline: { ...report.timeline, phases: [{ ...report.timeline.phases[0], to_s: 240 }] },
  };
}
