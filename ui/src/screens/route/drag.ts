// Dragging with pointer events: the same by mouse, finger and pen, in a browser and in the window.
import type { StopView } from "../../api/bindings";
import { linked, type Spot } from "./linked.svelte";

/** Less than this is a click. */
const START_PX = 5;
/** So close to the list's edge it begins to scroll, and so fast. */
const EDGE_PX = 44;
const SCROLL_PX = 9;

export function dragStop(down: PointerEvent, stop: StopView): void {
  if (down.button !== 0) return;
  const row = down.currentTarget as HTMLElement;
  const list = row.closest<HTMLElement>(".scroll");
  const scrolling = setInterval(() => {
    if (!linked.drag || !list) return;
    const box = list.getBoundingClientRect();
    if (linked.pointer.y > box.bottom - EDGE_PX) list.scrollTop += SCROLL_PX;
    else if (linked.pointer.y < box.top + EDGE_PX) list.scrollTop -= SCROLL_PX;
    else return;
    void linked.over(stop, spotUnder(linked.pointer.x, linked.pointer.y));
  }, 16);
  const move = (event: PointerEvent): void => {
    if (!linked.drag) {
      if (Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < START_PX) return;
      linked.drag = stop;
      row.setPointerCapture(down.pointerId);
    }
    linked.pointer = { x: event.clientX, y: event.clientY };
    linked.around = event.shiftKey;
    void linked.over(stop, spotUnder(event.clientX, event.clientY));
  };
  const finish = (event: PointerEvent): void => {
    window.removeEventListener("pointermove", move);
    window.removeEventListener("pointerup", finish);
    window.removeEventListener("pointercancel", finish);
    window.removeEventListener("keydown", escape);
    clearInterval(scrolling);
    if (!linked.drag) return;
    if (event.type === "pointerup") void linked.drop(stop);
    else linked.clear();
  };
  const escape = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !linked.drag) return;
    linked.clear();
    linked.spot = null;
    window.removeEventListener("pointermove", move);
  };
  window.addEventListener("pointermove", move);
  window.addEventListener("pointerup", finish);
  window.addEventListener("pointercancel", finish);
  window.addEventListener("keydown", escape);
}

/** Which van and position lie under the pointer: above the middle of a row means before it. */
function spotUnder(x: number, y: number): Spot | null {
  const under = document.elementFromPoint(x, y);
  const van = under?.closest<HTMLElement>("[data-drop-van]");
  if (!van) return null;
  const to = van.dataset.dropVan || null;
  const row = under?.closest<HTMLElement>("[data-drop-index]");
  if (!row || to === null)
    return { van: to, position: to === null ? 0 : van.querySelectorAll("[data-drop-index]").length };
  const box = row.getBoundingClientRect();
  const index = Number(row.dataset.dropIndex);
  return { van: to, position: y < box.top + box.height / 2 ? index : index + 1 };
}
