// What lies under the streets: land, green, water, buildings, rails.
import type { LayerSpecification } from "maplibre-gl";
import type { Palette } from "./palette";

export const SOURCE = "town";
const from = { source: SOURCE } as const;

export function ground(c: Palette): LayerSpecification[] {
  return [
    { id: "land", type: "background", paint: { "background-color": c.land } },
    {
      ...from,
      id: "built",
      type: "fill",
      "source-layer": "land",
      filter: ["!", ["in", ["get", "class"], ["literal", ["plaza", "pier", "parking"]]]],
      paint: {
        "fill-color": [
          "match",
          ["get", "class"],
          ["trade", "campus"],
          c.trade,
          ["industry", "apron"],
          c.industry,
          c.built,
        ],
      },
    },
    {
      ...from,
      id: "green",
      type: "fill",
      "source-layer": "green",
      paint: {
        "fill-color": [
          "match",
          ["get", "class"],
          "wood",
          c.wood,
          ["park", "pitch", "cemetery"],
          c.park,
          "field",
          c.field,
          "sand",
          c.sand,
          c.grass,
        ],
        "fill-antialias": true,
      },
    },
    {
      ...from,
      id: "waterway",
      type: "line",
      "source-layer": "waterway",
      layout: { "line-cap": "round", "line-join": "round" },
      paint: {
        "line-color": c.waterline,
        "line-width": [
          "interpolate",
          ["exponential", 1.5],
          ["zoom"],
          9,
          ["match", ["get", "class"], "river", 0.8, 0.4],
          14,
          ["match", ["get", "class"], "river", 2.5, "canal", 2, 1],
          18,
          ["match", ["get", "class"], "river", 9, "canal", 8, 3],
        ],
      },
    },
    { ...from, id: "water", type: "fill", "source-layer": "water", paint: { "fill-color": c.water } },
    {
      ...from,
      id: "shore",
      type: "line",
      "source-layer": "water",
      minzoom: 13,
      paint: { "line-color": c.waterline, "line-width": 0.8 },
    },
    {
      ...from,
      id: "plaza",
      type: "fill",
      "source-layer": "land",
      filter: ["in", ["get", "class"], ["literal", ["plaza", "pier", "parking"]]],
      paint: { "fill-color": c.plaza },
    },
    {
      ...from,
      id: "buildings",
      type: "fill",
      "source-layer": "buildings",
      minzoom: 14,
      paint: {
        "fill-color": c.building,
        "fill-outline-color": c["building-edge"],
        "fill-opacity": ["interpolate", ["linear"], ["zoom"], 14, 0.5, 15.5, 1],
      },
    },
    {
      ...from,
      id: "rail",
      type: "line",
      "source-layer": "rail",
      filter: ["!=", ["get", "level"], "tunnel"],
      paint: {
        "line-color": c.rail,
        "line-width": [
          "interpolate",
          ["linear"],
          ["zoom"],
          10,
          0.6,
          14,
          ["match", ["get", "class"], "rail", 1.2, 0.7],
          18,
          ["match", ["get", "class"], "rail", 2.4, 1.4],
        ],
      },
    },
    {
      ...from,
      id: "sleepers",
      type: "line",
      "source-layer": "rail",
      minzoom: 14.5,
      filter: ["all", ["!=", ["get", "level"], "tunnel"], ["==", ["get", "class"], "rail"]],
      paint: { "line-color": c.rail, "line-width": 4, "line-dasharray": [0.35, 2.4] },
    },
  ];
}
