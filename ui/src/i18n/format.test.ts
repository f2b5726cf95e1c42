import { expect, it } from "vitest";
import * as f from "./format";

it.each([
  ["a quantity", f.qty(12480, "en"), "12,480"],
  ["a negative quantity with a true minus", f.qty(-2, "en"), "−2"],
  ["a delta with its sign", f.signed(5, "en"), "+5"],
  ["no sign on nothing", f.signed(0, "en"), "0"],
  ["euros", f.money({ minor: 123456, currency: "EUR" }, "en"), "€1,234.56"],
  ["yen, which has no minor unit", f.money({ minor: 1234, currency: "JPY" }, "en"), "¥1,234"],
  ["yuan in Chinese", f.money({ minor: 9950, currency: "CNY" }, "zh"), "¥99.50"],
  ["a unit cost in millionths", f.unitCost(3_123_400, "EUR", "en"), "€3.1234"],
  ["a share", f.permille(968, "en"), "96.8%"],
  ["grams", f.weight(673, "en"), "673 g"],
  ["kilograms", f.weight(12_345, "en"), "12.3 kg"],
  ["milliliters", f.volume(900, "en"), "900 ml"],
  ["cubic meters", f.volume(5_230_000, "en"), "5.23 m³"],
  ["kilometers", f.distance(98_300, "en"), "98.3 km"],
  ["minutes", f.duration(900, "en"), "15 min"],
  ["hours", f.duration(16_200, "en"), "4 h 30"],
  ["hours in Chinese", f.duration(16_200, "zh"), "4小时30分"],
  ["minutes saved", f.duration(-600, "en"), "−10 min"],
  ["a day in any zone", f.day("2026-11-23", "en"), "23 Nov"],
  ["a day in Chinese", f.day("2026-11-23", "zh"), "11月23日"],
  ["what is no day, as it came", f.day("soon", "en"), "soon"],
  ["an age in minutes", f.ago(0, 25 * 60_000, "en"), "25 min"],
  ["an age in days", f.ago(0, 72 * 3_600_000, "zh"), "3 天"],
])("shows %s", (_what, shown, expected) => {
  expect(shown).toBe(expected);
});
