// The speaking routes: a line per van between the streets and their names, as map layers.
import type { LayerSpecification } from "maplibre-gl";
import type { DispatchView, RouteView } from "../../../api/bindings";
import { vanColor } from "../colors";

export const ROUTES = "routes";
export const CLOSED = "closed";
/** GeoJSON, as the map library takes it. */
export interface Lines {
  type: "FeatureCollection";
  features: {
    type: "Feature";
    properties: { color: string; faded: boolean; order: number };
    geometry: { type: "LineString"; coordinates: [number, number][] };
  }[];
}

export interface Lit {
  hover: string;
  chosen: string;
}

/** The route that is looked at; the others step back. */
export function litRoute(view: DispatchView, lit: Lit): RouteView | undefined {
  const stop = lit.hover || lit.chosen;
  return view.routes.find((route) => route.stops.some((one) => one.id === stop));
}

export function routeLines(view: DispatchView, lit: Lit, dark: boolean): Lines {
  const top = litRoute(view, lit);
  const features = view.routes.flatMap((route): Lines["features"] => {
    const van = view.vans.find((one) => one.id === route.van_id);
    if (!van || route.geometry.length < 2) return [];
    const faded = top !== undefined && route !== top;
    return [
      {
        type: "Feature",
        properties: { color: vanColor(van.color, dark), faded, order: route === top ? 1 : 0 },
        geometry: { type: "LineString", coordinates: route.geometry },
      },
    ];
  });
  return { type: "FeatureCollection", features };
}

/** Streets that nobody drives, and the one that is being pointed at. */
export interface ClosedLines {
  type: "FeatureCollection";
  features: {
    type: "Feature";
    properties: { pointed: boolean };
    geometry: { type: "LineString"; coordinates: [number, number][] };
  }[];
}

export function closedLines(view: DispatchView, pointed: [number, number][] | null): ClosedLines {
  const line = (coordinates: [number, number][], isPointed: boolean): ClosedLines["features"][0] => ({
    type: "Feature",
    properties: { pointed: isPointed },
    geometry: { type: "LineString", coordinates },
  });
  const features = view.closures.map((closure) => line(closure.points, false));
  return { type: "FeatureCollection", features: pointed ? [...features, line(pointed, true)] : features };
}

/** A red line, barred, so that it does not rest on color alone. */
export function closedLayers(stop: string, paper: string): LayerSpecification[] {
  const width = ["interpolate", ["linear"], ["zoom"], 10, 4, 15, 8, 18, 14] as const;
  return [
    {
      id: "closed-street",
      type: "line",
      source: CLOSED,
      layout: { "line-cap": "round", "line-join": "round" },
      paint: {
        "line-color": stop,
        "line-width": [...width] as never,
        "line-opacity": ["case", ["get", "pointed"], 0.55, 0.95],
      },
    },
    {
      id: "closed-bars",
      type: "line",
      source: CLOSED,
      filter: ["!", ["get", "pointed"]],
      paint: {
        "line-color": paper,
        "line-width": ["interpolate", ["linear"], ["zoom"], 10, 2, 15, 4, 18, 7],
        "line-dasharray": [0.5, 0.9],
      },
    },
  ];
}

export function routeLayers(paper: string): LayerSpecification[] {
  const layout = { "line-cap": "round", "line-join": "round" } as const;
  return [
    {
      id: "route-edge",
      type: "line",
      source: ROUTES,
      layout: { ...layout, "line-sort-key": ["get", "order"] },
      paint: {
        "line-color": paper,
        "line-width": ["interpolate", ["linear"], ["zoom"], 10, 4.5, 15, 7.5, 18, 11],
        "line-opacity": ["case", ["get", "faded"], 0.3, 0.9],
      },
    },
    {
      id: "route-line",
      type: "line",
      source: ROUTES,
      layout: { ...layout, "line-sort-key": ["get", "order"] },
      paint: {
        "line-color": ["get", "color"],
        "line-width": ["interpolate", ["linear"], ["zoom"], 10, 2.4, 15, 4.2, 18, 6.5],
        "line-opacity": ["case", ["get", "faded"], 0.3, 1],
      },
    },
  ];
}
