// What report.html is drawn from: the JSON that analysis/report/page_data.cpp writes into the page.
// The page computes no statistics and formats no verdict: sentences and cells are text already;
// numbers are here to be drawn. Times are in seconds of simulated time from the start of the first
// phase (the warm-up is negative), latencies in milliseconds, shares from 0 to 1, null is "not
// known" or "not bounded".

export interface Interval {
  estimate: number | null;
  low: number | null;
  high: number | null;
  zero_bound?: boolean;
  text: string; // "20,800 [20,600, 21,000]", "0 <0.4", "15 ms"
}

export interface TableCell {
  text: string; // as in the terminal's table
  interval: string; // "[20,600, 21,000]"; empty where there is none
  verdict: "pass" | "fail" | "inconclusive";
  place?: string; // of several, where it is worst: "West, surge"
}

export interface Table {
  heads: { name: string; what: string; limit: string }[]; // one an objective
  rows: {
    policy: string;
    cells: TableCell[];
    ru: string;
    month: string;
    cost: string;
    met: string;
  }[];
  has_months: boolean;
  cost_head: string; // "USD a month"; empty: there are no prices
  legend: string;
}

export interface Verdict {
  kind: "recommended" | "nearest" | "single"; // "nearest": no policy meets all
  policy: number; // index into policies
  standing: string; // "6 of 6 objectives, 4.62 RU an operation (as "as is")"
  shortfall: string; // "misses ..."; empty when all are met
  runner_up: { policy: number; standing: string; shortfall: string; preference: string } | null;
}

// One phase; faults are those that act in it.
export interface Phase {
  name: string;
  from_s: number;
  to_s: number;
  load: number; // times the workload's rate of new sessions
  stands_for: string; // "10 min/month"; empty when not said
  faults: string[]; // "broker of West Europe unreachable"
}

// [percentile 0..100, milliseconds], rising.
export type Curve = [number, number][];

export interface Curves {
  region: string; // "" is all regions together
  read: Curve;
  update: Curve;
  staleness: Curve; // of stale reads
}

// Reads by how long ago the write that they had to see was acknowledged.
export interface AgeBucket {
  from_ms: number;
  to_ms: number;
  opportunities: number;
  violations: number;
}

export interface CauseCount {
  guarantee: "ryw" | "ryw_user" | "mr";
  cause: string; // "pod token too old"
  sentence: string; // what that means, for who has not read the documentation
  count: number;
  share: number; // of the guarantee's violations
}

export interface RegionRow {
  region: string;
  writes: boolean; // the write region
  wrong_per_million: number | null; // missed a write of their user: as its cell
  cells: string[]; // as Report.region_heads
}

export interface ExtraCalls {
  cross_region_per_operation: Interval;
  store_requests_per_operation: Interval;
  broker_calls_per_operation: Interval;
  bytes_per_operation: Interval; // between regions
  write_region_share: Interval; // of good reads of users elsewhere, answered by the write region
}

// How far a phase with faults reached: users with at least one operation in it, and how many of
// them met a wrong read, a failure or a degraded answer.
export interface Blast {
  phase: string;
  faults: string[];
  users: number;
  wrong: number; // users who missed a write of theirs
  failed: number;
  degraded: number;
  hit: number; // any of these
  usual: number | null; // share hit in the first phases without a fault; null: there are none
  regions_hit: string[]; // where clearly more are hit than usual
  regions: number; // of the scenario
}

// One region; one value a window, in the windows of Report.timeline: the mean of the replications,
// or what it says.
export interface RegionTimeline {
  region: string;
  operations_per_s: (number | null)[];
  opportunities_per_s: (number | null)[]; // reads that had a write of their user to see
  wrong_per_million: (number | null)[]; // of these
  read_p99_ms: (number | null)[]; // over the operations of all replications
  update_p99_ms: (number | null)[];
  failed_per_s: (number | null)[];
  broker_calls_per_s: (number | null)[];
  breakers_open: (number | null)[]; // pods whose breaker is open, mean of the window
  ru_per_s: (number | null)[];
  pods_ready: (number | null)[];
  lag_ms: (number | null)[]; // the greatest replication lag seen in the window, in any replication
  lag_partition?: (number | null)[]; // and of which partition
  entries_lacking?: (number | null)[]; // committed ones, by the slowest replicas; empty: none
  bytes_waiting?: (number | null)[]; // on limited links to the region; empty: none
}

