import { describe, expect, it } from "vitest";
import type { SettingsView, StatusView } from "../../api/bindings";
import { session } from "../../state/session.svelte";
import { say, troubles } from "../../state/troubles.svelte";
import { buildOf, diagnostics, type Seen } from "./diagnostics";

const view = {
  version: "0.1.0",
  station: "desk-1",
  site: "HD-1",
  warehouse: "Neckar Quay",
  events: 48211,
  database_bytes: 41_000_000,
  time_zone: "Europe/Berlin",
  people: [{ id: "p1", name: "Marta Novak", roles: [], active: true }],
} as unknown as SettingsView;
const status = {
  person: { id: "p1", name: "Marta Novak", roles: [] },
  link: "offline",
  synced_at: 0,
  only_here: 7,
  checked_at: 0,
  books_ok: true,
  state_hash: "9f3a77c2",
} as unknown as StatusView;
const seen: Seen = {
  build: "index-B7",
  window: "1280 × 800",
  screen: "1920 × 1080",
  ratio: 1,
  zone: "UTC",
  browser: "WebKit",
  now: 0,
};

describe("diagnostics", () => {
  it("say what a helper asks for first", () => {
    const text = diagnostics(view, status, seen, [{ at: 0, what: "orders: unreachable" }]);
    for (const part of ["0.1.0", "index-B7", "desk-1", "HD-1", "48,211", "41 MB", "9f3a77c2", "1280 × 800"])
      expect(text).toContain(part);
    expect(text).toContain("  1970-01-01T00:00:00.000Z orders: unreachable");
  });
  it("name nobody", () => {
    session.view = { token: "t", person: { id: "p1", name: "Marta Novak", roles: ["picker"] }, allowed: [] };
    expect(diagnostics(view, status, seen, [])).not.toMatch(/Marta|p1/);
    session.view = null;
  });
  it("do without an answer", () => {
    expect(diagnostics(view, null, seen, [])).toContain("desk-1");
  });
  it("know the build by the file", () => {
    expect(buildOf("http://127.0.0.1/assets/index-BxYz12.js")).toBe("index-BxYz12");
    expect(buildOf("http://localhost/src/x.ts")).toBe("development");
  });
});

describe("troubles", () => {
  it("are the last twenty, by their codes", () => {
    for (let n = 0; n < 25; n += 1)
      troubles.refused("pick", { code: `c${n}`, what_happened: "Marta Novak has it.", what_to_do: "" });
    expect(troubles.list.map((one) => one.what)).toEqual(
      Array.from({ length: 20 }, (_, n) => `pick: c${n + 5}`),
    );
  });
  it("say where, without the path of the machine", () => {
    const error = new TypeError("x is undefined");
    error.stack = "TypeError: x\n    at f (file:///home/li/assets/index-B7.js:10:5)";
    expect(say(error)).toBe("TypeError x is undefined index-B7.js:10:5");
    expect(say("Marta")).toBe("string");
  });
});
