// The speaking routes: a line per van with its number, a ring per stop with its place in the sequence.
import type { DispatchView, RouteView, StopView } from "../../api/bindings";
import { vanColor } from "./colors";
import { trace, type Look, type Pen } from "./paint";
import { project, type Camera, type Size } from "./projection";

interface Mark {
  shape: "round" | "square";
  text: string;
  fill: string;
  ink: string;
  ring: string;
  radius: number;
}

export function paintRoutes(pen: Pen, view: DispatchView, camera: Camera, size: Size, look: Look): void {
  pen.clearRect(0, 0, size.width, size.height);
  pen.lineJoin = pen.lineCap = "round";
  const paper = look.dark ? "#0b161c" : "#ffffff";
  const warn = look.styles.getPropertyValue("--warn");
  const ink = look.styles.getPropertyValue("--ink");
  const at = (lon: number, lat: number): [number, number] => project(camera, size, [lon, lat]);
  const big = (stop: StopView): boolean => stop.id === look.hover || stop.id === look.chosen;

  for (const { route, faded } of inOrder(view, look)) {
    const van = view.vans.find((one) => one.id === route.van_id);
    if (!van) continue;
    const color = vanColor(van.color, look.dark);
    pen.globalAlpha = faded ? 0.35 : 1;
    line(pen, route, camera, size, 6, paper);
    line(pen, route, camera, size, 3.2, color);
    for (const [i, stop] of route.stops.entries()) {
      const text = String(i + 1);
      const mark: Mark = big(stop)
        ? { shape: "round", text, fill: color, ink: paper, ring: color, radius: 12 }
        : { shape: "round", text, fill: paper, ink: color, ring: color, radius: 8.5 };
      stamp(pen, at(stop.lon, stop.lat), mark, look);
    }
    const half = route.geometry[Math.floor(route.geometry.length / 2)];
    const number = String(view.vans.indexOf(van) + 1);
    const plate: Mark = { shape: "square", text: number, fill: color, ink: paper, ring: paper, radius: 8 };
    if (half) stamp(pen, at(...half), plate, look);
  }
  pen.globalAlpha = 1;
  for (const stop of view.unplanned) {
    const radius = big(stop) ? 12 : 9;
    stamp(
      pen,
      at(stop.lon, stop.lat),
      { shape: "round", text: "?", fill: paper, ink: warn, ring: warn, radius },
      look,
    );
  }
  const depot: Mark = { shape: "square", text: "⌂", fill: ink, ink: paper, ring: paper, radius: 10 };
  stamp(pen, at(view.depot.lon, view.depot.lat), depot, look);
}

/** The route that is looked at comes last and lies on top; the others step back. */
function inOrder(view: DispatchView, look: Look): { route: RouteView; faded: boolean }[] {
  const lit = look.hover || look.chosen;
  const top = view.routes.find((route) => route.stops.some((stop) => stop.id === lit));
  const others = view.routes.filter((route) => route !== top);
  const drawn = others.map((route) => ({ route, faded: top !== undefined }));
  return top ? [...drawn, { route: top, faded: false }] : drawn;
}

function line(pen: Pen, route: RouteView, camera: Camera, size: Size, width: number, ink: string): void {
  pen.beginPath();
  trace(pen, camera, size, route.geometry);
  pen.lineWidth = width;
  pen.strokeStyle = ink;
  pen.stroke();
}

function stamp(pen: Pen, [x, y]: [number, number], mark: Mark, look: Look): void {
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
