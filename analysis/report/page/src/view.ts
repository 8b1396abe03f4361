// What the reader has chosen to see, and who must draw again when that changes.
import type { Policy, Report } from "./data";
import { isolated } from "./dom";

export interface Shown {
  index: number;
  policy: Policy;
  quoted: string; // for sentences
  label: string; // for figures
}

export class View {
  private readonly hidden = new Set<number>();
  private readonly listeners: (() => void)[] = [];

  constructor(readonly report: Report) {}

  // In the order of the scenario; all of them until the reader chooses.
  shown(): Shown[] {
    return this.report.policies
      .map((policy, index) => this.describe(policy, index))
      .filter(({ index }) => !this.hidden.has(index));
  }

  of(index: number): Shown {
    return this.describe(this.report.policies[index] as Policy, index);
  }

  get baseline(): Shown {
    return this.of(this.report.scenario.baseline);
  }

  show(index: number, on: boolean): void {
    if (on) this.hidden.delete(index);
    else this.hidden.add(index);
    this.changed();
  }

  on_change(listener: () => void): void {
    this.listeners.push(listener);
  }

  changed(): void {
    for (const listener of this.listeners) listener();
  }

  private describe(policy: Policy, index: number): Shown {
    return {
      policy,
      index,
      quoted: `“${isolated(policy.name)}”`,
      label: isolated(policy.name, 22),
    };
  }
}
