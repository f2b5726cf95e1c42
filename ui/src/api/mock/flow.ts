import type { Api, PackView, PickTask, ReceiptLine, WaveRow } from "../bindings";
import { barcode, between, binCode, chip, customer, DAY, dayText, done, eur, MINUTE, NOW, noise, personName, skuCode, skuName, words } from "./base";
import { imports, orderDetail, orderRow } from "./orders";

const ROLES = ["picker", "packer", "supervisor", "receiver", "counter", "dispatcher"] as const;
const people = () => Array.from({ length: 6 }, (_, i) => ({ id: `p${i + 1}`, name: personName(i), roles: i === 0 ? (["supervisor", "admin"] as const).slice() : [ROLES[i]] }));
const ALL = "plan_routes publish_plan move_stop move_stock scrap hold_lot hold_bin save_person approve_count decide_proposals".split(" ");

let picked = 0;
const TASKS = 14;
function task(): PickTask | null {
  if (picked >= TASKS) return null;
  const i = picked;
  return {
    id: `t-${i}`, wave_id: "w1", index: i + 1, total: TASKS, location: binCode(i * 5 + 2), zone: "A", sku: skuCode(i), name: skuName(i), barcode: barcode(i),
    lot: i % 2 ? "" : "24-118", expires: i % 2 ? "" : "2027-03-31", serial_tracked: i === 7, qty: i === 7 ? 2 : between(i, 1, 8), unit: words("pcs", "件"),
    order_number: `SO-${48200 + i}`, tote: `T-${17 + i}`, next_location: binCode(i * 5 + 7),
  };
}
const waves = (): WaveRow[] => (["picking", "released", "planned", "picked"] as const).map((state, i) => ({
  id: `w${i + 1}`, name: `W-${312 - i}`, state, orders: 12 + i, lines: 44 + i * 3, units: 180 + i * 20,
  picked_units: state === "picked" ? 240 : state === "picking" ? 72 + picked : 0, short_lines: i === 0 ? 2 : 0, created_at: NOW - i * 50 * MINUTE, picker: i === 0 ? "Li Wei" : "",
}));

let cartonOpen = false, cartonClosed = false, packedUnits = 0;
function packView(id: string): PackView {
  const detail = orderDetail(id.startsWith("o-") ? id : "o-1");
  const lines = detail.lines.slice(0, 3).map((line, k) => ({ ...line, picked: 2, packed: Math.max(0, Math.min(2, packedUnits - k * 2)) }));
  const carton = { id: "c1", number: "CT-9031", box_type: "M", units: packedUnits, weight_g: 340 + packedUnits * 410, volume_ml: 900 * packedUnits, closed: cartonClosed, contents: [] };
  const box = (code: string, name: string, l: number, w: number, h: number) => ({ code, name, length_mm: l, width_mm: w, height_mm: h, max_weight_g: 20000 });
  return {
    order: detail.row, lines, cartons: cartonOpen ? [carton] : [], complete: packedUnits >= 6, suggested_box: "M",
    box_types: [box("S", "S", 220, 160, 100), box("M", "M", 320, 240, 160), box("L", "L", 480, 320, 260), box("P", words("Pallet", "托盘"), 1200, 800, 1400)],
  };
}

const receiptLine = (k: number): ReceiptLine => {
  const expected = [48, 24, 60, 12][k], received = [48, 10, 66, 0][k];
  return {
    id: `rl${k}`, sku: skuCode(k + 2), name: skuName(k + 2), barcode: barcode(k + 2), expected, received, unit_cost_micros: between(k, 900000, 9800000),
    lot_tracked: k === 0 || k === 1, expiry_tracked: k === 0, serial_tracked: k === 3,
    chip: received > expected ? chip("warn", "6 over", "多 6") : received === expected ? chip("good", "complete", "收齐") : chip("plain", `${expected - received} to come`, `还差 ${expected - received}`),
  };
};
const receipts = (): Api["receipts"][1] => Array.from({ length: 5 }, (_, i) => ({
  id: `r${i}`, reference: `PO-${7710 + i}`, supplier: ["Roth GmbH", "Keramik Blau", "义乌优品", "Olivar S.L.", "Nordwolle"][i], expected_on: dayText(i - 1), lines: 4,
  expected_units: 144, received_units: i === 0 ? 124 : 0, chip: i === 0 ? chip("warn", "Receiving", "收货中") : chip("plain", "Expected", "待收"),
}));

