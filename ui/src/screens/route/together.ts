// What is done with several stops: the commands for one, one after another, and taken back as one.
import { changePlan } from "../../actions/route";
import type { DispatchView, MoveCheck, StopView, VanView } from "../../api/bindings";
import { call } from "../../api/client";
import { t } from "../../i18n/text.svelte";
import { here } from "../../state/here.svelte";
import { toast } from "../../state/toast.svelte";

export interface Spot {
  stop_id: string;
  to_van: string | null;
  position: number;
}
export interface Load {
  weight_g: number;
  volume_ml: number;
  pieces: number;
}

export function loadOf(stops: readonly StopView[]): Load {
  const sum = { weight_g: 0, volume_ml: 0, pieces: 0 };
  for (const stop of stops) {
    sum.weight_g += stop.weight_g;
    sum.volume_ml += stop.volume_ml;
    sum.pieces += stop.pieces;
  }
  return sum;
}

/** Where a stop is now, so that it can be put back there. */
export function spotOf(view: DispatchView, id: string): Spot {
  for (const route of view.routes) {
    const position = route.stops.findIndex((stop) => stop.id === id);
    if (position >= 0) return { stop_id: id, to_van: route.van_id, position };
  }
  return { stop_id: id, to_van: null, position: 0 };
}

/** Those that another van may take: neither locked nor on the road, nor there already. */
export function movable(view: DispatchView, stops: readonly StopView[], van: string | null): StopView[] {
  return stops.filter((stop) => {
    const route = view.routes.find((one) => one.stops.some((s) => s.id === stop.id));
    const waits = stop.state === "planned" || stop.state === "unplanned";
    return waits && !stop.locked && !route?.locked && (route?.van_id ?? null) !== van;
  });
}

export interface Together {
  stops: StopView[];
  /** What the van would carry. */
  load: Load;
  /** What breaks: one line each, the van's limits first. */
  broken: string[];
}

/** What the move would mean. Each stop is asked for by itself; the van's limits count all of them. */
export async function checkTogether(
  view: DispatchView,
  stops: readonly StopView[],
  van: VanView,
): Promise<Together> {
  const moved = movable(view, stops, van.id);
  const route = view.routes.find((one) => one.van_id === van.id);
  const load = loadOf([...(route?.stops ?? []), ...moved]);
  const position = route?.stops.length ?? 0;
  const asked = moved.map((stop) => call("check_move", { stop_id: stop.id, to_van: van.id, position }));
  const checks = await Promise.all(asked.map((one) => one.catch((): MoveCheck | null => null)));
  const over = [
    load.weight_g > van.cap_weight_g ? t("route.overWeight") : "",
    load.volume_ml > van.cap_volume_ml ? t("route.overVolume") : "",
    load.pieces > van.cap_pieces ? t("route.overPieces") : "",
    route?.locked ? t("route.vanLocked") : "",
  ];
  const broken = [...over.filter(Boolean), ...checks.flatMap((check) => check?.broken ?? [])];
  return { stops: moved, load, broken: [...new Set(broken)] };
}

/** The cheapest place on that van, or its end when no place keeps every rule. */
async function placeOn(van: string, stop: StopView): Promise<number> {
  const slots = await call("best_slots", { id: stop.id }).catch(() => []);
  const best = slots.find((slot) => slot.van_id === van);
  const route = here.dispatch?.routes.find((one) => one.van_id === van);
  return best?.position ?? route?.stops.length ?? 0;
}

export async function moveTogether(stops: readonly StopView[], van: VanView | null): Promise<void> {
  const back: Spot[] = [];
  for (const stop of stops) {
    if (!here.dispatch) break;
    const from = spotOf(here.dispatch, stop.id);
    const position = van ? await placeOn(van.id, stop) : 0;
    // A refusal has been shown; the rest would only repeat it.
    if (!(await changePlan("move_stop", { stop_id: stop.id, to_van: van?.id ?? null, position }))) break;
    back.push(from);
  }
  if (back.length < stops.length) return;
  const text = van
    ? t("route.movedTogether", { n: back.length, van: van.name })
    : t("route.takenOffTogether", { n: back.length });
  const after = orderOf(here.dispatch);
  toast.say("good", text, "", null, {
    run: () => putBack(back),
    holds: () => orderOf(here.dispatch) === after,
  });
}

/** Backwards, so that each finds the plan as it left it. */
async function putBack(spots: Spot[]): Promise<void> {
  toast.clear();
  for (const spot of [...spots].reverse()) if (!(await changePlan("move_stop", spot))) return;
  toast.say("plain", t("route.putBack", { n: spots.length }));
}

const orderOf = (view: DispatchView | null): string =>
  JSON.stringify(view?.routes.map((route) => [route.van_id, route.stops.map((stop) => stop.id)]));

export async function lockTogether(stops: readonly StopView[], locked: boolean): Promise<void> {
  let done = 0;
  for (const stop of stops.filter((one) => one.locked !== locked)) {
    if (!(await changePlan("lock_stop", { id: stop.id, locked }))) return;
    done += 1;
  }
  toast.say("good", t(locked ? "route.lockedTogether" : "route.freedTogether", { n: done }));
}
