// Names: along streets and rivers, on settlements, parks and lakes. Drawn from the app's own fonts.
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { SOURCE } from "./ground";
import type { Palette } from "./palette";
import { HAN, LATIN } from "./address";

const REGULAR = [LATIN, HAN];
/** The first name only says the weight; there is no font of that name. */
const STRONG = ["Quayside Semibold", LATIN, HAN];

function name(lang: string): ExpressionSpecification {
  const first = lang === "zh" ? "name_zh" : "name_en";
  return ["coalesce", ["get", first], ["get", "name"]];
}

export function labels(c: Palette, lang: string): LayerSpecification[] {
  const halo = { "text-halo-color": c.halo, "text-halo-width": 1.4, "text-halo-blur": 0.4 };
  const text = name(lang);
  const street = (id: string, classes: string[], zoom: number, key: number): LayerSpecification => ({
    id,
    type: "symbol",
    source: SOURCE,
    "source-layer": "roads",
    minzoom: zoom,
    filter: ["all", ["has", "name"], ["in", ["get", "class"], ["literal", classes]]],
    layout: {
      "symbol-placement": "line",
      "symbol-spacing": 320,
      "symbol-sort-key": key,
      "text-field": text,
      "text-font": REGULAR,
      "text-size": ["interpolate", ["linear"], ["zoom"], 13, 10, 16, 12, 19, 15],
      "text-max-angle": 35,
      "text-padding": 4,
      "text-letter-spacing": 0.01,
    },
    paint: { "text-color": c["label-2"], ...halo },
  });
  const spot = (id: string, classes: string[], zoom: number, color: string): LayerSpecification => ({
    id,
    type: "symbol",
    source: SOURCE,
    "source-layer": "places",
    minzoom: zoom,
    filter: ["in", ["get", "class"], ["literal", classes]],
    layout: {
      "text-field": text,
      "text-font": REGULAR,
      "text-size": ["interpolate", ["linear"], ["zoom"], 12, 10.5, 17, 13],
      "text-max-width": 7,
      "text-padding": 6,
    },
    paint: { "text-color": color, ...halo },
  });
  const settled = (id: string, classes: string[], sizes: number[], range: [number, number]) => {
    const layer: LayerSpecification = {
      id,
      type: "symbol",
      source: SOURCE,
      "source-layer": "places",
      minzoom: range[0],
      maxzoom: range[1],
      filter: ["in", ["get", "class"], ["literal", classes]],
      layout: {
        "text-field": text,
        "text-font": STRONG,
        "text-size": ["interpolate", ["linear"], ["zoom"], 9, sizes[0], 14, sizes[1]],
        "symbol-sort-key": ["-", 0, ["coalesce", ["get", "rank"], 0]],
        "text-max-width": 8,
        "text-padding": 8,
      },
      paint: { "text-color": c.label, ...halo, "text-halo-width": 1.8 },
    };
    return layer;
  };
  const small = spot("quarters", ["quarter", "hamlet", "suburb", "island"], 11.5, c["label-2"]);
  if (small.type === "symbol" && small.layout) {
    // Chinese has no capitals, and its letters stand apart already.
    small.layout["text-transform"] = lang === "zh" ? "none" : "uppercase";
    small.layout["text-letter-spacing"] = lang === "zh" ? 0.15 : 0.09;
    small.layout["text-font"] = STRONG;
    small.layout["text-size"] = ["interpolate", ["linear"], ["zoom"], 11, 9.5, 16, 12.5];
    small.layout["text-padding"] = 14;
  }
  const river: LayerSpecification = {
    id: "river-names",
    type: "symbol",
    source: SOURCE,
    "source-layer": "waterway",
    minzoom: 12,
    filter: ["has", "name"],
    layout: {
      "symbol-placement": "line",
      "symbol-spacing": 420,
      "text-field": text,
      "text-font": REGULAR,
      "text-size": 11.5,
      "text-letter-spacing": 0.08,
      "text-max-angle": 30,
    },
    paint: { "text-color": c["label-water"], "text-halo-color": c.water, "text-halo-width": 1 },
  };
  const numbers: LayerSpecification = {
    id: "road-numbers",
    type: "symbol",
    source: SOURCE,
    "source-layer": "roads",
    minzoom: 10,
    maxzoom: 15,
    filter: ["all", ["has", "ref"], ["in", ["get", "class"], ["literal", ["motorway", "trunk", "primary"]]]],
    layout: {
      "symbol-placement": "line",
      "symbol-spacing": 400,
      "text-field": ["get", "ref"],
      "text-font": STRONG,
      "text-size": 10,
      "text-rotation-alignment": "viewport",
      "text-padding": 20,
    },
    paint: { "text-color": c["label-2"], "text-halo-color": c.halo, "text-halo-width": 2 },
  };
  // Placed from the last to the first: settlements win over streets, large streets over small ones.
  return [
    spot("campus-names", ["campus"], 15, c["label-2"]),
    spot("park-names", ["park", "wood"], 12.5, c["label-green"]),
    spot("lake-names", ["lake"], 11, c["label-water"]),
    street("street-names", ["minor", "pedestrian"], 14.6, 3),
    street("service-names", ["service", "path"], 16.5, 4),
    river,
    street("road-names", ["tertiary", "secondary"], 13.2, 2),
    numbers,
    street("main-names", ["primary", "trunk", "motorway"], 12.8, 1),
    small,
    settled("villages", ["village"], [9.5, 13], [11, 16]),
    settled("towns", ["town"], [11, 16], [9, 16]),
    settled("cities", ["city"], [13.5, 22], [8, 14.5]),
  ];
}
