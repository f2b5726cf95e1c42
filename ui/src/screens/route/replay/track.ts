// Where a van is at a time, if all goes as planned: along its line, from stop to stop.
import type { DispatchView, RouteView, StopView } from "../../../api/bindings";

type Place = [lon: number, lat: number];

/** From one door to the next: when, and which part of the line. */
interface Leg {
  from: number;
  to: number;
  start_m: number;
  end_m: number;
}
export interface Track {
  line: Place[];
  /** Meters from the depot to each point of the line. */
  meters: number[];
  legs: Leg[];
  pause: [number, number] | null;
}

const METERS_PER_DEGREE = 111_320;
/** A street that is passed twice is near a stop twice: the first time counts, if it is as near. */
const AS_NEAR_M = 25;

/** Flat earth: good enough over a town, and the same for every part of a line. */
function vector([lon, lat]: Place, [lon0, lat0]: Place): [number, number] {
  const east = (lon - lon0) * Math.cos((lat0 * Math.PI) / 180);
  return [east * METERS_PER_DEGREE, (lat - lat0) * METERS_PER_DEGREE];
}

function metersAlong(line: Place[]): number[] {
  const meters = [0];
  for (let i = 1; i < line.length; i += 1) {
    meters.push(meters[i - 1] + Math.hypot(...vector(line[i], line[i - 1])));
  }
  return meters;
}

/** How far along the line a place lies, not before `after_m`. */
function alongOf(line: Place[], meters: number[], place: Place, after_m: number): number {
  const near: [away_m: number, at_m: number][] = [];
  for (let i = 1; i < line.length; i += 1) {
    if (meters[i] < after_m) continue;
    const [x, y] = vector(line[i], line[i - 1]);
    const [px, py] = vector(place, line[i - 1]);
    const length = meters[i] - meters[i - 1];
    const share = length === 0 ? 0 : Math.max(0, Math.min(1, (px * x + py * y) / (x * x + y * y)));
    const at = meters[i - 1] + share * length;
    near.push([Math.hypot(px - share * x, py - share * y), Math.max(after_m, at)]);
  }
  const nearest = Math.min(...near.map(([away]) => away));
  return near.find(([away]) => away <= nearest + AS_NEAR_M)?.[1] ?? after_m;
}

export function trackOf(route: RouteView): Track | null {
  const line = route.geometry;
  if (line.length < 2) return null;
  const meters = metersAlong(line);
  const legs: Leg[] = [];
  let [left, at_m] = [route.start, 0];
  for (const stop of route.stops) {
    if (stop.arrive === null || stop.depart === null) continue;
    const end_m = alongOf(line, meters, [stop.lon, stop.lat], at_m);
    legs.push({ from: left, to: stop.arrive, start_m: at_m, end_m });
    [left, at_m] = [stop.depart, end_m];
  }
  legs.push({ from: left, to: route.end, start_m: at_m, end_m: meters[meters.length - 1] });
  return { line, meters, legs, pause: route.pause };
}

/** Time that is driven between two moments: the driver's break does not move the van. */
function driven(from: number, to: number, pause: Track["pause"]): number {
  const rest = pause ? Math.max(0, Math.min(to, pause[1]) - Math.max(from, pause[0])) : 0;
  return Math.max(0, to - from) - rest;
}

export function placeAt(track: Track, at: number): Place {
  const leg = track.legs.findLast((one) => one.from <= at) ?? track.legs[0];
  const whole = driven(leg.from, leg.to, track.pause);
  const part = driven(leg.from, Math.max(leg.from, Math.min(at, leg.to)), track.pause);
  const share = at >= leg.to ? 1 : whole > 0 ? part / whole : 0;
  return pointAt(track, leg.start_m + share * (leg.end_m - leg.start_m));
}

function pointAt({ line, meters }: Track, at_m: number): Place {
  const i = Math.max(
    1,
    meters.findIndex((one) => one >= at_m),
  );
  const length = meters[i] - meters[i - 1];
  const share = length === 0 ? 0 : Math.max(0, Math.min(1, (at_m - meters[i - 1]) / length));
  const [a, b] = [line[i - 1], line[i]];
  return [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
}

/** Whether the van has left the stop behind. Without a time of the day nothing is behind. */
export function isDone(stop: StopView, at: number | null): boolean {
  return at !== null && stop.depart !== null && stop.depart <= at;
}

/** What is still on the van. */
export function aboard(route: RouteView, at: number | null): StopView[] {
  return route.stops.filter((stop) => !isDone(stop, at));
}

/** The hours of the day, from the first shift to the last van home. */
export function dayOf(view: DispatchView): [from: number, to: number] {
  const from = Math.min(...view.vans.map((v) => v.shift_start), ...view.routes.map((r) => r.start));
  const to = Math.max(...view.vans.map((v) => v.shift_end), ...view.routes.map((r) => r.end));
  return [from, to];
}
