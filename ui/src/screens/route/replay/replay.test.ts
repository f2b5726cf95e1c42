import { beforeEach, describe, expect, it } from "vitest";
import { replay } from "./replay.svelte";

const HOUR = 3_600_000;
beforeEach(() => {
  replay.end();
  replay.speed = 600;
});

describe("a replay", () => {
  it("begins in the morning and stops at the end of the day", () => {
    replay.toggle(8 * HOUR, 9 * HOUR);
    expect([replay.at, replay.playing]).toEqual([8 * HOUR, true]);
    replay.pass(3000, 9 * HOUR);
    expect(replay.at).toBe(8.5 * HOUR);
    replay.pass(60_000, 9 * HOUR);
    expect([replay.at, replay.playing]).toEqual([9 * HOUR, false]);
  });
  it("begins again when it is over", () => {
    replay.show(9 * HOUR);
    replay.toggle(8 * HOUR, 9 * HOUR);
    expect(replay.at).toBe(8 * HOUR);
  });
  it("goes on where it was stopped", () => {
    replay.show(8.2 * HOUR);
    replay.toggle(8 * HOUR, 9 * HOUR);
    replay.toggle(8 * HOUR, 9 * HOUR);
    expect([replay.at, replay.playing]).toEqual([8.2 * HOUR, false]);
  });
  it("passes no time when there is none", () => {
    replay.pass(1000, HOUR);
    expect(replay.at).toBeNull();
  });
});
