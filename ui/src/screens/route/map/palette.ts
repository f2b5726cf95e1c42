// The map's colors are tokens like all others (styles/map.css); a style sheet of the map wants them as values.
const NAMES = [
  "land",
  "built",
  "trade",
  "industry",
  "plaza",
  "wood",
  "park",
  "grass",
  "field",
  "sand",
  "water",
  "waterline",
  "building",
  "building-edge",
  "road",
  "road-edge",
  "major",
  "major-edge",
  "motorway",
  "motorway-edge",
  "path",
  "rail",
  "label",
  "label-2",
  "label-water",
  "label-green",
  "halo",
  "stop",
] as const;
export type Palette = Record<(typeof NAMES)[number], string>;

export function palette(root: Element): Palette {
  const styles = getComputedStyle(root);
  const entries = NAMES.map((name) => [name, styles.getPropertyValue(`--map-${name}`).trim() || "#888888"]);
  return Object.fromEntries(entries) as Palette;
}
