// A picture of a parcel at a door, small enough to be kept on every desktop for ever.
const LONG_SIDE_PX = 900;
const QUALITIES = [0.7, 0.55, 0.4, 0.25];
/** What the core takes, in characters of base64. */
const LETTERS_MAX = 150_000;

/** JPEG in base64; refuses what is no picture. */
export async function smallJpeg(file: Blob): Promise<string> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONG_SIDE_PX / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  for (const quality of QUALITIES) {
    const text = canvas.toDataURL("image/jpeg", quality).split(",")[1] ?? "";
    if (text && text.length <= LETTERS_MAX) return text;
  }
  throw new Error("too large");
}
