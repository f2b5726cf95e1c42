import { describe, expect, it } from "vitest";
import type { Alert, Role, TodayCard } from "../../api/bindings";
import { arrange, narrowRoles } from "./roles";

const KEYS = "ready short late hold picking to_pack to_load receipts putaway counts proposals discrepancies";
const day = {
  cards: KEYS.split(" ").map((key) => ({ key }) as TodayCard),
  alerts: ["orders", "count", "settings"].map((screen) => ({ id: screen, screen }) as Alert),
};
const seen = (...roles: Role[]) => {
  const { cards, alerts, charts } = arrange(day, narrowRoles(roles));
  return [cards.map((c) => c.key).join(" "), alerts.map((a) => a.id).join(" "), charts.join(" ")];
};

describe("the day", () => {
  it("of a picker begins with what is to be picked", () => {
    expect(seen("picker")).toEqual(["picking ready late short", "orders settings", "hours"]);
  });
  it("of a receiver is what comes in", () => {
    expect(seen("receiver")).toEqual(["receipts putaway", "settings", "stock"]);
  });
  it("of two roles is that of both, each thing once", () => {
    expect(seen("picker", "packer")[0]).toBe("picking ready late short to_pack to_load");
  });
  it.each([["supervisor"], ["admin"]] as [Role][])("of a %s is all of it, in its own order", (role) => {
    expect(seen("picker", role)).toEqual([KEYS, "orders count settings", "orders hours stock age"]);
  });
});
