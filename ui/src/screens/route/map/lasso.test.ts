import { describe, expect, it } from "vitest";
import { isInside } from "./lasso";

/** A U, open to the top. */
const line = [
  { x: 0, y: 0 },
  { x: 10, y: 0 },
  { x: 10, y: 20 },
  { x: 20, y: 20 },
  { x: 20, y: 0 },
  { x: 30, y: 0 },
  { x: 30, y: 30 },
  { x: 0, y: 30 },
];

describe("a drawn line", () => {
  it.each([
    ["in the left arm", 5, 5, true],
    ["in the foot", 15, 25, true],
    ["between the arms", 15, 5, false],
    ["outside", 40, 25, false],
    ["above", 5, -1, false],
  ])("holds what lies %s: %i, %i", (_where, x, y, inside) => {
    expect(isInside({ x, y }, line)).toBe(inside);
  });
  it("of one point holds nothing", () => {
    expect(isInside({ x: 0, y: 0 }, [{ x: 0, y: 0 }])).toBe(false);
  });
});
