// The quiet map: land, water, green and roads by their class.
import type { MapView } from "../../api/bindings";
import { project, unproject, type Camera, type Size } from "./projection";

export type Pen = CanvasRenderingContext2D;
type Road = MapView["roads"][number];
export interface Look {
  dark: boolean;
  hover: string;
  chosen: string;
  styles: CSSStyleDeclaration;
  font: string;
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

export function trace(pen: Pen, camera: Camera, size: Size, points: [number, number][]): void {
  points.forEach((point, i) => {
    const [x, y] = project(camera, size, point);
    if (i === 0) pen.moveTo(x, y);
    else pen.lineTo(x, y);
  });
}

type Box = [west: number, south: number, east: number, north: number];
const boxes = new WeakMap<MapView, Box[]>();

function boxesOf(map: MapView): Box[] {
  const known = boxes.get(map);
  if (known) return known;
  const made = map.roads.map(({ points }): Box => {
    const lons = points.map((point) => point[0]);
    const lats = points.map((point) => point[1]);
    return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
  });
  boxes.set(map, made);
  return made;
}

/** The roads that touch what is in view, so that a close look at a large town stays quick. */
function roadsInView(map: MapView, camera: Camera, size: Size): Road[] {
  const [west, north] = unproject(camera, size, 0, 0);
  const [east, south] = unproject(camera, size, size.width, size.height);
  const all = boxesOf(map);
  return map.roads.filter((_, i) => {
    const [w, s, e, n] = all[i];
    return e >= west && w <= east && n >= south && s <= north;
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
  const roads = roadsInView(map, camera, size);
  const near = Math.min(4, Math.max(1, Math.sqrt(camera.pxPerDegree / 9000)));
  pen.lineJoin = pen.lineCap = "round";
  for (const edge of [true, false]) {
    for (const kind of ORDER) {
      if (camera.pxPerDegree < SHOWN_FROM_PX[kind]) continue;
      if (edge && ROAD_WIDTH[kind] * near < 2.2) continue;
      pen.beginPath();
      for (const road of roads) if (road.class === kind) trace(pen, camera, size, road.points);
      pen.lineWidth = ROAD_WIDTH[kind] * near + (edge ? 1.5 : 0);
      const major = kind === "motorway" || kind === "primary";
      pen.strokeStyle = color(edge ? "--map-road-edge" : major ? "--map-road-major" : "--map-road");
      pen.stroke();
    }
  }
  paintNames(pen, roads, camera, size, look);
}

function paintNames(pen: Pen, roads: Road[], camera: Camera, size: Size, look: Look): void {
  if (camera.pxPerDegree < 14000) return;
  const taken = new Set<string>();
  pen.font = `11px ${look.font}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  for (const road of roads) {
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
    pen.strokeStyle = look.styles.getPropertyValue("--map-land");
    pen.strokeText(road.name, 0, 0);
    pen.fillStyle = look.styles.getPropertyValue("--ink-3");
    pen.fillText(road.name, 0, 0);
    pen.restore();
  }
}
