import { describe, expect, it } from "vitest";
import type { DispatchView, StopView } from "../../api/bindings";
import { picked } from "./picked.svelte";
import { loadOf, movable, spotOf } from "./together";

const stop = (id: string, more: Partial<StopView> = {}): StopView =>
  ({ id, weight_g: 100, volume_ml: 10, pieces: 1, locked: false, state: "planned", ...more }) as StopView;
const view = {
  routes: [
    { van_id: "v1", locked: false, stops: [stop("a"), stop("b", { locked: true }), stop("c")] },
    { van_id: "v2", locked: true, stops: [stop("d")] },
    { van_id: "v3", locked: false, stops: [stop("e", { state: "delivered" })] },
  ],
  unplanned: [stop("f", { state: "unplanned" })],
} as unknown as DispatchView;
const names = (stops: StopView[]): string => stops.map((one) => one.id).join("");

describe("several stops", () => {
  it("are picked as a stretch of the list, from the chosen stop on", () => {
    picked.clear();
    picked.stretch(view, "b", "d");
    expect(names(picked.stops(view))).toBe("bcd");
    picked.stretch(view, "d", "a");
    expect(names(picked.stops(view))).toBe("ab");
    picked.toggle("f");
    picked.toggle("a");
    expect(names(picked.stops(view))).toBe("bf");
  });
  it("stay when they are locked, on the road or there already", () => {
    picked.set("abcdef");
    expect(names(movable(view, picked.stops(view), "v3"))).toBe("acf");
    expect(names(movable(view, picked.stops(view), "v1"))).toBe("f");
    expect(names(movable(view, picked.stops(view), null))).toBe("ac");
  });
  it("are added up", () => {
    expect(loadOf([stop("a"), stop("b", { weight_g: 50 })])).toEqual({
      weight_g: 150,
      volume_ml: 20,
      pieces: 2,
    });
  });
  it("know where they came from", () => {
    expect(spotOf(view, "c")).toEqual({ stop_id: "c", to_van: "v1", position: 2 });
    expect(spotOf(view, "f")).toEqual({ stop_id: "f", to_van: null, position: 0 });
  });
});
