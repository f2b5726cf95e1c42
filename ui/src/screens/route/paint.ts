// The quiet map below, the speaking routes above.
import type { DispatchView, MapView } from "../../api/bindings";
import { vanColor } from "./colors";
import { project, type Camera, type Size } from "./projection";

type Pen = CanvasRenderingContext2D;
type Road = MapView["roads"][number];
export interface Look {
  dark: boolean;
  hover: string;
  chosen: string;
  styles: CSSStyleDeclaration;
}

/** Width in pixels at the widest view, and how it grows as one comes nearer. */
const ROAD_WIDTH: Record<Road["class"], number> = {
  motorway: 3.2,
  primary: 2.6,
  secondary: 2,
  residential: 1.1,
  service: 0.7,
  path: 0.5,
};
const ORDER: Road["class"][] = ["path", "service", "residential", "secondary", "primary", "motorway"];
/** Small roads are left out until there is room for them. */
const SHOWN_FROM_PX: Record<Road["class"], number> = {
  motorway: 0,
  primary: 0,
  secondary: 0,
  residential: 3000,
  service: 22000,
  path: 30000,
};

function trace(pen: Pen, camera: Camera, size: Size, points: [number, number][]): void {
  points.forEach((point, i) => {
    const [x, y] = project(camera, size, point);
    if (i === 0) pen.moveTo(x, y);
    else pen.lineTo(x, y);
  });
}

export function paintMap(pen: Pen, map: MapView | null, camera: Camera, size: Size, look: Look): void {
  const color = (name: string): string => look.styles.getPropertyValue(name);
  pen.fillStyle = color("--map-land");
  pen.fillRect(0, 0, size.width, size.height);
  if (!map) return;
  for (const [areas, name] of [
    [map.green, "--map-green"],
    [map.water, "--map-water"],
  ] as const) {
    pen.fillStyle = color(name);
    pen.beginPath();
    for (const area of areas) trace(pen, camera, size, area);
    pen.fill();
  }
  const near = Math.min(4, Math.max(1, Math.sqrt(camera.pxPerDegree / 9000)));
  pen.lineJoin = pen.lineCap = "round";
  for (const edge of [true, false]) {
    for (const kind of ORDER) {
      if (camera.pxPerDegree < SHOWN_FROM_PX[kind]) continue;
      if (edge && ROAD_WIDTH[kind] * near < 2.2) continue;
      pen.beginPath();
      for (const road of map.roads) if (road.class === kind) trace(pen, camera, size, road.points);
      pen.lineWidth = ROAD_WIDTH[kind] * near + (edge ? 1.5 : 0);
      const major = kind === "motorway" || kind === "primary";
      pen.strokeStyle = color(edge ? "--map-road-edge" : major ? "--map-road-major" : "--map-road");
      pen.stroke();
    }
  }
  paintNames(pen, map, camera, size, color("--ink-3"), color("--map-land"));
}

function paintNames(pen: Pen, map: MapView, camera: Camera, size: Size, ink: string, halo: string): void {
  if (camera.pxPerDegree < 14000) return;
  const taken = new Set<string>();
  pen.font = `11px ${getComputedStyle(document.body).fontFamily}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  for (const road of map.roads) {
    if (!road.name || taken.has(road.name) || (camera.pxPerDegree < 60000 && road.class === "residential"))
      continue;
    const middle = Math.floor((road.points.length - 1) / 2);
    const [a, b] = [road.points[middle], road.points[middle + 1]];
    if (!a || !b) continue;
    const [x1, y1] = project(camera, size, a);
    const [x2, y2] = project(camera, size, b);
    const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2];
    const cell = `${Math.round(x / 110)}/${Math.round(y / 28)}`;
    if (x < 0 || y < 0 || x > size.width || y > size.height || taken.has(cell)) continue;
    taken.add(road.name).add(cell);
    let angle = Math.atan2(y2 - y1, x2 - x1);
    if (Math.abs(angle) > Math.PI / 2) angle += Math.PI;
    pen.save();
    pen.translate(x, y);
    pen.rotate(angle);
    pen.lineWidth = 3;
    pen.strokeStyle = halo;
    pen.strokeText(road.name, 0, 0);
    pen.fillStyle = ink;
    pen.fillText(road.name, 0, 0);
    pen.restore();
  }
}

export function paintRoutes(pen: Pen, view: DispatchView, camera: Camera, size: Size, look: Look): void {
  pen.clearRect(0, 0, size.width, size.height);
  pen.lineJoin = pen.lineCap = "round";
  const lit = look.hover || look.chosen;
  const litVan = view.routes.find((route) => route.stops.some((stop) => stop.id === lit))?.van_id;
  const paper = look.dark ? "#0b161c" : "#ffffff";
  for (const route of [...view.routes].sort(
    (a, b) => Number(a.van_id === litVan) - Number(b.van_id === litVan),
  )) {
    const van = view.vans.find((one) => one.id === route.van_id);
    if (!van) continue;
    const color = vanColor(van.color, look.dark);
    pen.globalAlpha = litVan && route.van_id !== litVan ? 0.35 : 1;
    for (const [width, ink] of [
      [6, paper],
      [3.2, color],
    ] as const) {
      pen.beginPath();
      trace(pen, camera, size, route.geometry);
      pen.lineWidth = width;
      pen.strokeStyle = ink;
      pen.stroke();
    }
    const half = route.geometry[Math.floor(route.geometry.length / 2)];
    if (half) badge(pen, project(camera, size, half), String(view.vans.indexOf(van) + 1), color, paper, 9);
    route.stops.forEach((stop, i) => {
      const big = stop.id === look.hover || stop.id === look.chosen;
      badge(
        pen,
        project(camera, size, [stop.lon, stop.lat]),
        String(i + 1),
        big ? color : paper,
        big ? paper : color,
        big ? 12 : 8.5,
        color,
      );
    });
  }
  pen.globalAlpha = 1;
  for (const stop of view.unplanned) {
    const big = stop.id === look.hover || stop.id === look.chosen;
    badge(
      pen,
      project(camera, size, [stop.lon, stop.lat]),
      "?",
      paper,
      look.styles.getPropertyValue("--warn"),
      big ? 12 : 9,
      look.styles.getPropertyValue("--warn"),
    );
  }
  const [x, y] = project(camera, size, [view.depot.lon, view.depot.lat]);
  pen.fillStyle = look.styles.getPropertyValue("--ink");
  pen.strokeStyle = paper;
  pen.lineWidth = 2;
  pen.beginPath();
  pen.rect(x - 9, y - 9, 18, 18);
  pen.fill();
  pen.stroke();
  letter(pen, x, y, "⌂", paper, 13);
}

function badge(
  pen: Pen,
  [x, y]: [number, number],
  text: string,
  fill: string,
  ink: string,
  radius: number,
  ring = fill,
): void {
  pen.beginPath();
  pen.arc(x, y, radius, 0, Math.PI * 2);
  pen.fillStyle = fill;
  pen.fill();
  pen.lineWidth = 2;
  pen.strokeStyle = ring;
  pen.stroke();
  letter(pen, x, y, text, ink, radius > 10 ? 13 : 10);
}
function letter(pen: Pen, x: number, y: number, text: string, ink: string, px: number): void {
  pen.font = `700 ${px}px ${getComputedStyle(document.body).fontFamily}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = ink;
  pen.fillText(text, x, y + 0.5);
}
