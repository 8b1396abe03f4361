// Numbers as people read them: three significant digits, thousands apart, a unit.
const separators = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });
const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

export type Format = (value: number) => string;

export const number: Format = (value) => separators.format(value);
export const count: Format = (value) => whole.format(value);
export const milliseconds: Format = (value) =>
  value >= 1000 ? `${number(value / 1000)} s` : `${number(value)} ms`;

// Nearly all is not all.
export const percent: Format = (share) =>
  share < 1 && share >= 0.9995 ? "over 99.9 %" : `${number(share * 100)} %`;

// As the terminal says it (analysis/report/why.cpp).
export const whole_percent: Format = (share) => {
  if (share > 0 && share < 0.005) return "below 1 %";
  if (share < 1 && share >= 0.995) return "over 99 %";
  return `${Math.round(share * 100)} %`;
};

export const bytes: Format = (value) =>
  value >= 1000 ? `${number(value / 1000)} KB` : `${number(value)} B`;

// "2 min 10 s" after the start of the first phase.
export const clock: Format = (seconds) => {
  const minutes = Math.floor(Math.abs(seconds) / 60);
  const rest = Math.round(Math.abs(seconds) - minutes * 60);
  const text = [minutes ? `${minutes} min` : "", rest || !minutes ? `${rest} s` : ""]
    .join(" ")
    .trim();
  return seconds < 0 ? `-${text}` : text;
};

export const times: Format = (ratio) =>
  ratio >= 10 ? whole.format(ratio) : ratio.toFixed(1).replace(/\.0$/, "");

// "a, b and c"
export function joined(texts: string[]): string {
  if (texts.length < 2) return texts[0] ?? "";
  return `${texts.slice(0, -1).join(", ")} and ${texts[texts.length - 1]}`;
}

export function counted(n: number, noun: string, plural = `${noun}s`): string {
  return `${count(n)} ${n === 1 ? noun : plural}`;
}

export function least<T>(items: T[], value: (item: T) => number): T | undefined {
  return items.reduce<T | undefined>(
    (a, b) => (a === undefined || value(b) < value(a) ? b : a),
    undefined,
  );
}

export function most<T>(items: T[], value: (item: T) => number): T | undefined {
  return least(items, (item) => -value(item));
}

// 1, 2, 5, 10, 20, ... from low to high, or only the powers of ten where those are too many: ticks
// of a logarithmic axis.
export function round_values(low: number, high: number, limit = 8): number[] {
  const values: number[] = [];
  for (let power = 10 ** Math.floor(Math.log10(low)); power <= high; power *= 10)
    values.push(...[1, 2, 5].map((digit) => digit * power));
  const within = values.filter((v) => v >= low && v <= high);
  return within.length > limit ? within.filter((v) => /^1/.test(v.toExponential())) : within;
}
