// The vans of a replayed day: each where it would be now, with what it still has to bring.
import type { DispatchView } from "../../../api/bindings";
import { ago, weight } from "../../../i18n/format";
import { vanColor } from "../colors";
import { aboard, placeAt, type Track } from "../replay/track";
import { loadOf } from "../together";
import type { Look } from "./stops";

type Pen = CanvasRenderingContext2D;
type At = { x: number; y: number };
type Project = (place: [number, number]) => At;

const SIZE_PX = 11;

export function paintVans(
  pen: Pen,
  view: DispatchView,
  tracks: Map<string, Track>,
  at: number,
  project: Project,
  look: Look,
): void {
  const paper = look.dark ? "#0b161c" : "#ffffff";
  for (const route of view.routes) {
    const track = tracks.get(route.van_id);
    const n = view.vans.findIndex((one) => one.id === route.van_id);
    if (!track || n < 0) continue;
    const place = project(placeAt(track, at));
    drawVan(pen, place, n, vanColor(view.vans[n].color, look.dark), paper, look);
    const left = aboard(route, at);
    drawPlate(pen, place, left.length ? weight(loadOf(left).weight_g) : "✓", look);
  }
}

/** Vans that say where they are, with how long ago. */
export function paintSeen(pen: Pen, view: DispatchView, now: number, project: Project, look: Look): void {
  const paper = look.dark ? "#0b161c" : "#ffffff";
  for (const route of view.routes) {
    const n = view.vans.findIndex((one) => one.id === route.van_id);
    if (!route.seen || n < 0) continue;
    const place = project([route.seen.lon, route.seen.lat]);
    drawVan(pen, place, n, vanColor(view.vans[n].color, look.dark), paper, look);
    drawPlate(pen, place, ago(route.seen.at, now), look);
  }
}

function drawVan(pen: Pen, { x, y }: At, n: number, color: string, paper: string, look: Look): void {
  pen.beginPath();
  pen.roundRect(x - SIZE_PX, y - SIZE_PX, 2 * SIZE_PX, 2 * SIZE_PX, 5);
  pen.fillStyle = color;
  pen.fill();
  pen.lineWidth = 2.5;
  pen.strokeStyle = paper;
  pen.stroke();
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.font = `700 13px ${look.font}`;
  pen.fillStyle = paper;
  pen.fillText(String(n + 1), x, y + 0.5);
}

/** Words under a van, on a plate that stays readable over any street. */
function drawPlate(pen: Pen, { x, y }: At, words: string, look: Look): void {
  pen.font = `600 11px ${look.font}`;
  const half = pen.measureText(words).width / 2 + 4;
  pen.beginPath();
  pen.roundRect(x - half, y + SIZE_PX + 3, 2 * half, 16, 4);
  pen.fillStyle = look.styles.getPropertyValue("--surface");
  pen.fill();
  pen.fillStyle = look.styles.getPropertyValue("--ink");
  pen.fillText(words, x, y + SIZE_PX + 11.5);
}
