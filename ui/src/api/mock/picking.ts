import type { Api, PackView, PickTask, WaveRow } from "../bindings";
import { barcode, between, binCode, chip, done, MINUTE, NOW, skuCode, skuName, words } from "./base";
import { orderDetail, orderRow } from "./orders";

let picked = 0;
const TASKS = 14;
function task(): PickTask | null {
  if (picked >= TASKS) return null;
  const i = picked;
  return {
    id: `t-${i}`,
    wave_id: "w1",
    index: i + 1,
    total: TASKS,
    location: binCode(i * 5 + 2),
    zone: "A",
    sku: skuCode(i),
    name: skuName(i),
    barcode: barcode(i),
    lot: i % 2 ? "" : "24-118",
    expires: i % 2 ? "" : "2027-03-31",
    serial_tracked: i === 7,
    qty: i === 7 ? 2 : between(i, 1, 8),
    unit: words("pcs", "件"),
    order_number: `SO-${48200 + i}`,
    tote: `T-${17 + i}`,
    next_location: binCode(i * 5 + 7),
  };
}
const waves = (): WaveRow[] =>
  (["picking", "released", "planned", "picked"] as const).map((state, i) => ({
    id: `w${i + 1}`,
    name: `W-${312 - i}`,
    state,
    orders: 12 + i,
    lines: 44 + i * 3,
    units: 180 + i * 20,
    picked_units: state === "picked" ? 240 : state === "picking" ? 72 + picked : 0,
    short_units: i === 0 ? 2 : 0,
    created_at: NOW - i * 50 * MINUTE,
  }));

let cartonOpen = false,
  cartonClosed = false,
  packedUnits = 0;
function packView(id: string): PackView {
  const detail = orderDetail(id.startsWith("o-") ? id : "o-1");
  const lines = detail.lines
    .slice(0, 3)
    .map((line, k) => ({ ...line, picked: 2, packed: Math.max(0, Math.min(2, packedUnits - k * 2)) }));
  const carton = {
    id: "c1",
    number: "CT-9031",
    box_type: "M",
    units: packedUnits,
    weight_g: 340 + packedUnits * 410,
    volume_ml: 900 * packedUnits,
    closed: cartonClosed,
    contents: [],
  };
  const box = (code: string, name: string, l: number, w: number, h: number) => ({
    code,
    name,
    length_mm: l,
    width_mm: w,
    height_mm: h,
    max_weight_g: 20000,
  });
  return {
    order: detail.row,
    lines,
    cartons: cartonOpen ? [carton] : [],
    complete: packedUnits >= 6,
    suggested_box: "M",
    box_types: [
      box("S", "S", 220, 160, 100),
      box("M", "M", 320, 240, 160),
      box("L", "L", 480, 320, 260),
      box("P", words("Pallet", "托盘"), 1200, 800, 1400),
    ],
  };
}

export const answers: Partial<{ [K in keyof Api]: (args: Api[K][0]) => Api[K][1] }> = {
  waves,
  pick_next: () => ({ task: task(), done: picked, total: TASKS, message: "" }),
  pick_scan: ({ step, scan }) => {
    const now = task();
    const right =
      now &&
      (step === "bin"
        ? scan === now.location
        : scan === now.barcode || scan === now.sku || now.serial_tracked);
    if (right)
      return {
        ok: true,
        message: step === "bin" ? words("Right bin", "库位正确") : words("Right item", "商品正确"),
        qty: 1,
        serial: now.serial_tracked && step === "item" ? scan : "",
      };
    return {
      ok: false,
      message:
        step === "bin"
          ? words(`Wrong bin: this is ${scan}`, `库位不对：这是 ${scan}`)
          : words("Wrong item", "商品不对"),
      qty: 0,
      serial: "",
    };
  },
  pick: ({ qty }) => (picked++, done(words(`Picked ${qty}.`, `已拣 ${qty} 件。`))),
  pick_short: ({ qty }) => (
    picked++,
    done(words(`Picked ${qty}, short. A count of the bin is open.`, `已拣 ${qty} 件，缺货；已开盘点。`))
  ),
  pick_lots: () => [
    { lot: "24-121", expires: "2027-05-31", location: "B-02-1", on_hand: 40, free: 33 },
    { lot: "24-130", expires: "2027-08-31", location: "C-11-4", on_hand: 12, free: 12 },
  ],
  undo: () => ((picked = Math.max(0, picked - 1)), done(words("Taken back.", "已撤回。"))),
  pack_queue: () =>
    Array.from({ length: 9 }, (_, i) => {
      const row = orderRow(i, "to_pack");
      return {
        order_id: row.id,
        number: row.number,
        customer: row.customer,
        lines: row.lines,
        units: row.units,
        packed_units: i === 0 ? 2 : 0,
        promise_at: row.promise_at,
        chips: i === 1 ? [chip("stop", "Late", "迟延")] : row.chips,
      };
    }),
  pack_station: ({ id }) => packView(id),
  open_carton: () => (
    (cartonOpen = true),
    (cartonClosed = false),
    done(words("Carton CT-9031 is open.", "箱 CT-9031 已开。"))
  ),
  pack_scan: ({ scan }) =>
    scan.startsWith("9")
      ? {
          ok: false,
          message: words("This item is not in the order.", "订单里没有这个商品。"),
          qty: 0,
          serial: "",
        }
      : (packedUnits++, { ok: true, message: words("Packed.", "已装入。"), qty: 1, serial: "" }),
  close_carton: () => ((cartonClosed = true), done(words("Carton closed.", "已封箱。"))),
};
