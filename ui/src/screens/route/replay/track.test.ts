import { describe, expect, it } from "vitest";
import type { RouteView } from "../../../api/bindings";
import { aboard, isDone, placeAt, trackOf } from "./track";

const MIN = 60_000;
const stop = (id: string, lon: number, lat: number, arrive: number, depart: number) => ({
  id,
  lon,
  lat,
  arrive: arrive * MIN,
  depart: depart * MIN,
  weight_g: 100,
});
/** East, back west past the first stop again, home. */
const route = {
  start: 0,
  end: 60 * MIN,
  pause: null,
  geometry: [
    [0, 0],
    [0.01, 0],
    [0.02, 0],
    [0.01, 0],
    [0, 0],
  ],
  stops: [stop("a", 0.01, 0.0001, 10, 20), stop("b", 0.02, 0, 30, 40)],
} as unknown as RouteView;

const lonAt = (minutes: number, of: RouteView = route): number => {
  const track = trackOf(of);
  return track ? Math.round(placeAt(track, minutes * MIN)[0] * 10_000) / 10_000 : NaN;
};

describe("a van on its planned line", () => {
  it.each([
    ["before it starts", -5, 0],
    ["halfway to the first stop", 5, 0.005],
    ["at the first stop", 15, 0.01],
    ["between the stops", 25, 0.015],
    ["at the second stop", 35, 0.02],
    ["halfway home", 50, 0.01],
    ["home", 99, 0],
  ])("is %s", (_where, minutes, lon) => {
    expect(lonAt(minutes)).toBeCloseTo(lon, 4);
  });
  it("stands still while the driver has a break", () => {
    const rested = { ...route, pause: [2 * MIN, 6 * MIN] } as RouteView;
    expect(lonAt(2, rested)).toBe(lonAt(6, rested));
    expect(lonAt(10, rested)).toBeCloseTo(0.01, 4);
  });
  it("has what it has not yet brought", () => {
    expect(aboard(route, null)).toHaveLength(2);
    expect(aboard(route, 25 * MIN).map((one) => one.id)).toEqual(["b"]);
    expect(isDone(route.stops[0], 20 * MIN)).toBe(true);
  });
  it("is nowhere without a line", () => {
    expect(trackOf({ ...route, geometry: [] })).toBeNull();
  });
});
