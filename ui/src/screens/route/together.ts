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
  /** What the van would carry. */
  load: Load;
  /** What breaks: one line each, the van's limits first. */
  broken: string[];
}

/** Its cheapest place on that van that keeps every rule; null where there is none. */
async function placeOn(van: string, stop: StopView): Promise<number | null> {
  const slots = await call("best_slots", { id: stop.id }).catch(() => []);
  return slots.find((slot) => slot.van_id === van)?.position ?? null;
}
const lengthOf = (view: DispatchView | null, van: string): number =>
  view?.routes.find((route) => route.van_id === van)?.stops.length ?? 0;

/**
 * What the move would mean, or null once nobody waits for it any more. Each stop is asked for by
 * itself; the van's limits count all of them.
 */
export async function checkTogether(
  view: DispatchView,
  stops: readonly StopView[],
  van: VanView,
  waiting: () => boolean,
): Promise<Together | null> {
  const moved = movable(view, stops, van.id);
  const route = view.routes.find((one) => one.van_id === van.id);
  const load = loadOf([...(route?.stops ?? []), ...moved]);
  const broken = [
    load.weight_g > van.cap_weight_g ? t("route.overWeight") : "",
    load.volume_ml > van.cap_volume_ml ? t("route.overVolume") : "",
    load.pieces > van.cap_pieces ? t("route.overPieces") : "",
    route?.locked ? t("route.vanLocked") : "",
  ];
  for (const stop of moved) {
    if (!waiting()) return null;
    if ((await placeOn(van.id, stop)) !== null) continue;
    const spot: Spot = { stop_id: stop.id, to_van: van.id, position: lengthOf(view, van.id) };
    const check = await call("check_move", spot).catch((): MoveCheck | null => null);
    broken.push(...(check?.broken ?? []));
  }
  return { load, broken: [...new Set(broken.filter(Boolean))] };
}

/** Moves one after another, until all are moved, one is refused, or nobody wants to go on. */
export async function moveTogether(
  stops: readonly StopView[],
  van: VanView | null,
  goOn: (done: number) => boolean,
): Promise<void> {
  const back: Spot[] = [];
  for (const stop of stops) {
    if (!here.dispatch || !goOn(back.length)) break;
    const from = spotOf(here.dispatch, stop.id);
    const position = van ? ((await placeOn(van.id, stop)) ?? lengthOf(here.dispatch, van.id)) : 0;
    const moved = await changePlan("move_stop", { stop_id: stop.id, to_van: van?.id ?? null, position });
    // The refusal is on the screen; the rest would only repeat it.
    if (!moved) break;
    back.push(from);
  }
  if (!back.length) return;
  const text = van
    ? t("route.movedTogether", { n: back.length, van: van.name })
    : t("route.takenOffTogether", { n: back.length });
  const refused = toast.line?.tone === "stop" ? toast.line.text : "";
  const after = orderOf(here.dispatch);
  toast.say(refused ? "warn" : "good", text, refused, null, {
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
