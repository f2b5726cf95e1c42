import { beforeEach, describe, expect, it } from "vitest";
import { messages } from "../i18n/text.svelte";
import { here } from "../state/here.svelte";
import type { OrderDetail } from "../api/bindings";
import { router } from "../state/router.svelte";
import { actionsNow, fixedActions } from "./all";
import type { Action } from "./action";
import { railDigits } from "./go";
import { match, nameOf } from "./keys";

const named = (id: string): Action | undefined => actionsNow().find((action) => action.id === id);

function orderThatMay(command: string, allowed: boolean, why_not = ""): OrderDetail {
  return { actions: [{ command, allowed, why_not }] } as unknown as OrderDetail;
}

beforeEach(() => {
  router.screen = "orders";
  here.order = null;
  here.selectedOrders = [];
});

describe("every action", () => {
  it("has an id of its own and a label that exists", () => {
    const ids = [...fixedActions, ...railDigits].map((action) => action.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const action of fixedActions) expect(messages).toHaveProperty([action.label]);
  });
  it("shares its key only with one that is never offered at the same time", () => {
    const keys = [...fixedActions, ...railDigits].flatMap((a) =>
      a.shortcut ? [`${a.group}:${a.shortcut}`] : [],
    );
    const twice = keys.filter((key, at) => keys.indexOf(key) !== at);
    expect(twice).toEqual(["orders:h"]);
  });
});

describe("an order decides what may be done with it", () => {
  it("offers nothing without an order", () => {
    expect(named("hold-order")).toBeUndefined();
  });
  it("offers what the order allows", () => {
    here.order = orderThatMay("hold_order", true);
    expect(named("hold-order")?.whyNot?.()).toBe("");
    expect(named("cancel-order")).toBeUndefined();
  });
  it("says why not in the order's own words", () => {
    here.order = orderThatMay("cancel_order", false, "Already shipped.");
    expect(named("cancel-order")?.whyNot?.()).toBe("Already shipped.");
  });
  it("makes a wave only of what is selected", () => {
    expect(named("wave-from-selection")).toBeUndefined();
    here.selectedOrders = ["o-1"];
    expect(named("wave-from-selection")).toBeDefined();
  });
  it("offers nothing of it on another screen", () => {
    here.order = orderThatMay("hold_order", true);
    router.screen = "stock";
    expect(named("hold-order")).toBeUndefined();
  });
});

describe("keys", () => {
  const key = (key: string, more = {}) => nameOf({ key, ctrl: false, alt: false, ...more });
  it("have one name each", () => {
    expect(key("K", { ctrl: true })).toBe("ctrl+k");
    expect(key("¡", { alt: true, code: "Digit1" })).toBe("alt+1");
    expect(key("F2")).toBe("f2");
    expect(key("?")).toBe("?");
  });
  it("may follow one another", () => {
    expect(match(fixedActions, "o", "g")?.id).toBe("go-orders");
    expect(match(fixedActions, "o", "")).toBeUndefined();
  });
});
