// A report's data made up by rule, in the form of analysis/report/page/src/data.ts: for looking at
// the page while working on it, and for what no real run holds (hostile names, nothing at all).
const region_names = ["East US", "West Europe", "Japan East"];
const policies = [
  // name, changes, wrong per million, read p99, update p99, RU, broker, share of windows wrong
  ["as is", "nothing changed", 26600, 57, 195, 4.61, false],
  ["sticky cookie", "pods/affinity: cookie", 813, 189, 195, 4.61, false],
  ["client cookie", "session_token/carry: client", 785, 187, 195, 4.61, false],
  ["redis session", "session_token/carry: broker, key: session", 1150, 100, 214, 4.63, true],
  ["redis cart", "session_token/carry: broker, key: document", 224, 190, 217, 4.63, true],
  [
    "cookie + redis",
    "session_token/carry: client and broker, key: document",
    0,
    191,
    218,
    4.64,
    true,
  ],
  ["strong", "store/consistency: strong", 0, 11.8, 491, 5.94, false],
];
const phases = [
  { name: "normal", load: 1, stands_for: "700 h/month", faults: [] },
  { name: "surge", load: 5, stands_for: "29 h/month", faults: ["2 pods of West Europe killed"] },
  {
    name: "outage",
    load: 5,
    stands_for: "10 min/month",
    faults: ["broker of West Europe unreachable"],
  },
  { name: "recovery", load: 2, stands_for: "50 min/month", faults: [] },
].map((phase, i) => ({ ...phase, from_s: i * 60, to_s: i * 60 + 60 }));
const window_s = 5;
export const starts_s = Array.from({ length: 48 }, (_, i) => i * window_s);

// The same numbers each time: a linear congruence, good enough to look at.
let state = 7;
const random = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
const about = (x, spread = 0.12) => x * (1 + spread * (2 * random() - 1));
const rounded = (x, digits = 3) => (x === 0 ? 0 : Number(x.toPrecision(digits)));
const commas = (x) => String(rounded(x)).replace(/\B(?=(\d{3})+(?!\d))/g, ",");

function interval(x, unit = "", spread = 0.06) {
  if (x === 0) return { estimate: 0, low: 0, high: 12, zero_bound: true, text: `0 <12${unit}` };
  const [low, high] = [x * (1 - spread), x * (1 + spread)].map((v) => rounded(v, 4));
  return { estimate: x, low, high, text: `${commas(x)}${unit} [${commas(low)}, ${commas(high)}]` };
}

function curve(p50, p99, max) {
  const points = [[0, p50 / 4]];
  for (const p of [10, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.99, 100]) {
    const nines = p === 100 ? 4.6 : -Math.log10(1 - p / 100);
    const ms =
      nines < 2
        ? p50 * (p99 / p50) ** Math.max(0, (nines - 0.301) / 1.699)
        : p99 * (max / p99) ** ((nines - 2) / 2.6);
    points.push([p, rounded(p < 50 ? p50 * (0.6 + p / 125) : ms, 4)]);
  }
  return points;
}

function curves([, , wrong, read, update]) {
  return ["", ...region_names].map((region, r) => {
    const far = [1, 0.12, 1, 1.1][r];
    return {
      region,
      read: curve(4 + read * 0.03 * far, Math.max(8, read * far), Math.max(30, read * far * 2.2)),
      update: curve(
        update * 0.5 * Math.max(0.2, far),
        update * Math.max(0.15, far),
        update * far * 1.8 + 20,
      ),
      staleness: wrong === 0 ? [] : curve(12 * far, 90 * far + 5, 240 * far + 10),
    };
  });
}

function since_write([, , wrong]) {
  const edges = [
    0, 25, 50, 75, 100, 150, 200, 300, 400, 600, 1000, 2000, 5000, 10000, 30000, 60000,
  ];
  return edges.slice(0, -1).map((from_ms, i) => {
    const opportunities = Math.round(about([9000, 30000, 82000, 60000, 24000, 9000][i] ?? 30000));
    const decay = wrong * 4 * Math.exp(-from_ms / 90);
    return {
      from_ms,
      to_ms: edges[i + 1],
      opportunities,
      violations: Math.round((decay * opportunities) / 1e6),
    };
  });
}

const causes_text = {
  "pod token too old":
    "The pod had a token, from before the write: another pod had done the write.",
  "pod without a token":
    "The pod had never seen this document and asked the store for any version.",
  "broker lost": "The broker did not answer in time, so the pod read without a token.",
  "other device": "The write was made on the user's other device, whose token this one never got.",
};

