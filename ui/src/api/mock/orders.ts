import type { Api, OrderDetail, OrderRow, OrdersArgs, OrdersView } from "../bindings";
import {
  between,
  chip,
  customer,
  DAY,
  eur,
  MINUTE,
  NOW,
  noise,
  personName,
  skuCode,
  skuName,
  words,
} from "./base";

/** `?mock&many`: what a table does with a million rows. */
const TOTAL = location.search.includes("many") ? 1_000_000 : 12_480;
const COUNTS: [OrdersArgs["view"], number][] = [
  ["ready", 48],
  ["short", 3],
  ["late", 2],
  ["hold", 1],
  ["picking", 17],
  ["to_pack", 9],
  ["to_load", 14],
  ["on_the_way", 22],
  ["closed", 12_329],
  ["cancelled", 35],
  ["all", TOTAL],
];

export function orderRow(i: number, view: OrdersArgs["view"] = "ready"): OrderRow {
  const chips = {
    ready: [chip("good", "Ready", "可拣")],
    short: [chip("warn", "Short 2", "缺 2"), chip("plain", "Ready", "可拣")],
    late: [chip("stop", "Late 40 min", "迟 40 分")],
    hold: [chip("warn", "On hold: address unclear", "挂起：地址不清")],
    picking: [chip("plain", "Picking", "拣货中")],
    to_pack: [chip("plain", "Picked", "已拣")],
    to_load: [chip("good", "Packed", "已打包")],
    on_the_way: [chip("plain", "On the way", "在途")],
    closed: [chip("good", "Delivered", "已签收")],
    cancelled: [chip("plain", "Cancelled", "已取消")],
    all: [chip("good", "Ready", "可拣")],
  }[view];
  return {
    id: `o-${i}`,
    number: `SO-${48200 + i}`,
    customer: customer(i),
    channel: i % 3 ? "web" : "api",
    chips,
    placed_at: NOW - between(i, 30, 2000) * MINUTE,
    promise_at: NOW + between(i + 9, 60, 1600) * MINUTE,
    lines: between(i, 1, 9),
    units: between(i + 3, 1, 60),
    short_units: view === "short" ? 2 : 0,
    value: eur(between(i + 5, 900, 68000)),
    weight_g: between(i + 7, 200, 24000),
    wave: i % 4 ? null : `W-${310 + (i % 9)}`,
    place: view === "to_load" ? "DOCK-2" : "",
  };
}

export function ordersPage(args: OrdersArgs): OrdersView {
  const all = COUNTS.find(([view]) => view === args.view)?.[1] ?? 0;
  const total = args.search ? Math.min(all, 4) : all;
  const length = Math.max(0, Math.min(args.limit, total - args.offset));
  return {
    rows: Array.from({ length }, (_, k) => orderRow(args.offset + k, args.view)),
    total,
    counts: COUNTS.map(([view, count]) => ({ view, count })),
  };
}

export function orderDetail(id: string): OrderDetail {
  const i = Number(id.slice(2)) || 0;
  const row = orderRow(i, i % 5 === 3 ? "short" : "ready");
  const lines = Array.from({ length: 4 }, (_, k) => {
    const ordered = between(i + k, 2, 12);
    const short = k === 1;
    return {
      id: `${id}-l${k}`,
      line_no: k + 1,
      sku: skuCode(i + k),
      name: skuName(i + k),
      ordered,
      cancelled: k === 3 ? 1 : 0,
      allocated: short ? 1 : ordered,
      picked: k === 0 ? ordered : 0,
      packed: 0,
      shipped: 0,
      delivered: 0,
      returned: 0,
      backordered: short ? ordered - 1 : 0,
      unit_price: eur(between(k, 300, 4900)),
      chip: short ? chip("warn", "Short", "缺货") : chip("good", "Allocated", "已配"),
      why: short
        ? words(
            `Only 1 of ${ordered} on hand in A-01-2. 24 expected from Roth GmbH on Thursday.`,
            `A-01-2 只有 1 件，需 ${ordered} 件。周四预计到货 24 件。`,
          )
        : words("Lot 24-118 in A-04-2, first to expire.", "A-04-2 批次 24-118，先到期。"),
    };
  });
  const entry = (k: number, what: string, detail: string, undoable = false) => ({
    event_id: `${id}-e${k}`,
    at: NOW - k * 47 * MINUTE,
    actor: personName(k),
    what,
    detail,
    undoable,
  });
  const action = (command: string, allowed: boolean, why_not = "") => ({ command, allowed, why_not });
  return {
    row,
    address: ["Hauptstraße 12", "69117 Heidelberg"],
    phone: "+49 6221 555 0134",
    note: words("Ring twice, yard entrance.", "按两次门铃，走院子入口。"),
    lines,
    timeline: [
      entry(1, words("Picked 6", "拣 6 件"), "A-04-2 → T-17", true),
      entry(2, words("Allocated", "已配货"), words("4 lines", "4 行")),
      entry(4, words("Confirmed", "已确认"), words("payment authorized", "付款已授权")),
      entry(5, words("Placed", "下单"), "web · #A-88213"),
    ],
    payment: {
      state: words("authorized", "已授权"),
      authorized: row.value,
      captured: eur(0),
      refunded: eur(0),
    },
    cartons:
      noise(i) > 0.4
        ? [
            {
              id: `c-${i}`,
              number: `CT-${9000 + i}`,
              box_type: "M",
              units: 6,
              weight_g: 2350,
              volume_ml: 8400,
              closed: true,
              contents: [],
            },
          ]
        : [],
    fulfilment_state: words("released", "已下发"),
    stop_state: words("planned on van 3", "已排 3 号车"),
    actions: [
      action("hold_order", true),
      action("cancel_order", true),
      action("cancel_line", true),
      action("open_return", false, words("Nothing has been shipped yet.", "还没有发货。")),
    ],
  };
}

export const imports: Api["imports"][1] = [
  {
    import_id: "i1",
    file_name: "orders-morning.csv",
    kind: "orders",
    at: NOW - 0.1 * DAY,
    rows: 52,
    accepted: 50,
    already_known: 0,
    rejected: [{ line: 7, column: "sku", message: "" }],
    duplicate_file: false,
    message: "",
    undoable: true,
  },
  {
    import_id: "i2",
    file_name: "products-2026-11.csv",
    kind: "products",
    at: NOW - 3 * DAY,
    rows: 2036,
    accepted: 2036,
    already_known: 0,
    rejected: [],
    duplicate_file: false,
    message: "",
    undoable: false,
  },
];
