// From values to pixels. Charts show; nothing here is a balance.
export type Scale = (value: number) => number;

export function linear(from: [number, number], to: [number, number]): Scale {
  const span = from[1] - from[0] || 1;
  return (value) => to[0] + ((value - from[0]) / span) * (to[1] - to[0]);
}

/** Round steps that a reader can count in: 1, 2, 5 times a power of ten. */
export function ticks(low: number, high: number, about: number): number[] {
  const raw = (high - low || 1) / about;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= raw) ?? raw;
  const result: number[] = [];
  for (let value = Math.ceil(low / step) * step; value <= high + step / 1e6; value += step) {
    result.push(Math.round(value * 1e6) / 1e6);
  }
  return result;
}

export function stepPath(points: [number, number][]): string {
  return points.map(([x, y], i) => (i === 0 ? `M${x} ${y}` : `H${x}V${y}`)).join("");
}
export function linePath(points: [number, number][]): string {
  return points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}
export function areaPath(upper: [number, number][], lower: [number, number][]): string {
  if (upper.length === 0) return "";
  return linePath(upper) + linePath([...lower].reverse()).replace("M", "L") + "Z";
}
