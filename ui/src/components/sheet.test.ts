import { describe, expect, it } from "vitest";
import { cellOf } from "./sheet";

const column = { id: "value", head: "Value", width: "1fr" };

describe("a cell for a spreadsheet", () => {
  it("keeps numbers, money and times as what they are", () => {
    expect(cellOf({ value: 7 }, column)).toBe(7);
    expect(cellOf({ value: { minor: 199, currency: "EUR" } }, column)).toEqual({
      minor: 199,
      currency: "EUR",
    });
    expect(cellOf({ value: 0 }, { ...column, time: true })).toEqual({ at: 0 });
  });
  it("says in words what the screen says with marks", () => {
    expect(
      cellOf(
        {
          value: [
            { tone: "warn", text: "Short" },
            { tone: "stop", text: "Late" },
          ],
        },
        column,
      ),
    ).toBe("Short · Late");
    expect(cellOf({ value: null }, column)).toBe("");
  });
  it("looks where the column says", () => {
    expect(
      cellOf({ placed_at: 60_000 }, { ...column, id: "placed", field: "placed_at", time: true }),
    ).toEqual({
      at: 60_000,
    });
  });
});
