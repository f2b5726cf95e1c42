import { beforeEach, describe, expect, it, vi } from "vitest";
import type { PickTask } from "../../api/bindings";

const answers = new Map<string, (args: never) => unknown>();
const asked: string[] = [];
vi.mock("../../api/client", () => {
  class CallFailed extends Error {
    problem = { code: "", what_happened: "Only 3 on hand.", what_to_do: "Short-pick." };
  }
  return {
    CallFailed,
    call: async (name: string, args: never) => {
      asked.push(name);
      const answer = answers.get(name);
      if (!answer) throw new CallFailed();
      return answer(args);
    },
  };
});

const { PickWork } = await import("./work.svelte");

function task(more: Partial<PickTask> = {}): PickTask {
  return {
    id: "t1",
    wave_id: "w",
    index: 1,
    total: 2,
    location: "A-04-2",
    zone: "A",
    sku: "MUG",
    name: "Mug",
    barcode: "400",
    lot: "",
    expires: "",
    serial_tracked: false,
    qty: 3,
    unit: "pcs",
    order_number: "1",
    tote: "",
    next_location: "",
    ...more,
  };
}
async function walking(more: Partial<PickTask> = {}) {
  answers.set("pick_next", () => ({ task: task(more), done: 0, total: 2, message: "" }));
  answers.set("pick_scan", ({ step, scan }: { step: string; scan: string }) => ({
    ok: step === "bin" ? scan === "A-04-2" : scan !== "wrong",
    message: "",
    qty: 1,
    serial: "",
  }));
  answers.set("pick", () => ({ message: "Picked.", event_ids: ["e1"] }));
  answers.set("undo", () => ({ message: "Undone.", event_ids: ["e2"] }));
  const work = new PickWork("w");
  await work.next();
  return work;
}

beforeEach(() => {
  answers.clear();
  asked.length = 0;
});

describe("a picker's walk", () => {
  it("goes bin, item, how many, and on", async () => {
    const work = await walking();
    await work.scan("A-04-2");
    expect(work.step).toBe("item");
    await work.scan("400");
    expect(work.step).toBe("qty");
    await work.confirm();
    expect(asked.slice(-2)).toEqual(["pick", "pick_next"]);
    expect([work.step, work.flash.kind, work.flash.text]).toEqual(["bin", "right", "Picked."]);
  });
  it("stays at the bin when the bin is wrong", async () => {
    const work = await walking();
    await work.scan("A-04-3");
    expect([work.step, work.flash.kind]).toEqual(["bin", "wrong"]);
  });
  it("asks no quantity for a single one", async () => {
    const work = await walking({ qty: 1 });
    await work.scan("A-04-2");
    await work.scan("400");
    expect(asked).toContain("pick");
  });
  it("collects as many serials as are asked for", async () => {
    const work = await walking({ qty: 2, serial_tracked: true });
    await work.scan("A-04-2");
    await work.scan("S1");
    expect(work.serials).toEqual(["S1"]);
    await work.scan("S2");
    expect(asked).toContain("pick");
  });
  it("asks why when fewer are taken, and refuses more", async () => {
    const work = await walking();
    await work.scan("A-04-2");
    await work.scan("400");
    await work.confirm(9);
    expect(work.flash.kind).toBe("wrong");
    await work.confirm(2);
    expect([work.step, work.qty]).toEqual(["short", 2]);
  });
  it("takes back one scan at a time, the finished pick last of all", async () => {
    const work = await walking();
    await work.scan("A-04-2");
    await work.scan("400");
    await work.undoScan();
    expect(work.step).toBe("item");
    await work.undoScan();
    expect(work.step).toBe("bin");
    await work.undoScan();
    expect(work.flash.kind).toBe("wrong");
    await work.scan("A-04-2");
    await work.scan("400");
    await work.confirm();
    await work.undoScan();
    expect(asked.slice(-2)).toEqual(["undo", "pick_next"]);
  });
  it("says what was refused and what to do", async () => {
    const work = await walking();
    await work.scan("A-04-2");
    await work.scan("400");
    answers.delete("pick");
    await work.confirm();
    expect(work.flash.text).toBe("Only 3 on hand. Short-pick.");
    expect(work.step).toBe("qty");
  });
});
