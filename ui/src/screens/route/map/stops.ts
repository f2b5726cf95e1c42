// What stands on the map: a ring per stop with its place in the sequence, a plate per van, the depot.
import type { DispatchView, StopView } from "../../../api/bindings";
import { vanColor } from "../colors";
import { isDone } from "../replay/track";
import { litRoute, type Lit } from "./routes";

export interface Look extends Lit {
  picked: ReadonlySet<string>;
  /** The time of a replayed day. */
  at: number | null;
  dark: boolean;
  styles: CSSStyleDeclaration;
  font: string;
}
type Pen = CanvasRenderingContext2D;
type Project = (place: [number, number]) => { x: number; y: number };

interface Mark {
  shape: "round" | "square";
  text: string;
  fill: string;
  ink: string;
  ring: string;
  radius: number;
}

export function paintStops(pen: Pen, view: DispatchView, project: Project, look: Look): void {
  const paper = look.dark ? "#0b161c" : "#ffffff";
  const warn = look.styles.getPropertyValue("--warn");
  const ink = look.styles.getPropertyValue("--ink");
  const big = (stop: StopView): boolean => stop.id === look.hover || stop.id === look.chosen;
  const top = litRoute(view, look);
  const gray = look.styles.getPropertyValue("--ink-3");
  const accent = look.styles.getPropertyValue("--accent");
  const order = top ? [...view.routes.filter((route) => route !== top), top] : view.routes;

  for (const route of order) {
    const van = view.vans.find((one) => one.id === route.van_id);
    if (!van) continue;
    const color = vanColor(van.color, look.dark);
    for (const [i, stop] of route.stops.entries()) {
      const faded = top && route !== top && !look.picked.has(stop.id);
      pen.globalAlpha = faded ? 0.4 : 1;
      if (look.picked.has(stop.id)) halo(pen, project([stop.lon, stop.lat]), accent);
      const text = String(i + 1);
      const done = isDone(stop, look.at);
      const mark: Mark = done
        ? { shape: "round", text: "✓", fill: paper, ink: gray, ring: gray, radius: big(stop) ? 13 : 8.5 }
        : big(stop)
          ? { shape: "round", text, fill: color, ink: paper, ring: paper, radius: 13 }
          : { shape: "round", text, fill: paper, ink: color, ring: color, radius: 8.5 };
      stamp(pen, project([stop.lon, stop.lat]), mark, look);
    }
    pen.globalAlpha = top && route !== top ? 0.4 : 1;
    const half = route.geometry[Math.floor(route.geometry.length / 2)];
    const number = String(view.vans.indexOf(van) + 1);
    const plate: Mark = { shape: "square", text: number, fill: color, ink: paper, ring: paper, radius: 8 };
    if (half && look.at === null) stamp(pen, project(half), plate, look);
  }
  pen.globalAlpha = 1;
  for (const stop of view.unplanned) {
    const mark: Mark = {
      shape: "round",
      text: "?",
      fill: paper,
      ink: warn,
      ring: warn,
      radius: big(stop) ? 12 : 9,
    };
    if (look.picked.has(stop.id)) halo(pen, project([stop.lon, stop.lat]), accent);
    stamp(pen, project([stop.lon, stop.lat]), mark, look);
  }
  const depot: Mark = { shape: "square", text: "⌂", fill: ink, ink: paper, ring: paper, radius: 10 };
  stamp(pen, project([view.depot.lon, view.depot.lat]), depot, look);
}

/** A broad ring around what is picked, whatever the color of its van. */
function halo(pen: Pen, { x, y }: { x: number; y: number }, color: string): void {
  pen.beginPath();
  pen.arc(x, y, 11.5, 0, Math.PI * 2);
  pen.lineWidth = 3.5;
  pen.strokeStyle = color;
  pen.stroke();
}

function stamp(pen: Pen, { x, y }: { x: number; y: number }, mark: Mark, look: Look): void {
  const r = mark.radius;
  pen.beginPath();
  if (mark.shape === "round") pen.arc(x, y, r, 0, Math.PI * 2);
  else pen.roundRect(x - r, y - r, 2 * r, 2 * r, 4);
  pen.fillStyle = mark.fill;
  pen.fill();
  pen.lineWidth = 2;
  pen.strokeStyle = mark.ring;
  pen.stroke();
  pen.font = `700 ${r > 9 ? 13 : 10}px ${look.font}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = mark.ink;
  pen.fillText(mark.text, x, y + 0.5);
}