function causes([, , wrong, , , , broker], i) {
  const total = Math.round(wrong / 18);
  const of = (guarantee, cause, share) => ({
    guarantee,
    cause,
    sentence: causes_text[cause],
    share,
    count: Math.round(total * share),
  });
  if (wrong === 0) return [];
  if (i === 0)
    return [
      of("ryw", "pod token too old", 0.93),
      of("ryw", "pod without a token", 0.07),
      of("ryw_user", "pod token too old", 0.9),
      of("ryw_user", "pod without a token", 0.07),
      of("ryw_user", "other device", 0.03),
      of("mr", "pod token too old", 1),
    ];
  return broker
    ? [
        of("ryw", "broker lost", 1),
        of("ryw_user", "broker lost", 0.81),
        of("ryw_user", "other device", 0.19),
      ]
    : [of("ryw_user", "other device", 1)];
}

// What is sent, what is at risk, and the busiest partition against its limit.
function store_timeline([, , , , , ru]) {
  const each = (f) => starts_s.map((s) => rounded(f(phases.find((p) => s < p.to_s)?.load ?? 1)));
  return {
    request_bytes_per_s: each((load) => 90000 * load),
    replication_bytes_per_s: each((load) => 40000 * load),
    backup_bytes_per_s: [],
    catch_up_bytes_per_s: [],
    bus_waiting: [],
    at_risk: each((load) => 3 * load),
    backup_age_s: starts_s.map((s) => 30 + (((s % 60) + 60) % 60)),
    busiest_ru_per_s: each((load) => 45 * ru * load),
    busiest: starts_s.map((_, i) => `partition ${i % 4}, East US`),
    ru_limit_per_s: 1000,
  };
}

function recovery() {
  const cells = [
    { text: "12", where: "partition 2: 9; partition 0: 0" },
    { text: "310 ms", where: "" },
    { text: "61.2 s", where: "partition 3: 61.2 s; partition 1: 58.1 s" },
    { text: "240 ms", where: "" },
    { text: "at least 60 s, not over", where: "" },
  ];
  const fault = "East US down in outage";
  return {
    heads: ["writes lost", "RPO", "RTO, writes", "RTO, reads", "usual lag after"],
    rows: policies.map(([policy]) => ({ fault, policy, cells })),
    said: [`${fault}: no acknowledged write is lost under "strong", most under "as is": 12`],
  };
}

function guarantees() {
  const cells = [
    { text: "21,500", note: "[19,800, 23,100]; worst run 31,200" },
    { text: "0 <73.6", note: "" },
  ];
  return {
    heads: ["own write missed", "read went back"],
    rows: policies.map(([policy]) => ({ policy, region: "", cells })),
    legend:
      "Per million that had something to see; the worst run is the highest of 16 replications",
  };
}

function freshness() {
  const cells = [
    { text: "43.9 %", note: "[43.5 %, 44.3 %]" },
    { text: ">99.97 %", note: "" },
    { text: "10.4 ms", note: "[10.1 ms, 10.9 ms] of the offsets" },
  ];
  return {
    heads: ["at once", "10 ms later", "99.9 % from"],
    rows: policies.flatMap(([policy]) => region_names.map((region) => ({ policy, region, cells }))),
    legend: "Reads that see a commit, by how long after it they begin",
  };
}

function timeline([, , wrong, read, update, ru, broker]) {
  return region_names.map((region, r) => {
    const each = (f) =>
      starts_s.map((s) =>
        f(
          s,
          phases.find((p) => s < p.to_s),
        ),
      );
    const share = [0.5, 0.35, 0.15][r];
    const far = r === 0 ? 0.1 : 1;
    const is_out = (s) => broker && r === 1 && s >= 124 && s < 185;
    return {
      region,
      operations_per_s: each((s, p) => rounded(about(140 * share * p.load))),
      opportunities_per_s: each((s, p) => rounded(about(40 * share * p.load))),
      wrong_per_million: each((s) =>
        r === 0 ? 0 : rounded(about(is_out(s) ? 21000 : broker ? wrong / 30 : wrong, 0.4)),
      ),
      read_p99_ms: each((s, p) => rounded(about(read * far + p.load * 2 + (is_out(s) ? 60 : 0)))),
      update_p99_ms: each((s, p) =>
        rounded(about(update * Math.max(0.2, far) + p.load * 2 + (is_out(s) ? 80 : 0))),
      ),
      failed_per_s: each((s) => (r === 1 && s >= 60 && s < 66 ? 0.4 : 0)),
      broker_calls_per_s: each((s, p) =>
        broker ? rounded(about(300 * share * p.load * (is_out(s) ? 0.05 : 1))) : 0,
      ),
      breakers_open: each((s) => (broker ? (is_out(s) ? rounded(about(10.5)) : 0) : null)),
      ru_per_s: each((s, p) => rounded(about(ru * 140 * share * p.load))),
      pods_ready: each((s) => (r === 1 && s >= 60 && s < 95 ? 10 : 12)),
      lag_ms: each(() => (r === 0 ? 3 : rounded(about(95, 0.5)))),
      lag_partition: each(() => r),
      entries_lacking: each((s, p) => 2 * r * p.load),
      bytes_waiting: [],
    };
  });
}

