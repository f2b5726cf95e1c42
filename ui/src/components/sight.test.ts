import { describe, expect, it } from "vitest";
import { inSight, scrollTo } from "./sight";

const BODY = 640;

describe("the rows in sight", () => {
  it("begin at the top", () => {
    expect(inSight(1000, 32, BODY, 0)).toEqual({ first: 0, last: 22, shift_px: 0, full_px: 32_000 });
  });
  it("are drawn where they belong in the middle", () => {
    expect(inSight(1000, 32, BODY, 3216)).toMatchObject({ first: 100, last: 122, shift_px: 3200 });
  });
  it("are none in an empty table", () => {
    expect(inSight(0, 32, BODY, 0)).toMatchObject({ first: 0, last: 0 });
  });
  it("reach the last of a million", () => {
    const { full_px } = inSight(1_000_000, 32, BODY, 0);
    const end = inSight(1_000_000, 32, BODY, full_px - BODY);
    expect(end.last).toBe(1_000_000);
    expect(end.first).toBeLessThanOrEqual(999_980);
    expect(end.shift_px + (end.last - end.first) * 32).toBeLessThanOrEqual(full_px);
  });
  it("miss no row of a million when scrolled to", () => {
    for (const row of [0, 1, 12_345, 499_999, 999_979, 999_999]) {
      const sight = inSight(1_000_000, 32, BODY, scrollTo(row, 1_000_000, 32, BODY, 0));
      expect(row).toBeGreaterThanOrEqual(sight.first);
      expect(row).toBeLessThan(sight.last);
    }
  });
  it("stay where they are when the row is there already", () => {
    expect(scrollTo(5, 1000, 32, BODY, 100)).toBe(100);
  });
});
