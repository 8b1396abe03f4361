// Where a text can stand without covering another.
export interface Spot {
  x: number; // the middle
  y: number;
  width: number;
  height: number;
}

export const text_width = (text: string): number => Array.from(text).length * 5.9 + 6;

const line = 13;

function covered(a: Spot, b: Spot): number {
  const across = (a.width + b.width) / 2 - Math.abs(a.x - b.x);
  const down = (a.height + b.height) / 2 - Math.abs(a.y - b.y);
  return across > 0 && down > 0 ? across * down : 0;
}

// The first candidate that covers nothing, or the one that covers least; it is taken then.
export function overlap_free(
  candidates: { x: number; y: number }[],
  width: number,
  taken: Spot[],
  bounds: { left: number; right: number },
): Spot {
  const half = width / 2;
  const within = (x: number): number =>
    Math.max(bounds.left + half, Math.min(bounds.right - half, x));
  let best: Spot | null = null;
  let least = Infinity;
  for (const { x, y } of candidates) {
    const spot = { x: within(x), y, width, height: line };
    const cost = taken.reduce((sum, other) => sum + covered(spot, other), 0);
    if (cost < least) [best, least] = [spot, cost];
    if (cost === 0) break;
  }
  const found = best ?? { x: bounds.left + half, y: 0, width, height: line };
  taken.push(found);
  return found;
}