function blast([, , wrong, , , , broker], i) {
  return phases
    .filter((p) => p.faults.length > 0)
    .map((phase) => {
      const users = phase.name === "surge" ? 7200 : 7100;
      const hits =
        phase.name === "outage"
          ? broker
            ? [260, 0, 2400]
            : [wrong / 40, 0, 0]
          : [wrong / 40, 31, 0];
      const [wrong_users, failed, degraded] = hits.map(Math.round);
      return {
        phase: phase.name,
        faults: phase.faults,
        users,
        wrong: i === 5 ? 0 : wrong_users,
        failed,
        degraded,
        hit: Math.max(wrong_users, failed, degraded),
        usual: Math.round(wrong / 40) / users,
        regions_hit: phase.name === "outage" && broker ? ["West Europe"] : [],
        regions: 3,
      };
    });
}

function diagram(policy, wrong) {
  const lanes = [
    { label: "phone", place: "West Europe", kind: "device" },
    { label: "pod 3", place: "West Europe", kind: "pod" },
    { label: "pod 7", place: "West Europe", kind: "pod" },
    ...(wrong ? [] : [{ label: "redis", place: "West Europe", kind: "broker" }]),
    { label: "replica 2", place: "West Europe", kind: "replica" },
    { label: "primary", place: "East US", kind: "replica" },
  ];
  const [replica, primary] = wrong ? [3, 4] : [4, 5];
  const m = (from, to, sent_ms, arrives_ms, label, token = "", role = "plain") => ({
    from,
    to,
    sent_ms,
    arrives_ms,
    label,
    token,
    role,
  });
  const messages = [
    m(0, 1, 0, 2.1, "add item"),
    m(1, primary, 3.4, 45.2, "write cart"),
    m(primary, 1, 47.0, 88.9, "written", "LSN 812"),
    m(
      primary,
      replica,
      47.0,
      wrong ? 196.3 : 196.3,
      "replication",
      "LSN 812",
      wrong ? "missing" : "plain",
    ),
    ...(wrong ? [] : [m(1, 3, 89.1, 89.6, "SET cart", "LSN 812")]),
    m(1, 0, 89.5, 91.6, "done"),
    m(0, 2, 151.6, 153.7, "read cart"),
    ...(wrong
      ? [
          m(2, replica, 154.9, 155.3, "read, no barrier", "LSN 809"),
          m(replica, 2, 156.1, 156.6, "empty cart", "LSN 809"),
        ]
      : [
          m(2, 3, 154.9, 155.3, "GET cart"),
          m(3, 2, 155.6, 156.0, "LSN 812", "LSN 812", "saving"),
          m(2, replica, 156.2, 156.6, "read, at least LSN 812", "LSN 812"),
          m(replica, 2, 157.0, 157.4, "404/1002"),
          m(2, replica, 190.0, 197.4, "read again", "LSN 812"),
          m(replica, 2, 198.0, 198.4, "cart, 1 item", "LSN 812"),
        ]),
    m(2, 0, wrong ? 156.9 : 198.8, wrong ? 159.0 : 200.9, wrong ? "empty cart" : "cart, 1 item"),
  ];
  return {
    policy,
    wrong,
    lanes,
    messages,
    verdict: wrong
      ? "EMPTY CART: the version before the write"
      : "THE CART WITH ITS ITEM: the version of the write",
    marks: [
      { lane: primary, at_ms: 46.1, label: "LSN 812 committed", role: "plain" },
      { lane: replica, at_ms: 196.3, label: "LSN 812 applied", role: "plain" },
      {
        lane: 0,
        at_ms: wrong ? 159.0 : 200.9,
        label: wrong ? "sees LSN 809" : "sees LSN 812",
        role: wrong ? "wrong" : "right",
      },
    ],
    text: messages
      .map(
        (x) =>
          `${x.sent_ms.toFixed(1).padStart(8)} ms  ${lanes[x.from].label} -> ${lanes[x.to].label}: ${x.label} ${x.token}`,
      )
      .join("\n"),
  };
}

