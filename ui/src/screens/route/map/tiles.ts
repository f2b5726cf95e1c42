// Tiles come through the same door as every other answer: no address on any network.
import { addProtocol } from "maplibre-gl";
import { call } from "../../../api/client";
import { bytesOf, HAN, LATIN, lettersIn, placeOf, SCHEME } from "./address";

const loaded = new Set<string>();

/** The fonts come in slices; a label is drawn once and kept, so its slices must be there before. */
async function fontsFor(bytes: Uint8Array): Promise<void> {
  const letters = [...lettersIn(bytes)].filter((letter) => !loaded.has(letter)).join("");
  if (!letters) return;
  const fonts = [`400 24px "${LATIN}"`, `600 24px "${LATIN}"`, `400 24px "${HAN}"`, `600 24px "${HAN}"`];
  await Promise.all(fonts.map((font) => document.fonts.load(font, letters).catch(() => [])));
  for (const letter of letters) loaded.add(letter);
}

let ready = false;

export function serveTiles(): void {
  if (ready) return;
  ready = true;
  addProtocol(SCHEME, async ({ url }) => {
    const place = placeOf(url);
    const mvt = place ? (await call("map_tile", place)).mvt : null;
    const bytes = mvt ? bytesOf(mvt) : new Uint8Array(0);
    await fontsFor(bytes);
    return { data: bytes.buffer };
  });
}
