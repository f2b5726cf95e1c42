// The whole style: ground, streets, the day's routes, names.
import type { MapView } from "../../../api/bindings";
import type { StyleSpecification } from "maplibre-gl";
import { ground, SOURCE } from "./ground";
import { labels } from "./labels";
import type { Palette } from "./palette";
import { roads } from "./roads";
import { CLOSED, closedLayers, routeLayers, ROUTES, type ClosedLines, type Lines } from "./routes";
import { tileAddress } from "./address";

/** The zooms that are in the file; nearer ones enlarge the last. */
const ZOOM_MIN = 8;
const ZOOM_MAX = 15;

export function style(
  map: MapView | null,
  c: Palette,
  lang: string,
  lines: Lines,
  closed: ClosedLines,
): StyleSpecification {
  const routes = { type: "geojson", data: lines } as const;
  const closures = { type: "geojson", data: closed } as const;
  const day = [...routeLayers(c.halo), ...closedLayers(c.stop, c.halo)];
  if (!map?.tiles) {
    const land = ground(c).filter((layer) => layer.type === "background");
    return { version: 8, sources: { [ROUTES]: routes, [CLOSED]: closures }, layers: [...land, ...day] };
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
      [CLOSED]: closures,
    },
    layers: [...ground(c), ...roads(c), ...day, ...labels(c, lang)],
  };
}
