// What the camera has to show.
import type { DispatchView, MapView } from "../../../api/bindings";
import { allStops } from "../linked.svelte";

/** Everything the day is about; a stop off the map must not drag the view into the void. */
export function everything(view: DispatchView, map: MapView | null): [number, number, number, number] {
  const isOnMap = ([lon, lat]: number[]): boolean =>
    !map || (lon >= map.west && lon <= map.east && lat >= map.south && lat <= map.north);
  const stops = allStops(view).map((stop) => [stop.lon, stop.lat]);
  const all = [[view.depot.lon, view.depot.lat], ...stops];
  const on = all.filter(isOnMap);
  const places = on.length ? on : all;
  const lons = places.map(([lon]) => lon);
  const lats = places.map(([, lat]) => lat);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}
