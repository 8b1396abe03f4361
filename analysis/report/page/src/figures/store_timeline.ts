// The store as a whole over time: what it sends between regions and for what, what waits, what a
// loss would take, and its busiest partition against the limit.
import type { StoreTimeline } from "../data";
import { isolated } from "../dom";
import { bytes, clock, joined, most, number } from "../numbers";
import { figure } from "../section";
import { draw_rows, has_something, scale_to, type Row } from "./timeline";
import type { Shown, View } from "../view";

type Series = Exclude<keyof StoreTimeline, "busiest" | "ru_limit_per_s">;

const rows: { key: Series; title: string; unit: string }[] = [
  { key: "request_bytes_per_s", title: "Requests between regions", unit: "bytes a second" },
  { key: "replication_bytes_per_s", title: "Replication", unit: "bytes a second" },
  { key: "backup_bytes_per_s", title: "Backups", unit: "bytes a second" },
  { key: "catch_up_bytes_per_s", title: "Catch-up, where it began", unit: "bytes a second" },
  { key: "bus_waiting", title: "Entries waiting in the bus", unit: "" },
  { key: "at_risk", title: "Writes at risk", unit: "in memory alone" },
  { key: "backup_age_s", title: "Age of the backup", unit: "s" },
  { key: "busiest_ru_per_s", title: "Busiest partition", unit: "RU in one second" },
];

const values = (s: Shown, key: Series): (number | null)[] => s.policy.store?.[key] ?? [];
const sum = (list: (number | null)[]): number => list.reduce<number>((all, v) => all + (v ?? 0), 0);

function busiest_text(view: View, shown: Shown[]): string {
  const limited = shown.filter((s) => s.policy.store?.ru_limit_per_s);
  const peaks = limited.flatMap((s) =>
    values(s, "busiest_ru_per_s").map((v, at) => ({ s, at, ru: v ?? 0 })),
  );
  const top = most(peaks, (p) => p.ru);
  if (!top || top.ru === 0) return "";
  const limit = top.s.policy.store?.ru_limit_per_s ?? 0;
  const where = isolated(top.s.policy.store?.busiest[top.at] ?? "", 48);
  const start = view.report.timeline.starts_s[top.at] ?? 0;
  return ` The busiest second of a partition has ${number(top.ru)} RU of ${number(limit)} (${where}, under ${top.s.quoted}, at ${clock(start)}).`;
}

function see(view: View, shown: Shown[]): string {
  const sent = most(shown, (s) => sum(values(s, "replication_bytes_per_s"))) as Shown;
  const list = values(sent, "replication_bytes_per_s");
  const mean = list.length ? sum(list) / list.length : 0;
  const replication =
    mean === 0
      ? "Nothing is replicated between regions."
      : `Replication sends most under ${sent.quoted}: ${bytes(mean)} a second in the mean.`;
  return replication + busiest_text(view, shown);
}

function store_rows(view: View): Row[] {
  const limits = view.report.policies.flatMap((p) => p.store?.ru_limit_per_s ?? []);
  return rows.map(({ key, title, unit }) => {
    const all = view.report.policies.flatMap((p) => (p.store?.[key] ?? []).map((v) => v ?? 0));
    const row: Row = { title, unit, values: (s) => values(s, key), top: scale_to(all) };
    if (key !== "busiest_ru_per_s") return row;
    const limit = limits.length ? { limit: Math.max(...limits) } : {};
    return {
      ...row,
      ...limit,
      top: scale_to([...all, ...limits]),
      note: (s, window) => s.policy.store?.busiest[window] ?? "",
    };
  });
}

// Nothing in results of a version that did not know it.
export function store_timeline(view: View): HTMLElement | null {
  if (
    !view.report.policies.some(
      (p) => p.store && rows.some((r) => has_something(p.store?.[r.key] ?? [])),
    )
  )
    return null;
  const used = rows.filter((r) =>
    view.report.policies.some((p) => has_something(p.store?.[r.key] ?? [])),
  );
  const shown_rows = store_rows(view).filter((r) => used.some((u) => u.title === r.title));
  const limits = [...new Set(view.report.policies.flatMap((p) => p.store?.ru_limit_per_s ?? []))];
  const limit_text = limits.length
    ? ` The broken line is what a partition has in a region each second: ${joined(limits.map(number))} RU.`
    : "";
  return figure(view, {
    id: "store-timeline",
    caption: `The store as a whole, all regions together: means of the replications; of the busiest partition the greatest of any second.${limit_text}`,
    see: (shown) => see(view, shown),
    draw: (shown, width) => draw_rows(view, shown, shown_rows, width),
    data: (shown) => ({
      heads: [
        "policy",
        "from, s",
        ...used.map((r) => `${r.title.toLowerCase()} ${r.unit}`.trim()),
        "busiest partition",
      ],
      rows: shown.flatMap((s) =>
        view.report.timeline.starts_s.map((start, i) => [
          s.policy.name,
          start,
          ...used.map((r) => values(s, r.key)[i] ?? null),
          s.policy.store?.busiest[i] ?? "",
        ]),
      ),
    }),
  });
}
