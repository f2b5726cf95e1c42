// Dragging the edge of a column.
import { COLUMN_PX_MAX, COLUMN_PX_MIN } from "./columns";

export function dragWidth(
  down: PointerEvent,
  during: (px: number) => void,
  after: (px: number) => void,
): void {
  if (down.button !== 0) return;
  // Neither a sort nor a selection of text.
  down.preventDefault();
  down.stopPropagation();
  const edge = down.currentTarget as HTMLElement;
  const before = edge.parentElement?.getBoundingClientRect().width ?? 0;
  const at = (event: PointerEvent): number =>
    Math.round(Math.max(COLUMN_PX_MIN, Math.min(COLUMN_PX_MAX, before + event.clientX - down.clientX)));
  edge.setPointerCapture(down.pointerId);
  let moved = false;
  edge.onpointermove = (event) => {
    moved = true;
    during(at(event));
  };
  edge.onpointerup = edge.onpointercancel = (event) => {
    edge.onpointermove = edge.onpointerup = edge.onpointercancel = null;
    if (moved) after(at(event));
  };
}

/** The widths of the columns as they are drawn. */
export function widthsOf(table: Element): Record<string, number> {
  const heads = [...table.querySelectorAll<HTMLElement>("[data-column]")];
  return Object.fromEntries(heads.map((head) => [head.dataset.column ?? "", head.offsetWidth]));
}
