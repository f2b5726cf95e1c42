import type { Api, DispatchView, MapView, PlanProgress, RouteView, StopView, VanView } from "../bindings";
import { between, chip, customer, done, eur, MINUTE, noise, NOW, words } from "./base";

const CENTER: [number, number] = [8.68, 49.41];
const SIX = new Date(NOW).setHours(7, 0, 0, 0);
const HOUR = 60 * MINUTE;
const NAMES = ["Sprinter 1", "Sprinter 2", "Caddy", "Transit", "e-Vito"];
const vans: VanView[] = NAMES.map((name, i) => ({
  id: `v${i + 1}`,
  name,
  driver: ["Jonas", "Amina", "Piet", "Marta", "李伟"][i],
  plate: `HD-QS ${100 + i}`,
  color: i,
  cap_weight_g: 900_000,
  cap_volume_ml: 8_000_000,
  cap_pieces: 60,
  shift_start: SIX,
  shift_end: SIX + 10 * HOUR,
}));

function stop(i: number, arrive: number | null): StopView {
  const late = i === 9 ? 900 : 0;
  return {
    id: `s${i}`,
    order_id: `o-${i}`,
    number: `SO-${48200 + i}`,
    customer: customer(i),
    address: [
      "Hauptstr. 12",
      "Bergheimer Str. 88",
      "Im Neuenheimer Feld 3",
      "Rohrbacher Str. 41",
      "Brückenstr. 7",
    ][i % 5],
    lon: CENTER[0] + (noise(i) - 0.5) * 0.09,
    lat: CENTER[1] + (noise(i + 50) - 0.5) * 0.06,
    window_start: SIX + (1 + (i % 3)) * HOUR,
    window_end: SIX + (5 + (i % 3)) * HOUR,
    arrive,
    depart: arrive === null ? null : arrive + between(i, 5, 16) * MINUTE,
    wait_s: 0,
    late_s: late,
    weight_g: between(i, 2000, 60000),
    volume_ml: between(i, 9000, 200000),
    pieces: between(i, 1, 7),
    locked: i === 4,
    state: arrive === null ? "unplanned" : "planned",
    chip: late ? chip("stop", "Late", "迟到") : chip("plain", "Planned", "已排"),
    eta: null,
    proof: false,
    why: arrive === null ? [words("No van is free in its window.", "时间窗内没有空车。")] : [],
  };
}
function route(van: VanView, first: number, count: number): RouteView {
  const stops = Array.from({ length: count }, (_, k) =>
    stop(first + k, van.shift_start + (20 + k * 34) * MINUTE),
  );
  const geometry: [number, number][] = [
    CENTER,
    ...stops.flatMap((s): [number, number][] => [
      [s.lon, s.lat - 0.004],
      [s.lon, s.lat],
    ]),
    CENTER,
  ];
  const sum = (of: (s: StopView) => number): number => stops.reduce((all, s) => all + of(s), 0);
  return {
    van_id: van.id,
    locked: van.id === "v2",
    state: "draft",
    stops,
    meters: 18_400 + count * 900,
    seconds: 3600 * 4 + count * 300,
    weight_g: sum((s) => s.weight_g) * 3,
    volume_ml: sum((s) => s.volume_ml) * 6,
    pieces: sum((s) => s.pieces),
    start: van.shift_start,
    end: van.shift_start + (40 + count * 34) * MINUTE,
    geometry,
    warnings: [],
    pause: null,
    seen: null,
  };
}
let view: DispatchView = {
  day: new Date(NOW).toISOString().slice(0, 10),
  plan_id: "plan1",
  state: "optimised",
  version: 1,
  depot: { name: "Depot", lon: CENTER[0], lat: CENTER[1], guessed: false },
  vans,
  routes: [route(vans[0], 0, 7), route(vans[1], 7, 6), route(vans[2], 13, 8), route(vans[3], 21, 5)],
  unplanned: [stop(40, null), stop(41, null)],
  meters: 98_300,
  seconds: 61_000,
  stops: 26,
  vans_used: 4,
  cost: eur(31_840),
  closures: [],
  unplaced: [],
  left_out: 0,
  undo_title: "",
};

