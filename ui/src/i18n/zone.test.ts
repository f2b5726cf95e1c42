import { afterEach, expect, test } from "vitest";
import { session } from "../state/session.svelte";
import { clock, dateTime } from "./format";
import { dayOf, instantOf, timeOf } from "./zone";

afterEach(() => (session.zone = "UTC"));

test("times are the site's, wherever the desktop stands", () => {
  const at = Date.UTC(2026, 2, 2, 22, 5);
  session.zone = "Asia/Shanghai";
  expect([timeOf(at), dayOf(at)]).toEqual(["06:05", "2026-03-03"]);
  expect(clock(at, "en")).toBe("06:05");
  expect(dateTime(at, "zh")).toContain("06:05");
});

test("a time typed is the instant at which the site's clock shows it", () => {
  for (const zone of ["UTC", "Asia/Shanghai", "Asia/Kolkata", "Europe/Berlin", "America/New_York"]) {
    session.zone = zone;
    for (const day of ["2026-03-29", "2026-06-01", "2026-10-25", "2026-12-31"]) {
      for (const text of ["00:00", "07:30", "23:59"]) {
        const at = instantOf(day, text) ?? 0;
        expect([dayOf(at), timeOf(at)]).toEqual([day, text]);
      }
    }
  }
  expect(instantOf("2026-03-02", "25:00")).toBeNull();
  expect(instantOf("", "10:00")).toBeNull();
});