let counted = false;
const countRows = (): Api["counts"][1] => (["planned", "counting", "recount", "investigating", "approved"] as const).map((state, i) => ({
  id: `cc${i}`, location: binCode(i * 13), zone: "ABCD"[i % 4], state, why: words("Short pick by Li Wei, 2 missing", "Li Wei 缺货拣货，少 2 件"), opened_at: NOW - (i + 1) * 95 * MINUTE,
  counter: i > 1 ? personName(3) : "", recounter: i > 3 ? personName(4) : "",
  chip: [chip("plain", "Planned", "待盘"), chip("plain", "Counting", "盘点中"), chip("warn", "Recount", "待复盘"), chip("warn", "To review", "待审核"), chip("good", "Approved", "已批准")][i],
}));

export const answers: Partial<{ [K in keyof Api]: (args: Api[K][0]) => Api[K][1] }> = {
  startup: () => ({ ok: !location.search.includes("broken"), problem: location.search.includes("broken") ? { code: "schema_too_new", what_happened: words("These books were written by a newer Quayside.", "账本由更新的版本写入。"), what_to_do: words("Update Quayside on this machine, then try again.", "请更新本机的 Quayside，然后重试。") } : null, warehouse: words("Neckar Quay Warehouse", "内卡码头仓"), site: "HD-1", now: NOW, today: dayText(0), currency: "EUR", version: "0.1.0", people: people(), demo_pin: "1234" }),
  sign_in: ({ person_id, pin }) => {
    if (pin !== "1234") throw { code: "wrong_pin", what_happened: words("That is not the PIN.", "密码不对。"), what_to_do: words("Try again, or ask a supervisor.", "请重试，或找主管。") };
    return { token: "mock", person: people().find((p) => p.id === person_id) ?? people()[0], allowed: ALL };
  },
  status: () => ({ person: people()[0], only_here: 0, synced_at: NOW - 4 * MINUTE, decisions: 3, books_ok: true, books_text: words("I1 to I9 hold", "九项核对均通过"), state_hash: "9f3a77c2d10b", checked_at: NOW, seq: 48211, drop_folder: null }),
  find: ({ text }) => {
    const matches = [{ kind: "order" as const, id: "o-3", title: "SO-48203", detail: customer(3) }, { kind: "sku" as const, id: skuCode(0), title: skuCode(0), detail: skuName(0) }, { kind: "bin" as const, id: "A-04-2", title: "A-04-2", detail: words("pick face", "拣货位") }];
    const exact = matches.find((m) => m.title.toLowerCase() === text.toLowerCase()) ?? null;
    return { exact, matches: text.startsWith("zz") ? [] : matches };
  },
  today: () => {
    const card = (key: string, en: string, zh: string, count: number, tone: "plain" | "good" | "warn" | "stop", screen: string, view: string) => ({ key: key as "ready", label: words(en, zh), count, tone, screen, view });
    return {
      day: dayText(0),
      cards: [card("ready", "Orders ready", "可拣订单", 48, "plain", "orders", "ready"), card("short", "Short", "缺货", 3, "warn", "orders", "short"), card("late", "Late", "迟延", 2, "stop", "orders", "late"), card("hold", "On hold", "挂起", 1, "warn", "orders", "hold"), card("picking", "Being picked", "拣货中", 17, "plain", "pick", ""), card("to_pack", "To pack", "待打包", 9, "plain", "pack", ""), card("to_load", "To load", "待装车", 14, "plain", "route", ""), card("receipts", "Deliveries expected", "待收货", 5, "plain", "receive", "expected"), card("putaway", "To put away", "待上架", 6, "plain", "receive", "putaway"), card("counts", "Open counts", "进行中盘点", 5, "plain", "count", "open"), card("proposals", "To buy", "补货建议", 31, "warn", "buy", "open"), card("discrepancies", "Discrepancies", "差异", 0, "plain", "stock", "discrepancies")],
      alerts: [
        { id: "a1", tone: "stop", text: words("Order SO-48202 leaves in 20 minutes and is not picked.", "订单 SO-48202 还有 20 分钟发车，尚未拣货。"), what_to_do: words("Release wave W-311 now.", "请立即下发波次 W-311。"), since: NOW - 25 * MINUTE, screen: "orders", target: "o-2" },
        { id: "a2", tone: "warn", text: words("Only 1 of 5 on hand in A-01-2.", "A-01-2 只有 1 件，需 5 件。"), what_to_do: words("Count the bin.", "请盘点该库位。"), since: NOW - 190 * MINUTE, screen: "count", target: "cc3" },
        { id: "a3", tone: "warn", text: words("Lot 24-090 of Oat biscuits expires in 6 days.", "燕麦饼干批次 24-090 还有 6 天到期。"), what_to_do: words("Hold it or sell it first.", "请冻结或优先出货。"), since: NOW - DAY, screen: "stock", target: skuCode(2) },
      ],
      orders_by_day: Array.from({ length: 28 }, (_, i) => ({ day: dayText(i - 27), value: between(i, 60, 130) })), shipped_by_day: Array.from({ length: 28 }, (_, i) => ({ day: dayText(i - 27), value: between(i + 40, 55, 125) })),
      stock_units_by_day: Array.from({ length: 90 }, (_, i) => ({ day: dayText(i - 89), value: Math.round(38000 + 6000 * Math.sin(i / 9) + 1500 * noise(i)) })), stock_value: eur(41_238_755),
      hours: Array.from({ length: 13 }, (_, i) => ({ hour: 6 + i, placed: between(i, 2, 18), picked: i < 6 ? between(i + 20, 10, 60) : 0, shipped: i < 5 ? between(i, 0, 20) : 0 })), fill_rate_permille: 968,
      age_bands: [{ label: words("under 30 days", "30 天内"), units: 18240 }, { label: words("30 to 90", "30–90 天"), units: 12110 }, { label: words("90 to 180", "90–180 天"), units: 5230 }, { label: words("180 to 365", "180–365 天"), units: 1790 }, { label: words("over a year", "一年以上"), units: 412 }],
    };
  },
  import_file: ({ file_name, dry_run }) => ({ import_id: "i9", file_name, kind: "orders", at: NOW, rows: 12, accepted: 10, already_known: 1, rejected: [{ line: 7, column: "sku", message: words("QS-99999 is not a known SKU.", "没有货号 QS-99999。") }], duplicate_file: false, message: dry_run ? words("Nothing has been written.", "尚未写入。") : words("10 orders taken in.", "已导入 10 单。"), undoable: !dry_run }),
  imports: () => imports, drop_folder: () => ({ path: "/srv/quayside/drop", watching: true, recent: imports }),
  waves,
  pick_next: () => ({ task: task(), done: picked, total: TASKS, message: "" }),
  pick_scan: ({ step, scan }) => {
    const now = task();
    const right = now && (step === "bin" ? scan === now.location : scan === now.barcode || scan === now.sku || now.serial_tracked);
    if (right) return { ok: true, message: step === "bin" ? words("Right bin", "库位正确") : words("Right item", "商品正确"), qty: 1, serial: now.serial_tracked && step === "item" ? scan : "" };
    return { ok: false, message: step === "bin" ? words(`Wrong bin: this is ${scan}`, `库位不对：这是 ${scan}`) : words("Wrong item", "商品不对"), qty: 0, serial: "" };
  },
  pick: ({ qty }) => (picked++, done(words(`Picked ${qty}.`, `已拣 ${qty} 件。`))),
  pick_short: ({ qty }) => (picked++, done(words(`Picked ${qty}, short. A count of the bin is open.`, `已拣 ${qty} 件，缺货；已开盘点。`))),
  pick_lots: () => [{ lot: "24-121", expires: "2027-05-31", location: "B-02-1", on_hand: 40, free: 33 }, { lot: "24-130", expires: "2027-08-31", location: "C-11-4", on_hand: 12, free: 12 }],
  undo: () => (picked = Math.max(0, picked - 1), done(words("Taken back.", "已撤回。"))),
  pack_queue: () => Array.from({ length: 9 }, (_, i) => { const row = orderRow(i, "to_pack"); return { order_id: row.id, number: row.number, customer: row.customer, lines: row.lines, units: row.units, packed_units: i === 0 ? 2 : 0, promise_at: row.promise_at, chips: i === 1 ? [chip("stop", "Late", "迟延")] : row.chips }; }),
  pack_station: ({ id }) => packView(id),
  open_carton: () => (cartonOpen = true, cartonClosed = false, done(words("Carton CT-9031 is open.", "箱 CT-9031 已开。"))),
  pack_scan: ({ scan }) => scan.startsWith("9") ? { ok: false, message: words("This item is not in the order.", "订单里没有这个商品。"), qty: 0, serial: "" } : (packedUnits++, { ok: true, message: words("Packed.", "已装入。"), qty: 1, serial: "" }),
  close_carton: () => (cartonClosed = true, done(words("Carton closed.", "已封箱。"))),
  receipts, receipt: ({ id }) => ({ row: receipts().find((r) => r.id === id) ?? receipts()[0], lines: [0, 1, 2, 3].map(receiptLine) }),
  receive_scan: ({ scan }) => { const line = [0, 1, 2, 3].map(receiptLine).find((l) => l.barcode === scan || l.sku === scan) ?? null; return { line, message: line ? line.name : words(`“${scan}” is not on this delivery.`, `这批货没有“${scan}”。`), lot: "", expires: "", serial: "", qty: 1 }; },
  putaway_tasks: () => Array.from({ length: 6 }, (_, i) => ({ key: `pk${i}`, sku: skuCode(i + 2), name: skuName(i + 2), barcode: barcode(i + 2), lot: i % 2 ? "" : "24-140", expires: "", condition: "good", qty: between(i, 6, 48), from: "DOCK-1", proposals: [{ location: binCode(i * 9 + 3), why: words("same item, room for 60", "同商品，可再放 60 件") }, { location: binCode(i * 9 + 40), why: words("empty, near", "空位，近") }], since: NOW - (i + 1) * 22 * MINUTE })),
  returns: () => (["requested", "approved", "received"] as const).map((state, i) => ({ id: `rt${i}`, order_number: `SO-${47100 + i}`, customer: customer(i), state, units: 2, opened_at: NOW - (i + 1) * DAY, lines: [{ id: `rtl${i}`, sku: skuCode(i), name: skuName(i), qty: 2, received: i === 2 ? 2 : 0, grade: "", disposition: "" }] })),
  count_plan: () => Array.from({ length: 24 }, (_, i) => ({ location: binCode(i * 11 + 1), zone: "ABCD"[i % 4], score: 980 - i * 31, minutes: between(i, 3, 12), value: eur(between(i, 4000, 290000)), reasons: [words("2 short picks in 30 days", "30 天内 2 次缺货拣"), words("last counted 84 days ago", "上次盘点 84 天前")] })),
  counts: countRows,
  start_count: ({ id }) => { const i = Number(id.slice(2)) || 0; return { id, location: binCode(i * 13), state: "counting", is_recount: i === 2, lines: [0, 1, 2].map((k) => ({ sku: skuCode(k), name: skuName(k), barcode: barcode(k), lot: k ? "" : "24-118", expires: "" })) }; },
  submit_count: () => (counted = !counted, { state: "recount", message: words("Two lines differ. Someone else counts this bin again.", "有两行不符，由另一人复盘。"), tone: "warn" }),
  review_count: ({ id }) => ({ row: countRows().find((c) => c.id === id) ?? countRows()[0], lines: [0, 1].map((k) => ({ sku: skuCode(k), name: skuName(k), lot: k ? "" : "24-118", expected: 12, counted: 10 + k * 2, recounted: k ? null : 10, adjustment: k ? 0 : -2, value: eur(k ? 0 : -1180), moved_since: k ? 3 : 0 })), may_approve: id === "cc3", why_not: id === "cc3" ? "" : words("It has not been counted yet.", "还没有盘点。") }),
  last_undo: () => ({ event_id: "ev-1", title: "" }),
  undo_preview: ({ id }) => ({ event_id: id, allowed: true, why_not: "", title: words("Pick of 6 Ceramic mug, white from A-04-2", "从 A-04-2 拣白色陶瓷杯 6 件"), effects: [{ what: words("On hand in A-04-2", "A-04-2 在库"), before: "8", after: "14" }, { what: words("Picked for SO-48203", "SO-48203 已拣"), before: "6", after: "0" }] }),
};