let planning: PlanProgress | null = null;
let startedAt = 0;
function progress(): PlanProgress {
  if (!planning)
    return { running: false, elapsed_ms: 0, iterations: 0, curve: [], found: null, offer: false };
  const ms = Math.min(10_000, Date.now() - startedAt);
  const curve = Array.from({ length: Math.max(2, Math.floor(ms / 200)) }, (_, i) => ({
    ms: i * 200,
    cost: 31_840 - 3000 * (1 - Math.exp(-i / 9)),
  }));
  return {
    running: ms < 10_000,
    elapsed_ms: ms,
    iterations: ms * 41,
    curve,
    found: { meters: 91_200, seconds: 58_400, vans: 4, unplanned: 1 },
    offer: ms > 800,
  };
}

function town(): MapView {
  return {
    west: 8.6,
    south: 49.37,
    east: 8.76,
    north: 49.45,
    depot: CENTER,
    tiles: false,
    name: "",
    source: "© OpenStreetMap contributors",
  };
}

export const answers: Partial<{ [K in keyof Api]: (args: Api[K][0]) => Api[K][1] }> = {
  dispatch_day: () => view,
  map_view: town,
  map_tile: () => ({ mvt: null }),
  map_progress: () => ({ running: false, stage: "reading", per_mille: 0, failed: null }),
  plan_routes: () => {
    planning = progress();
    startedAt = Date.now();
    planning.running = true;
    return done("");
  },
  plan_progress: progress,
  plan_cancel: () => {
    startedAt = 0;
    return done("");
  },
  plan_take: () => {
    planning = null;
    return view;
  },
  best_slots: () => [],
  check_move: ({ to_van, position }) => ({
    ok: to_van !== "v2",
    added_s: 340 + position * 60,
    added_m: 1900 + position * 300,
    weight_after_g: 610_000,
    volume_after_ml: 5_200_000,
    pieces_after: 41,
    broken:
      to_van === "v2"
        ? [
            words(
              "Café Lindenhof: arrives 12:24, window closes 12:00",
              "Café Lindenhof：12:24 到，时间窗 12:00 截止",
            ),
          ]
        : [],
  }),
  move_stop: ({ stop_id, to_van, position }) => {
    let moved: StopView | undefined;
    const without = (stops: StopView[]): StopView[] =>
      stops.filter((s) => (s.id === stop_id ? ((moved = s), false) : true));
    const routes = view.routes.map((r) => ({ ...r, stops: without(r.stops) }));
    const unplanned = without(view.unplanned);
    if (moved) (routes.find((r) => r.van_id === to_van)?.stops ?? unplanned).splice(position, 0, moved);
    return (view = { ...view, routes, unplanned });
  },
  lock_stop: ({ id, locked }) =>
    (view = {
      ...view,
      routes: view.routes.map((r) => ({
        ...r,
        stops: r.stops.map((s) => (s.id === id ? { ...s, locked } : s)),
      })),
    }),
  lock_route: ({ id, locked }) =>
    (view = { ...view, routes: view.routes.map((r) => (r.van_id === id ? { ...r, locked } : r)) }),
  publish_plan: () =>
    (view = {
      ...view,
      state: "published",
      routes: view.routes.map((r) => ({ ...r, state: "published" as const })),
    }),
  load_van: ({ van_id }) =>
    (view = {
      ...view,
      routes: view.routes.map((r) => (r.van_id === van_id ? { ...r, state: "loading" as const } : r)),
    }),
  dispatch_van: ({ van_id }) =>
    (view = {
      ...view,
      routes: view.routes.map((r) => (r.van_id === van_id ? { ...r, state: "on_the_way" as const } : r)),
    }),
  stop_result: () => view,
};
