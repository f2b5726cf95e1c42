// The whole style: ground, streets, the day's routes, names.
import type { MapView } from "../../../api/bindings";
import type { StyleSpecification } from "maplibre-gl";
import { ground, SOURCE } from "./ground";
import { labels } from "./labels";
import type { Palette } from "./palette";
import { roads } from "./roads";
import { routeLayers, ROUTES, type Lines } from "./routes";
import { tileAddress } from "./address";

/** The zooms that are in the file; nearer ones enlarge the last. */
const ZOOM_MIN = 8;
const ZOOM_MAX = 15;

export function style(map: MapView | null, c: Palette, lang: string, lines: Lines): StyleSpecification {
  const routes = { type: "geojson", data: lines } as const;
  if (!map?.tiles) {
    const land = ground(c).filter((layer) => layer.type === "background");
    return { version: 8, sources: { [ROUTES]: routes }, layers: [...land, ...routeLayers(c.halo)] };
  }
  return {
    version: 8,
    sources: {
      [SOURCE]: {
        type: "vector",
        tiles: [tileAddress(map.name)],
        minzoom: ZOOM_MIN,
        maxzoom: ZOOM_MAX,
        bounds: [map.west, map.south, map.east, map.north],
      },
      [ROUTES]: routes,
    },
    layers: [...ground(c), ...roads(c), ...routeLayers(c.halo), ...labels(c, lang)],
  };
}
