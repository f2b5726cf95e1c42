import type { Api, ReceiptLine } from "../bindings";
import {
  barcode,
  between,
  binCode,
  chip,
  customer,
  DAY,
  dayText,
  eur,
  MINUTE,
  NOW,
  personName,
  skuCode,
  skuName,
  words,
} from "./base";

const receiptLine = (k: number): ReceiptLine => {
  const expected = [48, 24, 60, 12][k],
    received = [48, 10, 66, 0][k];
  return {
    id: `rl${k}`,
    sku: skuCode(k + 2),
    name: skuName(k + 2),
    barcode: barcode(k + 2),
    expected,
    received,
    unit_cost_micros: between(k, 900000, 9800000),
    lot_tracked: k === 0 || k === 1,
    expiry_tracked: k === 0,
    serial_tracked: k === 3,
    chip:
      received > expected
        ? chip("warn", "6 over", "多 6")
        : received === expected
          ? chip("good", "complete", "收齐")
          : chip("plain", `${expected - received} to come`, `还差 ${expected - received}`),
  };
};
const receipts = (): Api["receipts"][1] =>
  Array.from({ length: 5 }, (_, i) => ({
    id: `r${i}`,
    reference: `PO-${7710 + i}`,
    supplier: ["Roth GmbH", "Keramik Blau", "义乌优品", "Olivar S.L.", "Nordwolle"][i],
    expected_on: dayText(i - 1),
    lines: 4,
    expected_units: 144,
    received_units: i === 0 ? 124 : 0,
    closed: false,
    chip: i === 0 ? chip("warn", "Receiving", "收货中") : chip("plain", "Expected", "待收"),
  }));

let counted = false;
const countRows = (): Api["counts"][1] =>
  (["planned", "planned", "recount", "investigating", "posted"] as const).map((state, i) => ({
    id: `cc${i}`,
    location: binCode(i * 13),
    zone: "ABCD"[i % 4],
    state,
    why: words("Short pick by Li Wei, 2 missing", "Li Wei 缺货拣货，少 2 件"),
    opened_at: NOW - (i + 1) * 95 * MINUTE,
    counter: i > 1 ? personName(3) : "",
    recounter: i > 3 ? personName(4) : "",
    chip: [
      chip("plain", "Planned", "待盘"),
      chip("plain", "Planned", "待盘"),
      chip("warn", "Recount", "待复盘"),
      chip("warn", "To review", "待审核"),
      chip("good", "Posted", "已过账"),
    ][i],
  }));

export const answers: Partial<{ [K in keyof Api]: (args: Api[K][0]) => Api[K][1] }> = {
  receipts,
  receipt: ({ id }) => ({
    row: receipts().find((r) => r.id === id) ?? receipts()[0],
    lines: [0, 1, 2, 3].map(receiptLine),
  }),
  receive_scan: ({ scan }) => {
    const line = [0, 1, 2, 3].map(receiptLine).find((l) => l.barcode === scan || l.sku === scan) ?? null;
    return {
      line,
      message: line ? line.name : words(`“${scan}” is not on this delivery.`, `这批货没有“${scan}”。`),
      lot: "",
      expires: "",
      serial: "",
      qty: 1,
    };
  },
  putaway_tasks: () =>
    Array.from({ length: 6 }, (_, i) => ({
      key: `pk${i}`,
      sku: skuCode(i + 2),
      name: skuName(i + 2),
      barcode: barcode(i + 2),
      lot: i % 2 ? "" : "24-140",
      expires: "",
      condition: "good",
      qty: between(i, 6, 48),
      from: "DOCK-1",
      proposals: [
        { location: binCode(i * 9 + 3), why: words("same item, room for 60", "同商品，可再放 60 件") },
        { location: binCode(i * 9 + 40), why: words("empty, near", "空位，近") },
      ],
      since: NOW - (i + 1) * 22 * MINUTE,
    })),
  returns: () =>
    (["requested", "approved", "received"] as const).map((state, i) => ({
      id: `rt${i}`,
      order_number: `SO-${47100 + i}`,
      customer: customer(i),
      state,
      units: 2,
      opened_at: NOW - (i + 1) * DAY,
      lines: [
        {
          id: `rtl${i}`,
          sku: skuCode(i),
          name: skuName(i),
          qty: 2,
          received: i === 2 ? 2 : 0,
          grade: "",
          disposition: "",
        },
      ],
    })),
  count_plan: () =>
    Array.from({ length: 24 }, (_, i) => ({
      location: binCode(i * 11 + 1),
      zone: "ABCD"[i % 4],
      score: 980 - i * 31,
      minutes: between(i, 3, 12),
      value: eur(between(i, 4000, 290000)),
      chance_permille: 20 + i,
      reasons: [
        words("2 short picks in 30 days", "30 天内 2 次缺货拣"),
        words("last counted 84 days ago", "上次盘点 84 天前"),
      ],
    })),
  counts: countRows,
  start_count: ({ id }) => {
    const i = Number(id.slice(2)) || 0;
    return {
      id,
      location: binCode(i * 13),
      state: i === 2 ? "recount" : "planned",
      is_recount: i === 2,
      lines: [0, 1, 2].map((k) => ({
        sku: skuCode(k),
        name: skuName(k),
        barcode: barcode(k),
        lot: k ? "" : "24-118",
        expires: "",
      })),
    };
  },
  submit_count: () => (
    (counted = !counted),
    {
      state: "recount",
      message: words("Two lines differ. Someone else counts this bin again.", "有两行不符，由另一人复盘。"),
      tone: "warn",
    }
  ),
  review_count: ({ id }) => ({
    row: countRows().find((c) => c.id === id) ?? countRows()[0],
    lines: [0, 1].map((k) => ({
      sku: skuCode(k),
      name: skuName(k),
      lot: k ? "" : "24-118",
      expected: 12,
      counted: 10 + k * 2,
      recounted: k ? null : 10,
      adjustment: k ? 0 : -2,
      value: eur(k ? 0 : -1180),
      moved_since: k ? 3 : 0,
    })),
    may_approve: id === "cc3",
    why_not: id === "cc3" ? "" : words("It has not been counted yet.", "还没有盘点。"),
  }),
};
