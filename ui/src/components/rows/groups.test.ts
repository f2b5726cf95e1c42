import { describe, expect, it } from "vitest";
import { session } from "../../state/session.svelte";
import { groupRows, headAt, linesOf, sumOf } from "./groups";

const HOUR = 3_600_000;
const eur = (minor: number) => ({ minor, currency: "EUR" });
const rows = [
  { number: "1", customer: "Roth", promise_at: 22 * HOUR, units: 3, value: eur(100) },
  { number: "2", customer: "Blau", promise_at: 25 * HOUR, units: 4, value: eur(250) },
  { number: "3", customer: "Roth", promise_at: 26 * HOUR, units: 5, value: eur(50) },
  { number: "4", customer: "", promise_at: 49 * HOUR, units: 1, value: eur(1) },
];
const customer = { id: "customer", head: "Customer", width: "1fr", group: "value" as const };
const promise = {
  id: "promise",
  field: "promise_at",
  time: true,
  head: "Promise",
  width: "1fr",
  group: "day" as const,
};
const columns = [
  customer,
  promise,
  { id: "units", head: "Units", width: "1fr", sum: "qty" as const },
  { id: "value", head: "Value", width: "1fr", sum: "money" as const },
];
const drawn = (closed: string[]): string =>
  linesOf(groupRows(rows, customer, columns), new Set(closed))
    .map((line) => ("head" in line ? `[${line.head.key}]` : line.row.number))
    .join(" ");

describe("groups", () => {
  it("keep the order of the table", () => {
    expect(drawn([])).toBe("[Roth] 1 3 [Blau] 2 [] 4");
  });
  it("leave only their heads when they are closed", () => {
    expect(drawn(["Roth", ""])).toBe("[Roth] [Blau] 2 []");
  });
  it("add up what is shown", () => {
    const [roth] = groupRows(rows, customer, columns);
    expect(roth.sums).toEqual({ units: 8, value: eur(150) });
  });
  it("put moments of one day of the site together", () => {
    session.zone = "Europe/Berlin";
    expect(groupRows(rows, promise, columns).map((group) => group.key)).toEqual([
      "1970-01-01",
      "1970-01-02",
      "1970-01-03",
    ]);
    session.zone = "Asia/Shanghai";
    expect(groupRows(rows, promise, columns).map((group) => group.rows.length)).toEqual([3, 1]);
    session.zone = "UTC";
  });
  it("know the head of a row", () => {
    const lines = linesOf(groupRows(rows, customer, columns), new Set());
    expect([0, 1, 2, 3, 4].map((at) => headAt(lines, at))).toEqual([0, 0, 0, 3, 3]);
  });
  it("do not add up two currencies", () => {
    expect(sumOf([eur(1), { minor: 1, currency: "CNY" }])).toBe("");
  });
});
