import { describe, expect, it } from "vitest";
import { session } from "../state/session.svelte";
import { fill, messages, t, type Key } from "./text.svelte";

const pairs = Object.entries(messages) as [Key, readonly [string, string]][];
const names = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

describe("the words", () => {
  it("say something in both languages", () => {
    const silent = pairs.filter(([, [en, zh]]) => !en.trim() || !zh.trim()).map(([key]) => key);
    expect(silent).toEqual([]);
  });
  it("name the same values in both languages", () => {
    const unlike = pairs.filter(([, [en, zh]]) => names(en).join() !== names(zh).join()).map(([key]) => key);
    expect(unlike).toEqual([]);
  });
  it("are Chinese where they should be", () => {
    const same = pairs.filter(([key, [en, zh]]) => en === zh && key !== "route.drive").map(([key]) => key);
    expect(same).toEqual([]);
  });
  it("are each written once", () => {
    expect(new Set(pairs.map(([key]) => key)).size).toBe(pairs.length);
  });
});

describe("filling in", () => {
  it("chooses the form for one and for many", () => {
    expect(fill("{n} order|{n} orders", { n: 1 })).toBe("1 order");
    expect(fill("{n} order|{n} orders", { n: 3 })).toBe("3 orders");
    expect(fill("{n} order|{n} orders", { n: 0 })).toBe("0 orders");
  });
  it("writes numbers as they are read", () => {
    expect(fill("{n} order|{n} orders", { n: 12480 })).toBe("12,480 orders");
  });
  it("leaves an unknown name standing, so that it is seen", () => {
    expect(fill("{a} of {b}", { a: 1 })).toBe("1 of {b}");
  });
  it("follows the language of the session", () => {
    session.lang = "zh";
    expect(t("nav.pick")).toBe("拣货");
    session.lang = "en";
    expect(t("nav.pick")).toBe("Pick");
  });
});
