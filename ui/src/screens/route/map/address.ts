// What a tile is called and what is in it. Without the map library, which comes only with a map.
export const SCHEME = "quayside-map";
const ADDRESS = new RegExp(`^${SCHEME}://[^/]*/(\\d+)/(\\d+)/(\\d+)$`);
/** The families behind `--font`, as the map's labels name them. */
export const LATIN = "Inter Variable";
export const HAN = "Noto Sans SC Variable";

/** z, x and y of a tile's address, or null for anything else. */
export function placeOf(address: string): { z: number; x: number; y: number } | null {
  const found = ADDRESS.exec(address);
  return found ? { z: Number(found[1]), x: Number(found[2]), y: Number(found[3]) } : null;
}

export function tileAddress(map: string): string {
  return `${SCHEME}://${encodeURIComponent(map)}/{z}/{x}/{y}`;
}

export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** Letters beyond ASCII. Names stand in a tile as plain UTF-8 between numbers. */
export function lettersIn(bytes: Uint8Array): string {
  const found = new TextDecoder().decode(bytes).match(/[\u00a1-\ufffc]/g) ?? [];
  return [...new Set(found)].join("");
}
