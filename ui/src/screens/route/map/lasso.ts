// Drawing around stops: from the first touch to the closed line.
export interface Point {
  x: number;
  y: number;
}

/** Even-odd: whether a ray to the right crosses the line an odd number of times. */
export function isInside({ x, y }: Point, line: Point[]): boolean {
  let inside = false;
  for (let i = 0, j = line.length - 1; i < line.length; j = i, i += 1) {
    const [a, b] = [line[i], line[j]];
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

/** Nearer points than this add nothing to the line. */
const STEP_PX = 4;
/** A shorter line is a click with an unsteady hand. */
const POINTS_MIN = 3;

export interface Drawing {
  /** Whether this press begins a line, or belongs to the map. */
  begins: (down: PointerEvent) => boolean;
  /** Empty once it is over. */
  drawn: (line: Point[]) => void;
  closed: (line: Point[], down: PointerEvent) => void;
}

/** For use as an attachment of the box that the map fills. */
export function lasso(drawing: Drawing): (box: HTMLElement) => () => void {
  return (box) => {
    const at = (event: PointerEvent): Point => {
      const { left, top } = box.getBoundingClientRect();
      return { x: event.clientX - left, y: event.clientY - top };
    };
    function begin(down: PointerEvent): void {
      if (down.button !== 0 || !drawing.begins(down)) return;
      // The map must neither move along nor take the end for a click.
      down.preventDefault();
      down.stopPropagation();
      box.setPointerCapture(down.pointerId);
      let line = [at(down)];
      const move = (event: PointerEvent): void => {
        const point = at(event);
        const last = line[line.length - 1];
        if (Math.hypot(point.x - last.x, point.y - last.y) < STEP_PX) return;
        line = [...line, point];
        drawing.drawn(line);
      };
      const end = (event: PointerEvent): void => {
        box.removeEventListener("pointermove", move);
        box.removeEventListener("pointerup", end);
        box.removeEventListener("pointercancel", end);
        box.addEventListener("click", swallow, { capture: true, once: true });
        setTimeout(() => box.removeEventListener("click", swallow, { capture: true }), 50);
        drawing.drawn([]);
        if (event.type === "pointerup" && line.length >= POINTS_MIN) drawing.closed(line, down);
      };
      box.addEventListener("pointermove", move);
      box.addEventListener("pointerup", end);
      box.addEventListener("pointercancel", end);
    }
    box.addEventListener("pointerdown", begin, { capture: true });
    return () => box.removeEventListener("pointerdown", begin, { capture: true });
  };
}

function swallow(event: Event): void {
  event.stopPropagation();
}

export function paintLasso(pen: CanvasRenderingContext2D, line: Point[], color: string): void {
  if (line.length < 2) return;
  pen.beginPath();
  for (const { x, y } of line) pen.lineTo(x, y);
  pen.closePath();
  pen.globalAlpha = 0.12;
  pen.fillStyle = color;
  pen.fill();
  pen.globalAlpha = 1;
  pen.strokeStyle = color;
  pen.lineWidth = 2;
  pen.setLineDash([6, 4]);
  pen.stroke();
  pen.setLineDash([]);
}
