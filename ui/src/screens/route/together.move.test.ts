import { beforeEach, describe, expect, it, vi } from "vitest";
import type { DispatchView, MoveStopArgs, StopView, VanView } from "../../api/bindings";
import { here } from "../../state/here.svelte";
import { toast } from "../../state/toast.svelte";
import { checkTogether, moveTogether } from "./together";

/** A dispatcher of cardboard: moves as the core does, and refuses what is called "no". */
const core = vi.hoisted(() => ({ view: null as unknown as DispatchView, slots: [] as unknown[] }));
vi.mock("../../api/client", () => {
  class CallFailed extends Error {
    problem = { code: "locked", what_happened: "It is locked.", what_to_do: "" };
  }
  function move({ stop_id, to_van, position }: MoveStopArgs): DispatchView {
    if (stop_id === "no") throw new CallFailed();
    const all = [...core.view.routes.flatMap((route) => route.stops), ...core.view.unplanned];
    const stop = all.find((one) => one.id === stop_id) as StopView;
    const without = (stops: StopView[]): StopView[] => stops.filter((one) => one.id !== stop_id);
    const routes = core.view.routes.map((route) => {
      const stops = without(route.stops);
      if (route.van_id === to_van) stops.splice(position, 0, stop);
      return { ...route, stops };
    });
    const unplanned = [...without(core.view.unplanned), ...(to_van === null ? [stop] : [])];
    return (core.view = { ...core.view, routes, unplanned });
  }
  const answers: Record<string, (args: never) => unknown> = {
    move_stop: move,
    best_slots: () => core.slots,
    check_move: () => ({ broken: ["late"] }),
  };
  return { CallFailed, call: async (name: string, args: never) => answers[name](args) };
});

const stop = (id: string): StopView =>
  ({ id, weight_g: 100, volume_ml: 1, pieces: 1, locked: false, state: "planned" }) as StopView;
const van = { id: "v2", name: "Caddy", cap_weight_g: 250, cap_volume_ml: 99, cap_pieces: 99 } as VanView;
const order = (): string =>
  [...core.view.routes.map((route) => route.stops), core.view.unplanned]
    .map((stops) => stops.map((one) => one.id).join(""))
    .join("|");
const stops = (...ids: string[]): StopView[] => ids.map(stop);
const always = (): boolean => true;

beforeEach(() => {
  core.slots = [];
  core.view = here.dispatch = {
    routes: [
      { van_id: "v1", locked: false, stops: stops("a", "b", "c", "no") },
      { van_id: "v2", locked: false, stops: stops("d") },
    ],
    unplanned: stops("f"),
  } as unknown as DispatchView;
  toast.clear();
});

describe("several stops", () => {
  it("go to a van one after another, and all come back to their places", async () => {
    const before = order();
    await moveTogether(stops("a", "c"), van, always);
    expect(order()).toBe("bno|dac|f");
    expect(toast.line?.undo?.holds()).toBe(true);
    await toast.line?.undo?.run();
    expect(order()).toBe(before);
  });
  it("take the cheapest place that keeps every rule", async () => {
    core.slots = [
      { van_id: "v1", position: 2 },
      { van_id: "v2", position: 0 },
    ];
    await moveTogether(stops("b"), van, always);
    expect(order()).toBe("acno|bd|f");
  });
  it("stop at the first refusal, which is told, and what was moved can come back", async () => {
    await moveTogether(stops("a", "no", "c"), van, always);
    expect(order()).toBe("bcno|da|f");
    expect(toast.line).toMatchObject({ tone: "warn", hint: "It is locked." });
    await toast.line?.undo?.run();
    expect(order()).toBe("abcno|d|f");
  });
  it("are stopped by whoever has seen enough", async () => {
    await moveTogether(stops("a", "b", "c"), van, (done) => done < 1);
    expect(order()).toBe("bcno|da|f");
  });
  it("are no longer taken back together once something else was done", async () => {
    await moveTogether(stops("a"), van, always);
    here.dispatch = { ...core.view, routes: [] } as unknown as DispatchView;
    expect(toast.line?.undo?.holds()).toBe(false);
  });
  it("break what they break together", async () => {
    const found = await checkTogether(core.view, stops("a", "b"), van, always);
    expect(found?.load.weight_g).toBe(300);
    expect(found?.broken).toEqual(["Too heavy for the van", "late"]);
    expect(await checkTogether(core.view, stops("a"), van, () => false)).toBeNull();
  });
});