const heads = [
  ["own cart", "per million", "at most 1,000 per million outside outage"],
  ["own cart, outage", "per million", "at most 1,000 per million in outage"],
  ["other device", "per million", "at most 500 per million outside outage"],
  ["cart read", "read p99, worst region", "at most 250 ms in each region"],
  ["add item", "update p99, worst region", "at most 400 ms in each region"],
  ["served", "availability", "at least 99.5 %"],
].map(([name, what, limit]) => ({ name, what, limit }));

function table() {
  const verdicts = ["fffpp?", "ppfppp", "ppfppp", "pffppp", "pfpppp", "pppppp", "ppppfp"];
  const word = { p: "pass", f: "fail", "?": "inconclusive" };
  return {
    heads,
    has_months: true,
    cost_head: "USD a month",
    legend: "0 <n: none seen, below n; all 217 intervals together at 95 %.",
    rows: policies.map(([policy, , wrong, read, update, ru], i) => {
      const texts = [
        [wrong, [commas(wrong), "[25,900, 27,300]"]],
        [i === 3 || i === 4 ? 15800 : 0, null],
        [wrong, null],
        [read, null],
        [update, null],
      ].map(
        ([x, t], k) =>
          t ?? [
            k > 2 ? `${x} ms` : x ? commas(x) : "0 <12",
            x ? `[${commas(x * 0.95)}, ${commas(x * 1.05)}]` : "",
          ],
      );
      const cells = [...texts, ["99.9984 %", "[99.997 %, 99.9991 %]"]].map(([text, range], k) => ({
        text,
        interval: range,
        verdict: word[verdicts[i][k]],
      }));
      const passed = cells.filter((c) => c.verdict === "pass").length;
      return {
        policy,
        cells,
        ru: ru.toFixed(2),
        month: commas(Math.round(wrong * 68)),
        cost: commas(1540 + Math.round(wrong * 3)),
        met: `${passed}/6`,
      };
    }),
  };
}

