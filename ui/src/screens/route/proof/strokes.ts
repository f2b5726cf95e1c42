// A signature is a handful of strokes on a paper of fixed size, whatever screen it was written on.
export type Stroke = [number, number][];
export type Strokes = Stroke[];

/** Units across; the paper is two and a half times as wide as high. */
export const PAPER = 1000;
export const WIDE = 2.5;
/** A hand trembles by less; the line stays the same without those points. */
const STEP = 6;

/** Where on the paper a pointer is. */
export function onPaper(x: number, y: number, width: number, height: number): [number, number] {
  const part = (at: number, of: number, most: number): number =>
    Math.round(Math.min(1, Math.max(0, at / Math.max(1, of))) * most);
  return [part(x, width, PAPER), part(y, height, PAPER / WIDE)];
}

export function drawnOn(stroke: Stroke, point: [number, number]): Stroke {
  const last = stroke.at(-1);
  if (last && Math.hypot(last[0] - point[0], last[1] - point[1]) < STEP) return stroke;
  return [...stroke, point];
}

/** A single point is a dot of the pen. */
export function pathOf(strokes: Strokes): string {
  return strokes
    .filter((stroke) => stroke.length > 0)
    .map((stroke) => {
      const [first, ...rest] = stroke;
      const onwards = rest.length ? rest : [first];
      return `M${first.join(" ")}${onwards.map((point) => `L${point.join(" ")}`).join("")}`;
    })
    .join("");
}
