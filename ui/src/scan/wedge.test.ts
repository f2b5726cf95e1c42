import { describe, expect, it } from "vitest";
import { codesOf } from "./bus.svelte";
import { GROUP_SEPARATOR, WedgeReader, type KeyStroke } from "./wedge";

function type(keys: string[], gap_ms: number, extra: Partial<KeyStroke> = {}): string[] {
  const reader = new WedgeReader();
  const scans: string[] = [];
  keys.forEach((key, index) => {
    const heard = reader.handle({ key, at: 1000 + index * gap_ms, ...extra });
    if (heard.kind === "scan") scans.push(heard.text);
  });
  return scans;
}

describe("a scanner among typists", () => {
  it("hears a burst that ends with Enter", () => {
    expect(type([..."A-04-2", "Enter"], 8)).toEqual(["A-04-2"]);
  });
  it("hears a burst that ends with Tab", () => {
    expect(type([..."4006381333931", "Tab"], 3)).toEqual(["4006381333931"]);
  });
  it("does not mistake a person for a scanner", () => {
    expect(type([..."A-04-2", "Enter"], 70)).toEqual([]);
  });
  it("does not take a short quantity", () => {
    expect(type([..."120", "Enter"], 5)).toEqual([]);
  });
  it("takes a short code with letters", () => {
    expect(type([..."MUG", "Enter"], 5)).toEqual(["MUG"]);
  });
  it("hears two scans in a row", () => {
    expect(type([..."BIN-1", "Enter", ..."BIN-2", "Enter"], 5)).toEqual(["BIN-1", "BIN-2"]);
  });
  it("lets Shift pass inside a burst", () => {
    expect(type(["Shift", "A", "-", "Shift", "B", "1", "Enter"], 5)).toEqual(["A-B1"]);
  });
  it("drops a slow beginning and keeps the burst", () => {
    const reader = new WedgeReader();
    reader.handle({ key: "x", at: 0 });
    for (const [index, key] of [..."SKU-77"].entries()) reader.handle({ key, at: 500 + index * 4 });
    expect(reader.handle({ key: "Enter", at: 530 })).toMatchObject({
      kind: "scan",
      text: "SKU-77",
      end: "Enter",
    });
  });
  it("forgives one key that a busy machine hands over late", () => {
    const reader = new WedgeReader();
    const times = [0, 8, 16, 106, 114, 122];
    for (const [index, key] of [..."A-04-2"].entries()) reader.handle({ key, at: times[index] });
    expect(reader.handle({ key: "Enter", at: 130 })).toMatchObject({ kind: "scan", text: "A-04-2" });
  });
  it("drops a burst whose Enter comes late", () => {
    const reader = new WedgeReader();
    for (const [index, key] of [..."SKU-77"].entries()) reader.handle({ key, at: index * 4 });
    expect(reader.handle({ key: "Enter", at: 900 })).toEqual({ kind: "none" });
  });
  it("leaves an input method alone", () => {
    expect(type([..."zhongwen", "Enter"], 5, { composing: true })).toEqual([]);
    expect(type(["Process", "Process", "Process", "Process", "Enter"], 5)).toEqual([]);
  });
  it("forgets the burst when an arrow key interrupts it", () => {
    expect(type(["A", "B", "C", "ArrowLeft", "D", "Enter"], 5)).toEqual([]);
  });
});

describe("a scanner with a prefix", () => {
  const heard = (keys: string[], prefix: string): string | undefined => {
    const reader = new WedgeReader();
    reader.prefix = prefix;
    const all = keys.map((key, index) => reader.handle({ key, at: index * 5 }));
    const last = all.at(-1);
    return last?.kind === "scan" ? last.text : undefined;
  };
  it("is known by it, and the code comes without it", () => {
    expect(heard([..."~A-04-2", "Enter"], "~")).toBe("A-04-2");
    // Without the prefix three digits would be a quantity.
    expect(heard([..."~120", "Enter"], "~")).toBe("120");
    expect(heard([..."120", "Enter"], "~")).toBeUndefined();
  });
  it("sends nothing when it sends only the prefix", () => {
    expect(heard([..."~~", "Enter"], "~~")).toBeUndefined();
  });
});

describe("pasted codes", () => {
  it("are one a line, the first column of a sheet", () => {
    expect(codesOf("A-01\r\nA-02\t5\n\n  A-03 ")).toEqual(["A-01", "A-02", "A-03"]);
  });
  it("are no sentence", () => {
    expect(codesOf("x".repeat(121))).toEqual([]);
  });
});

describe("GS1", () => {
  const expected = `0104006381333931${GROUP_SEPARATOR}10LOT7`;
  const around = (separator: KeyStroke): string | undefined => {
    const reader = new WedgeReader();
    let at = 0;
    const feed = (stroke: KeyStroke) => reader.handle({ ...stroke, at: (at += 5) });
    for (const key of "0104006381333931") feed({ key, at: 0 });
    feed(separator);
    for (const key of "10LOT7") feed({ key, at: 0 });
    const heard = feed({ key: "Enter", at: 0 });
    return heard.kind === "scan" ? heard.text : undefined;
  };
  it("keeps the separator, however the scanner sends it", () => {
    expect(around({ key: GROUP_SEPARATOR, at: 0 })).toBe(expected);
    expect(around({ key: "]", ctrl: true, at: 0 })).toBe(expected);
    expect(around({ key: "F8", at: 0 })).toBe(expected);
  });
});
