// Several stops at once: drawn around on the map, or picked in the list by Shift, Ctrl and Space.
import type { DispatchView, StopView } from "../../api/bindings";
import { allStops } from "./linked.svelte";

class Picked {
  ids = $state.raw<ReadonlySet<string>>(new Set());
  /** The next line on the map goes around stops. */
  drawing = $state(false);
  /** Where a stretch of the list begins. */
  #from = "";

  set(ids: Iterable<string>): void {
    this.ids = new Set(ids);
  }
  clear(): void {
    this.set([]);
    this.drawing = false;
    this.#from = "";
  }
  toggle(id: string): void {
    const ids = new Set(this.ids);
    if (!ids.delete(id)) ids.add(id);
    this.#from = id;
    this.ids = ids;
  }
  /** From where the last one was picked, or else from the chosen stop, up to this one. */
  stretch(view: DispatchView, chosen: string, to: string): void {
    const all = allStops(view).map((stop) => stop.id);
    if (!this.ids.size || !all.includes(this.#from)) this.#from = all.includes(chosen) ? chosen : to;
    const [a, b] = [all.indexOf(this.#from), all.indexOf(to)].sort((one, other) => one - other);
    this.set(all.slice(a, b + 1));
  }
  /** In the order of the list; what is no longer there is no longer picked. */
  stops(view: DispatchView | null): StopView[] {
    return view ? allStops(view).filter((stop) => this.ids.has(stop.id)) : [];
  }
}
export const picked = new Picked();