export function sample() {
  state = 7;
  const inputs = [
    ["/store/replication_lag/link", "lognormal, median 20 ms, p99 120 ms", "file", "a guess"],
    ["/store/replication_lag/jitter", "lognormal, median 1 ms, p99 5 ms", "assumed", ""],
    ["/store/sdk", "dotnet-2026", "file", ""],
    ["/broker/get_service", "0.2 ms", "assumed", ""],
    ["/broker/client/timeout_check", "100 ms", "file", ""],
    ["/pods/drain", "30 s", "default", "Kubernetes: terminationGracePeriodSeconds"],
    ["/run/replications", "2", "command_line", ""],
  ].map(([pointer, value, origin, source]) => ({ pointer, value, origin, source, policies: [] }));
  inputs.push({
    pointer: "/session_token/carry",
    value: "client, broker",
    origin: "policy",
    source: "",
    policies: ["cookie + redis"],
  });
  return {
    format: "seatrial-report/1",
    program: { name: "seatrial", version: "0.1.0" },
    scenario: {
      file: "shopping-cart.json",
      title: "Shopping cart: a surge, with Redis lost in West Europe",
      question:
        "Which session-token policy keeps carts right through the surge and a Redis outage, at what cost?",
      baseline: 0,
      text: '{\n  "title": "Shopping cart" // and so on\n}\n',
    },
    verdict: {
      kind: "recommended",
      policy: 5,
      standing: '6 of 6 objectives, 4.64 RU an operation (as "as is")',
      shortfall: "",
      runner_up: {
        policy: 4,
        standing: "5 of 6 objectives, 4.63 RU an operation",
        shortfall: 'misses "own cart, outage" (15,800 > 1,000 per million)',
        preference: '"cookie + redis" stands before "redis cart": it meets more objectives',
      },
    },
    table: table(),
    policies: policies.map((row, i) => {
      const [name, changes, wrong, read, update, ru, broker] = row;
      return {
        name,
        changes,
        met: [2, 5, 5, 4, 5, 6, 5][i],
        missed: [3, 1, 1, 2, 1, 0, 1][i],
        inconclusive: i === 0 ? 1 : 0,
        wrong_per_million: interval(wrong),
        read_p99_ms: interval(read, " ms"),
        read_p99_region: i === 6 ? "East US" : "Japan East",
        update_p99_ms: interval(update, " ms"),
        update_p99_region: "Japan East",
        availability: {
          estimate: 0.999984,
          low: 0.99997,
          high: 0.999991,
          text: "99.9984 % [99.997, 99.9991]",
        },
        ru_per_operation: interval(ru, " RU", 0.01),
        differences:
          i === 0
            ? []
            : [
                `wrong reads: ${commas(26600 - wrong)} per million fewer, better`,
                `read p99: ${read > 57 ? "+" : "-"}${commas(Math.abs(read - 57))} ms, ${read > 57 ? "worse" : "better"}`,
                "RU: equivalent",
              ],
        curves: curves(row),
        since_write: since_write(row),
        nearly_all_within: row[2] > 0 ? "60 ms" : "",
        causes: causes(row, i),
        regions: region_names.map((region, r) => ({
          region,
          writes: r === 0,
          wrong_per_million: r === 0 ? 0 : wrong * 1.6,
          cells: [
            commas(r === 0 ? 0 : wrong * 1.6),
            `${rounded(read * (r ? 1 : 0.12))} ms`,
            `${rounded(update * (r ? 1 : 0.2))} ms`,
            "99.998 %",
          ],
        })),
        extra: {
          cross_region_per_operation: interval(about(i === 0 ? 0.16 : 0.22)),
          store_requests_per_operation: interval(about(i === 0 ? 1.01 : 1.14)),
          broker_calls_per_operation: broker
            ? interval(about(0.46))
            : { estimate: 0, low: 0, high: 0, text: "0" },
          bytes_per_operation: interval(about(i === 0 ? 690 : 840)),
          write_region_share: interval(about(i === 0 ? 0.004 : 0.05)),
        },
        blast: blast(row, i),
        timeline: timeline(row),
        store: store_timeline(row),
        not_exercised: broker ? [] : ["the broker: this policy carries no token in it"],
      };
    }),
    recovery: recovery(),
    freshness: freshness(),
    guarantees: guarantees(),
    region_heads: ["wrong per million", "read p99", "update p99", "served"],
    timeline: { window_s, starts_s, phases },
    why: [
      '"as is": of 1,465 reads that missed their session\'s own write, 93 % were read with a token too old',
      "West Europe 70 %, Japan East 30 % and East US none; nearly all within 60 ms of the write",
    ],
    trust: [
      ["inputs", "70 yours, 8 defaults with a source, 14 choices of ours and 13 assumed"],
      [
        "self-checks",
        "1.53 million reads judged by the store's specification, none outside; same sessions in 7 policies",
      ],
      [
        "statistics",
        "16 replications, 1.98 million operations; 217 intervals hold together at 95 %",
      ],
    ],
    setting: [
      ["Users", "East US 50 % (writes), West Europe 35 %, Japan East 15 %"],
      ["Store", "cosmos, session consistency, 4 partitions"],
    ],
    pairs: [
      {
        number: 1,
        guarantee: "ryw",
        cause: "pod token too old",
        sentence:
          "The phone's read came 62 ms after its own write was acknowledged, at a pod that had not seen the write, and got an empty cart.",
        evidence: [
          "the pod's token was LSN 809; the write is LSN 812",
          "replica 2 applied LSN 812 39.7 ms after the read",
        ],
        left: diagram("as is", true),
        right: diagram("cookie + redis", false),
      },
    ],
    inputs,
    not_exercised: ["failover of a region: no fault of this scenario does it"],
    not_modelled: [
      { what: "garbage collection in pods", direction: "real tails are longer" },
      {
        what: "TLS and DNS",
        direction: "real first requests are slower, under every policy alike",
      },
    ],
    warnings: [
      "/policies/strong/store/consistency: Azure blocks strong consistency beyond 8,000 km unless you ask for it",
    ],
    reproduce: {
      command: "seatrial compare shopping-cart.json -o out",
      seed: 7,
      digest: "c8d90cf87ddd4f0be4f6a1b7c2d90e11",
      replications: 16,
      overrides: [],
    },
  };
}
