import { describe, expect, it } from "vitest";
import type { TableWishes } from "../../state/personal.svelte";
import { shownColumns, tracksOf, writtenColumns } from "./columns";

const columns = [
  { id: "number", head: "Number", width: "112px" },
  { id: "customer", head: "Customer", width: "minmax(120px, 1.5fr)" },
  { id: "wave", head: "Wave", width: "88px", hideBelow: 1240 },
  { id: "category", head: "Category", width: "100px", extra: true },
  { id: "actions", head: "", width: "90px" },
];
const wishes = (columns: Record<string, boolean>): TableWishes => ({ columns, widths: {}, group: "" });
const shown = (by: Record<string, boolean>, px: number): string =>
  shownColumns(columns, wishes(by), px)
    .map((column) => column.id)
    .join(" ");

describe("the columns of a table", () => {
  it.each([
    ["make room when the window is narrow", {}, 1000, "number customer actions"],
    ["are there when there is room", {}, 1300, "number customer wave actions"],
    ["stay when somebody asked for them", { wave: true }, 1000, "number customer wave actions"],
    ["are gone when somebody sent them away", { customer: false }, 1300, "number wave actions"],
    ["may be more than the screen proposes", { category: true }, 1000, "number customer category actions"],
    ["are never none", { number: false, customer: false }, 1000, "number actions"],
  ])("%s", (_what, by, px, expected) => {
    expect(shown(by as Record<string, boolean>, px)).toBe(expected);
  });
  it("are written to a file although the window is narrow, but not when they were sent away", () => {
    const written = writtenColumns(columns, wishes({ customer: false }));
    expect(written.map((column) => column.id)).toEqual(["number", "wave", "actions"]);
  });
  it("take at least their least widths", () => {
    const { css, least_px } = tracksOf(columns.slice(0, 2), true);
    expect(css).toBe("36px 112px minmax(120px, 1.5fr)");
    expect(least_px).toBe(24 + 36 + 112 + 120);
  });
  it("are as wide as somebody made them", () => {
    expect(tracksOf(columns.slice(0, 2), false, { customer: 300 })).toEqual({
      css: "112px 300px",
      least_px: 24 + 112 + 300,
    });
  });
});
