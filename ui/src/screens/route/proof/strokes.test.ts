import { describe, expect, it } from "vitest";
import { drawnOn, onPaper, pathOf, type Stroke } from "./strokes";

describe("a signature", () => {
  it("is the same on a small and on a large screen", () => {
    expect(onPaper(100, 40, 200, 80)).toEqual([500, 200]);
    expect(onPaper(400, 160, 800, 320)).toEqual([500, 200]);
  });
  it("stays on the paper when the hand leaves it", () => {
    expect(onPaper(-5, 500, 200, 80)).toEqual([0, 400]);
  });
  it("leaves out the trembling of a hand", () => {
    const stroke = [
      [10, 10],
      [12, 11],
      [30, 10],
    ].reduce<Stroke>((drawn, point) => drawnOn(drawn, point as [number, number]), []);
    expect(stroke).toEqual([
      [10, 10],
      [30, 10],
    ]);
  });
  it("draws a dot for a single point and nothing for none", () => {
    expect(pathOf([[[5, 6]], []])).toBe("M5 6L5 6");
    expect(
      pathOf([
        [
          [0, 0],
          [10, 10],
        ],
      ]),
    ).toBe("M0 0L10 10");
  });
});
