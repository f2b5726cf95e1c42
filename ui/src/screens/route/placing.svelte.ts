// Putting something on the map: an order whose address has no place yet, or the warehouse itself.
import { act } from "../../api/act";
import type { AddressView, UnplacedView } from "../../api/bindings";
import { call } from "../../api/client";
import { here } from "../../state/here.svelte";

export type Placing = { what: "order"; order: UnplacedView } | { what: "depot" };

class PlacingState {
  now = $state.raw<Placing | null>(null);

  open(placing: Placing): void {
    this.now = placing;
  }
  close(): void {
    this.now = null;
  }

  /** All addresses that the map knows for certain are placed; the first of the others is asked for. */
  async orders(): Promise<void> {
    if (!(await act("locate_orders", {}))) return;
    await this.#next("");
  }

  /** A place was picked from the answers, or pointed at: then nothing was found. */
  async at(lon: number, lat: number, found: AddressView | null): Promise<void> {
    const placing = this.now;
    if (!placing) return;
    const label = found?.label ?? "";
    if (placing.what === "depot") {
      const name = here.dispatch?.depot.guessed ? "" : (here.dispatch?.depot.name ?? "");
      if (await act("set_depot", { name, lon, lat })) this.close();
      return;
    }
    const done = await act("locate_order", { order_id: placing.order.order_id, lon, lat, found: label });
    if (done) await this.#next(placing.order.order_id);
  }

  async #next(after: string): Promise<void> {
    const view = await call("dispatch_day", {}).catch(() => null);
    if (view) here.dispatch = view;
    const order = view?.unplaced.find((one) => one.order_id !== after);
    this.now = order ? { what: "order", order } : null;
  }
}
export const placing = new PlacingState();
