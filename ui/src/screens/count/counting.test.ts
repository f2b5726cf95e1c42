import { expect, it, vi } from "vitest";

const task = {
  id: "c1",
  location: "A-04-2",
  state: "planned",
  is_recount: false,
  lines: [
    { sku: "MUG", name: "Mug", barcode: "4006381333931", lot: "", expires: "" },
    { sku: "OIL", name: "Oil", barcode: "4006381333948", lot: "24-1", expires: "" },
    { sku: "OIL", name: "Oil", barcode: "4006381333948", lot: "24-2", expires: "" },
  ],
};
const submitted: unknown[] = [];
vi.mock("../../api/client", () => ({
  CallFailed: class extends Error {},
  call: async (name: string, args: unknown) => {
    if (name === "start_count") return task;
    submitted.push(args);
    return { state: "posted", message: "Posted.", tone: "good" };
  },
}));
const { Counting } = await import("./counting.svelte");

async function atTheBin() {
  const work = new Counting("c1");
  await work.start();
  work.scan("A-04-2");
  return work;
}
const counted = (work: InstanceType<typeof Counting>) => work.lines.map((line) => line.qty);

it("wants the bin first", async () => {
  const work = new Counting("c1");
  await work.start();
  work.scan("4006381333931");
  expect([work.atBin, work.flash.kind]).toEqual([false, "wrong"]);
});
it("counts each scan, and takes the last one back", async () => {
  const work = await atTheBin();
  work.scan("4006381333931");
  work.scan("MUG");
  expect(counted(work)).toEqual([2, null, null]);
  work.undoScan();
  expect(counted(work)).toEqual([1, null, null]);
});
it("tells lots apart by what a GS1 code carries", async () => {
  const work = await atTheBin();
  work.scan("0104006381333948\u001d1024-2");
  expect(counted(work)).toEqual([null, null, 1]);
});
it("hands in nothing for what was not found, and what was found besides", async () => {
  const work = await atTheBin();
  work.set("MUG/", 7);
  work.add("CUP", "", 2);
  await work.submit();
  expect(submitted.at(-1)).toMatchObject({
    id: "c1",
    entries: [
      { sku: "MUG", qty: 7 },
      { sku: "OIL", qty: 0 },
      { sku: "OIL", qty: 0 },
      { sku: "CUP", qty: 2 },
    ],
  });
  expect(work.outcome?.state).toBe("posted");
});
