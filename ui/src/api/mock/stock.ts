import type { Api, SkuRow, StockKeyRow } from "../bindings";
import {
  barcode,
  between,
  binCode,
  chip,
  COUNT_OF_SKUS,
  DAY,
  dayText,
  eur,
  MINUTE,
  NOW,
  noise,
  personName,
  skuCode,
  skuIndex,
  skuName,
  words,
} from "./base";

function skuRow(i: number): SkuRow {
  const on_hand = between(i, 0, 420),
    held = i % 9 === 0 ? 6 : 0,
    reserved = between(i + 2, 0, 40);
  const chips =
    on_hand < 20
      ? [chip("stop", "Out soon", "即将缺货")]
      : held
        ? [chip("warn", "Lot held", "批次冻结")]
        : i % 5 === 0
          ? [chip("warn", "Low", "偏低")]
          : [];
  return {
    sku: skuCode(i),
    name: skuName(i),
    category: i % 12 === 2 || i % 12 === 8 ? words("Food", "食品") : words("Household", "家居"),
    on_hand,
    sellable: on_hand - held,
    held,
    reserved,
    allocated: Math.min(reserved, 12),
    available: on_hand - held - reserved,
    discrepancy: i % 17 === 3 ? -2 : 0,
    on_order: i % 3 ? 0 : 96,
    bins: between(i, 1, 5),
    value: eur(on_hand * between(i, 150, 2400)),
    chips,
  };
}
const key = (i: number, k: number): StockKeyRow => ({
  key: `k-${i}-${k}`,
  sku: skuCode(i),
  name: skuName(i),
  location: binCode(i * 3 + k * 29),
  zone: "A",
  lot: k === 2 ? "" : `24-1${18 + k}`,
  expires: k === 2 ? "" : `2027-0${3 + k}-28`,
  serial: "",
  package: "",
  condition: words("good", "完好"),
  owner: "",
  on_hand: between(i + k, 4, 60),
  allocated: k ? 0 : 6,
  discrepancy: k === 1 && i % 3 === 0 ? -2 : 0,
  held: k === 1,
  held_why: k === 1 ? words("supplier recall", "供应商召回") : "",
  since: NOW - 9 * DAY,
});
const page = <T>(total: number, offset: number, limit: number, make: (i: number) => T): T[] =>
  Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, k) => make(offset + k));

export const answers: Partial<{ [K in keyof Api]: (args: Api[K][0]) => Api[K][1] }> = {
  stock_by_sku: ({ offset, limit, search, filter }) => {
    const total = search ? 3 : filter === "all" ? COUNT_OF_SKUS : 41;
    return { rows: page(total, offset, limit, skuRow), total, units: 38_412, value: eur(41_238_755) };
  },
  sku: ({ id }) => {
    const i = skuIndex(id),
      row = skuRow(i);
    return {
      row,
      barcode: barcode(i),
      unit: words("piece", "件"),
      units: [{ name: words("carton", "箱"), per: 24 }],
      weight_g: 340,
      volume_ml: 900,
      removal: "fefo",
      lot_tracked: true,
      serial_tracked: false,
      supplier: "Keramik Blau",
      keys: [0, 1, 2].map((k) => key(i, k)),
      layers: [0, 1, 2].map((k) => ({
        received_at: NOW - (60 - k * 20) * DAY,
        qty: 96,
        remaining: k * 40 + 6,
        unit_cost_micros: 3_120_000 + k * 90_000,
        value: eur((k * 40 + 6) * (312 + k * 9)),
      })),
      curve: Array.from({ length: 60 }, (_, d) => ({
        day: dayText(d - 59),
        value: Math.max(0, 180 - ((d * 5) % 140) + Math.round(noise(d) * 8)),
      })),
      demand: Array.from({ length: 30 }, (_, d) => ({ day: dayText(d - 29), value: between(d, 0, 14) })),
      identity: words(
        `On hand ${row.on_hand} = sellable ${row.sellable} + held ${row.held}; available ${row.available} = sellable ${row.sellable} − reserved ${row.reserved}`,
        `在库 ${row.on_hand} = 可售 ${row.sellable} + 冻结 ${row.held}；可用 ${row.available} = 可售 ${row.sellable} − 预留 ${row.reserved}`,
      ),
    };
  },
  stock_by_bin: ({ offset, limit, search }) => ({
    total: search ? 2 : 3024,
    rows: page(search ? 2 : 3024, offset, limit, (i) => ({
      location: binCode(i),
      kind: i % 3 ? words("pick face", "拣货位") : words("bulk", "存储位"),
      zone: "ABCD"[i % 4],
      skus: between(i, 1, 4),
      units: between(i, 0, 180),
      weight_g: between(i, 0, 90000),
      fill_permille: between(i, 20, 990),
      discrepancy: i % 29 === 4 ? -2 : 0,
      hold: i % 31 === 7 ? words("damaged shelf", "货架损坏") : "",
      last_count: i % 4 ? NOW - between(i, 2, 120) * DAY : null,
    })),
  }),
  bin: ({ id }) => ({
    row: {
      location: id,
      kind: words("pick face", "拣货位"),
      zone: "A",
      skus: 3,
      units: 61,
      weight_g: 20740,
      fill_permille: 640,
      discrepancy: 0,
      hold: "",
      last_count: NOW - 12 * DAY,
    },
    keys: [0, 1, 2].map((k) => ({ ...key(k * 4, 0), location: id, key: `kb-${k}` })),
  }),
  stock_by_lot: ({ offset, limit }) => ({
    total: 812,
    rows: page(812, offset, limit, (i) => ({
      sku: skuCode(i),
      name: skuName(i),
      lot: `24-${100 + i}`,
      expires: dayText(between(i, -4, 300)),
      days_left: between(i, -4, 300),
      on_hand: between(i, 2, 90),
      allocated: i % 3 ? 0 : 6,
      bins: between(i, 1, 3),
      hold: i % 11 === 2 ? words("recall", "召回") : "",
    })),
  }),
  discrepancies: () =>
    [0, 1, 2].map((i) => ({
      key: `d${i}`,
      sku: skuCode(i * 3),
      name: skuName(i * 3),
      location: binCode(i * 17),
      lot: i ? "" : "24-118",
      qty: i === 1 ? 4 : -2,
      since: NOW - (i + 1) * 300 * MINUTE,
      owner: personName(i),
      count_id: i === 0 ? "cc3" : null,
    })),
  moves: ({ sku, location }) => {
    const rows = Array.from({ length: 18 }, (_, k) => ({
      event_id: `m${k}`,
      at: NOW - k * 171 * MINUTE,
      actor: personName(k),
      what: k % 3 ? words("Picked", "拣货") : words("Received", "收货"),
      from: k % 3 ? (location ?? "A-04-2") : "DOCK-1",
      to: k % 3 ? "T-17" : (location ?? "A-04-2"),
      sku: sku ?? skuCode(0),
      lot: "24-118",
      qty: k % 3 ? -6 : 48,
      balance: 60 + k * 2,
      reason: k === 4 ? words("short pick", "缺货拣") : "",
      undoable: k < 3,
      undone: k === 5,
    }));
    return {
      title: `${sku ?? location ?? "A-04-2"}`,
      rows,
      total: 132,
      sum: 60,
      identity: words("132 moves: 480 in − 420 out = 60 on hand", "132 笔：入 480 − 出 420 = 在库 60"),
    };
  },
};
