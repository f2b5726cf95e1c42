import { describe, expect, it } from "vitest";
import { bytesOf, lettersIn, placeOf, tileAddress } from "./address";

describe("a tile", () => {
  it("is asked for by its place", () => {
    const address = tileAddress("town one.pmtiles")
      .replace("{z}", "14")
      .replace("{x}", "8586")
      .replace("{y}", "5600");
    expect(placeOf(address)).toEqual({ z: 14, x: 8586, y: 5600 });
    expect(placeOf("https://example.org/1/2/3")).toBeNull();
  });
  it("arrives as it was sent", () => {
    expect([...bytesOf(btoa("\x00\x1a\xff"))]).toEqual([0, 26, 255]);
  });
  it("says which letters its names need", () => {
    const bytes = new TextEncoder().encode("\x0a\x05Mill Lane 磨坊巷 Straße");
    expect(lettersIn(bytes)).toBe("磨坊巷ß");
  });
});
