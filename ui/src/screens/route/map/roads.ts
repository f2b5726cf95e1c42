// Streets: each class wider than the next, with an edge; tunnels pale below, bridges above the rest.
import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from "maplibre-gl";
import { SOURCE } from "./ground";
import type { Palette } from "./palette";

/** Pixels by class at some zooms; between them widths grow as the map does. */
const WIDTHS: [zoom: number, ...px: number[]][] = [
  // motorway, trunk, primary, secondary, tertiary, minor and pedestrian, service
  [8, 1.1, 1, 0.6, 0.4, 0.3, 0.2, 0.1],
  [10, 2, 1.7, 1.3, 0.9, 0.5, 0.3, 0.2],
  [12, 3, 2.6, 2.3, 1.9, 1.4, 0.8, 0.4],
  [14, 5, 4.6, 4.2, 3.6, 3.1, 2.2, 1.1],
  [16, 11, 10, 9.5, 8.5, 7.8, 6.2, 3],
  [18, 26, 24, 23, 20, 19, 15, 8],
  [20, 70, 64, 60, 54, 52, 42, 24],
];

function byClass([, motorway, trunk, primary, secondary, tertiary, minor, service]: (typeof WIDTHS)[number]) {
  return [
    "match",
    ["get", "class"],
    "motorway",
    motorway,
    "trunk",
    trunk,
    "primary",
    primary,
    "secondary",
    secondary,
    "tertiary",
    tertiary,
    "service",
    service,
    minor,
  ] as ExpressionSpecification;
}

/** A slip road is narrower than its road; an edge adds a pixel or two once there is room for it. */
function width(edge: boolean): ExpressionSpecification {
  const steps = WIDTHS.flatMap((row) => {
    const fill = ["*", byClass(row), ["case", ["has", "link"], 0.65, 1]];
    const added = row[0] < 12 ? 0.6 : row[0] < 15 ? 1.4 : 2;
    return [row[0], edge ? ["+", fill, added] : fill];
  });
  return ["interpolate", ["exponential", 1.5], ["zoom"], ...steps] as unknown as ExpressionSpecification;
}

function color(c: Palette, edge: "" | "-edge"): ExpressionSpecification {
  return [
    "match",
    ["get", "class"],
    "motorway",
    c[`motorway${edge}`],
    ["trunk", "primary"],
    c[`major${edge}`],
    c[`road${edge}`],
  ];
}

const ORDER: ExpressionSpecification = [
  "match",
  ["get", "class"],
  "motorway",
  7,
  "trunk",
  6,
  "primary",
  5,
  "secondary",
  4,
  "tertiary",
  3,
  "service",
  1,
  2,
];
const IS_PATH: ExpressionSpecification = ["==", ["get", "class"], "path"];

function at(level: "tunnel" | "bridge" | "ground"): ExpressionSpecification {
  if (level === "ground") return ["!", ["has", "level"]];
  return ["==", ["get", "level"], level];
}

export function roads(c: Palette): LayerSpecification[] {
  const from = { source: SOURCE, "source-layer": "roads", type: "line" } as const;
  const path: LayerSpecification = {
    ...from,
    id: "paths",
    minzoom: 14,
    filter: ["all", IS_PATH, ["!=", ["get", "level"], "tunnel"]],
    paint: {
      "line-color": c.path,
      "line-width": ["interpolate", ["exponential", 1.5], ["zoom"], 14, 0.6, 16, 1.2, 19, 3],
      "line-dasharray": [2.5, 1.4],
    },
  };
  const level = (name: "tunnel" | "bridge" | "ground"): LayerSpecification[] => {
    const filter: FilterSpecification = ["all", ["!", IS_PATH], at(name)];
    const cap = name === "ground" ? "round" : "butt";
    const layout = { "line-cap": cap, "line-join": "round", "line-sort-key": ORDER } as const;
    const tunnel = name === "tunnel";
    return [
      {
        ...from,
        id: `${name}-edge`,
        filter,
        layout,
        paint: {
          "line-color": color(c, "-edge"),
          "line-width": width(true),
          // The thinnest streets have no edge until it can be told from them.
          "line-opacity": tunnel
            ? 0.5
            : ["step", ["zoom"], ["match", ["get", "class"], ["minor", "service"], 0, 1], 13, 1],
          ...(tunnel ? { "line-dasharray": [2, 1.5] } : {}),
        },
      },
      {
        ...from,
        id: `${name}-fill`,
        filter,
        layout,
        paint: {
          "line-color": color(c, ""),
          "line-width": width(false),
          "line-opacity": tunnel ? 0.55 : 1,
        },
      },
    ];
  };
  return [...level("tunnel"), path, ...level("ground"), ...level("bridge")];
}