// The store as a whole, in the same windows: the mean of the replications, or what it says. What
// the policy has none of is empty.
export interface StoreTimeline {
  request_bytes_per_s: (number | null)[]; // between regions
  replication_bytes_per_s: (number | null)[];
  backup_bytes_per_s: (number | null)[];
  catch_up_bytes_per_s: (number | null)[]; // where a catch-up began
  bus_waiting: (number | null)[]; // entries times regions
  at_risk: (number | null)[]; // acknowledged writes in memory alone
  backup_age_s: (number | null)[]; // of the newest complete backup
  busiest_ru_per_s: (number | null)[]; // the greatest of any second, partition and replication
  busiest: string[]; // "partition 3, East US"
  ru_limit_per_s: number | null; // of a partition in a region; null: there is none
}

export interface Policy {
  name: string;
  changes: string; // what it sets beside the base; "nothing changed"
  met: number;
  missed: number;
  inconclusive: number;
  wrong_per_million: Interval; // ryw_user, all phases, regions and classes
  read_p99_ms: Interval; // of the worst region
  read_p99_region: string;
  update_p99_ms: Interval;
  update_p99_region: string;
  availability: Interval;
  ru_per_operation: Interval;
  differences: string[]; // paired with the baseline, in words; empty for the baseline
  curves: Curves[];
  since_write: AgeBucket[];
  nearly_all_within: string; // of the write: 95 of 100 wrong reads, "60 ms"; empty: there are none
  causes: CauseCount[];
  regions: RegionRow[];
  extra: ExtraCalls;
  blast: Blast[];
  timeline: RegionTimeline[];
  store?: StoreTimeline;
  not_exercised: string[]; // features of this policy that the run never used
  takes?: string[]; // what has to be built and run for it
}

// How each policy recovered from each fault of the store: means over the replications.
export interface Recovery {
  heads: string[];
  rows: {
    fault: string;
    policy: string;
    cells: { text: string; where: string }[]; // one a head; where: its worst partition and its best
  }[];
  said: string[]; // a sentence for each fault
}

// What was measured of each policy: how soon commits are seen, how often guarantees broke.
export interface Measures {
  heads: string[];
  rows: {
    policy: string;
    region: string; // empty: all regions together
    cells: { text: string; note: string }[]; // one a head; note: its interval, and what is beside it
  }[];
  legend: string;
}

export interface Input {
  pointer: string;
  value: string;
  origin: "file" | "policy" | "command_line" | "default" | "assumed";
  source: string;
  policies: string[]; // whose value this is; empty: of all
  idle?: boolean; // changes nothing under any policy
}

// --- One wrong read, and the same read under another policy ------------------------------------

export interface Lane {
  label: string; // "phone", "pod 7", "redis", "replica 2"
  place: string; // "West Europe"
  kind: "device" | "pod" | "broker" | "replica";
}

export interface Message {
  from: number; // lane
  to: number;
  sent_ms: number; // from the diagram's zero: when the write was invoked
  arrives_ms: number | null; // null: lost
  label: string; // "read, at least LSN 812"
  token: string; // "LSN 812"; empty: carries none
  role: "plain" | "missing" | "saving"; // the missing write or token; the message that saved it
}

export interface Mark {
  lane: number;
  at_ms: number;
  label: string; // "LSN 812 applied"
  role: "plain" | "missing" | "saving" | "wrong" | "right";
}

export interface Diagram {
  policy: string;
  verdict: string; // "EMPTY CART: the version before the write"
  wrong: boolean;
  lanes: Lane[];
  messages: Message[];
  marks: Mark[];
  text: string; // the same as text, as in the terminal
}

export interface SameReadTwice {
  number: number; // of the violation: seatrial explain --violation N
  guarantee: "ryw" | "ryw_user" | "mr";
  cause: string;
  sentence: string; // what happened, in one sentence
  evidence: string[]; // "the pod's token was LSN 809; the write is LSN 812"
  left: Diagram; // the wrong read
  right: Diagram; // the same read of the same session under the other policy
}

export interface Report {
  format: "seatrial-report/1";
  program: { name: string; version: string };
  scenario: { file: string; title: string; question: string; baseline: number; text: string };
  verdict: Verdict;
  table: Table;
  policies: Policy[];
  region_heads: string[];
  timeline: { window_s: number; starts_s: number[]; phases: Phase[] };
  why: string[];
  recovery?: Recovery; // without rows: no fault took a store down
  freshness?: Measures; // without rows: not probed
  guarantees?: Measures;
  trust: [string, string][];
  setting: [string, string][]; // "Users", "East US 50 % (writes) and West Europe 50 %"
  pairs: SameReadTwice[];
  inputs: Input[];
  not_exercised: string[]; // of the scenario as a whole
  not_modelled: { what: string; direction: string }[]; // what the error would do to the answer
  warnings: string[];
  reproduce: {
    command: string;
    seed: number;
    digest: string;
    replications: number;
    overrides: string[];
  };
}
