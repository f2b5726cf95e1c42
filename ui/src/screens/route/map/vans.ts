// The vans of a replayed day: each where it would be now, with what it still has to bring.
import type { DispatchView } from "../../../api/bindings";
import { weight } from "../../../i18n/format";
import { vanColor } from "../colors";
import { aboard, placeAt, type Track } from "../replay/track";
import { loadOf } from "../together";
import type { Look } from "./stops";

type Pen = CanvasRenderingContext2D;
type Project = (place: [number, number]) => { x: number; y: number };

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
    const { x, y } = project(placeAt(track, at));
    pen.beginPath();
    pen.roundRect(x - SIZE_PX, y - SIZE_PX, 2 * SIZE_PX, 2 * SIZE_PX, 5);
    pen.fillStyle = vanColor(view.vans[n].color, look.dark);
    pen.fill();
    pen.lineWidth = 2.5;
    pen.strokeStyle = paper;
    pen.stroke();
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.font = `700 13px ${look.font}`;
    pen.fillStyle = paper;
    pen.fillText(String(n + 1), x, y + 0.5);
    // What is on board, on a plate that stays readable over any street.
    const left = aboard(route, at);
    const words = left.length ? weight(loadOf(left).weight_g) : "✓";
    pen.font = `600 11px ${look.font}`;
    const half = pen.measureText(words).width / 2 + 4;
    pen.beginPath();
    pen.roundRect(x - half, y + SIZE_PX + 3, 2 * half, 16, 4);
    pen.fillStyle = look.styles.getPropertyValue("--surface");
    pen.fill();
    pen.fillStyle = look.styles.getPropertyValue("--ink");
    pen.fillText(words, x, y + SIZE_PX + 11.5);
  }
}
