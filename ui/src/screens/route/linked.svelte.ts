// Three panes that are one thing: what is hovered, chosen or dragged in one is so in all.
import { changePlan } from "../../actions/route";
import type {
  DispatchView,
  MoveCheck,
  OfferView,
  ReplanArgs,
  SlotView,
  StopView,
  StreetView,
} from "../../api/bindings";
import { asked } from "../../api/act";
import { call } from "../../api/client";
import { here } from "../../state/here.svelte";

/** A street that was pointed at, and where. */
export interface Pointed {
  lon: number;
  lat: number;
  street: StreetView;
}
export interface Spot {
  van: string | null;
  position: number;
}

class Linked {
  hover = $state("");
  chosen = $state("");
  drag = $state.raw<StopView | null>(null);
  pointer = $state.raw<{ x: number; y: number }>({ x: 0, y: 0 });
  spot = $state.raw<Spot | null>(null);
  check = $state.raw<MoveCheck | null>(null);
  /** The next click on the map means a street. */
  pointing = $state(false);
  pointed = $state.raw<Pointed | null>(null);
  /** A plan made anew that waits to be taken or dropped. */
  offer = $state.raw<OfferView | null>(null);
  /** The best places for the chosen stop, once somebody asked. */
  slots = $state.raw<SlotView[] | null>(null);
  /** A drop with Shift held lets the other stops fit themselves around it. */
  around = $state(false);
  #asked = 0;

  async point(lon: number, lat: number): Promise<void> {
    this.pointing = false;
    const street = await asked("street_at", { lon, lat });
    this.pointed = street && { lon, lat, street };
    if (street) this.choose("");
  }

  async replan(args: ReplanArgs): Promise<void> {
    this.slots = null;
    this.pointed = null;
    this.offer = await asked("replan", args);
  }

  async findPlace(stop: StopView): Promise<void> {
    this.slots = await asked("best_slots", { id: stop.id });
  }

  choose(id: string): void {
    if (id !== this.chosen) this.slots = null;
    this.chosen = id;
    here.stop = id ? findStop(here.dispatch, id) : null;
  }

  /** Asks what the move would mean, before anything is dropped. */
  async over(stop: StopView, spot: Spot | null): Promise<void> {
    if (spot?.van === this.spot?.van && spot?.position === this.spot?.position && this.spot !== null) return;
    this.spot = spot;
    this.check = null;
    const mine = ++this.#asked;
    if (!spot) return;
    const answer = await call("check_move", {
      stop_id: stop.id,
      to_van: spot.van,
      position: spot.position,
    }).catch(() => null);
    if (mine === this.#asked) this.check = answer;
  }

  clear(): void {
    this.#asked += 1;
    this.pointing = false;
    this.pointed = null;
    this.drag = null;
    this.spot = null;
    this.check = null;
    this.around = false;
  }

  async drop(stop: StopView): Promise<void> {
    const { spot, around } = this;
    this.clear();
    if (spot?.van && around)
      await this.replan({ what: "dragged", stop_id: stop.id, van_id: spot.van, position: spot.position });
    else if (spot)
      await changePlan("move_stop", { stop_id: stop.id, to_van: spot.van, position: spot.position });
  }
}
export const linked = new Linked();

export function findStop(view: DispatchView | null, id: string): StopView | null {
  if (!view) return null;
  for (const route of view.routes) {
    const stop = route.stops.find((one) => one.id === id);
    if (stop) return stop;
  }
  return view.unplanned.find((one) => one.id === id) ?? null;
}

/** The stops in the order in which the arrow keys walk through them. */
export function allStops(view: DispatchView): StopView[] {
  return [...view.routes.flatMap((route) => route.stops), ...view.unplanned];
}
