import type { Api, FanPoint, ProposalRow, ServiceLevel } from "../bindings";
import { between, binCode, dayText, eur, skuCode, skuIndex, skuName, words } from "./base";

function proposal(i: number): ProposalRow {
  const suggested = between(i, 2, 20) * 12;
  return {
    sku: skuCode(i * 3),
    name: skuName(i * 3),
    supplier: ["Roth GmbH", "Keramik Blau", "义乌优品"][i % 3],
    on_hand: between(i, 0, 40),
    available: between(i, -4, 30),
    on_order: i % 4 ? 0 : 48,
    reorder_point: between(i, 30, 70),
    safety_stock: between(i, 8, 25),
    suggested,
    pack: 12,
    cost: eur(suggested * between(i, 200, 1900)),
    days_of_cover: between(i, 0, 14),
    tone: i % 4 === 0 ? "stop" : "warn",
    reason: words(
      "Covers 9 days, delivery takes 12; 95 % safe needs 61 by then.",
      "还够 9 天，补货要 12 天；按 95% 保障到时需 61 件。",
    ),
    decision: "",
    decided_qty: 0,
    decided_why: "",
  };
}
const fanAhead = (): FanPoint[] =>
  Array.from({ length: 28 }, (_, d) => {
    const m = 7 + 2 * Math.sin(d / 2),
      s = 1 + d / 14;
    return {
      day: dayText(d),
      median: m,
      lo50: m - s,
      hi50: m + s,
      lo80: Math.max(0, m - 2 * s),
      hi80: m + 2.2 * s,
      lo95: Math.max(0, m - 3 * s),
      hi95: m + 3.6 * s,
    };
  });
const levels = (): ServiceLevel[] =>
  [800, 850, 900, 930, 950, 970, 980, 990, 995].map((permille, i) => ({
    permille,
    current: permille === 950,
    reorder_point: 40 + i * 5,
    order_qty: 48 + i * 4,
    stock_units: 60 + i * 6,
    stock: eur(42_000 + i * i * 1_100),
    more_stock: eur((i * i - 16) * 1_100),
    holding: eur(10_500 + i * i * 280),
    stockouts: (3.2 / (i + 1)).toFixed(1),
    stockouts_milli: Math.round(3200 / (i + 1)),
    lost: eur(Math.round(52_000 / (i + 1))),
    yearly: eur(10_500 + i * i * 280 + Math.round(52_000 / (i + 1))),
    cheapest: i === 5,
  }));
const page = <T>(total: number, offset: number, limit: number, make: (i: number) => T): T[] =>
  Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, k) => make(offset + k));

export const answers: Partial<{ [K in keyof Api]: (args: Api[K][0]) => Api[K][1] }> = {
  proposals: ({ offset, limit, filter }) => {
    const total = filter === "decided" ? 4 : filter === "urgent" ? 8 : 31;
    return {
      total,
      cost: eur(1_830_450),
      rows: page(total, offset, limit, (i) => ({
        ...proposal(i),
        ...(filter === "decided"
          ? { decision: i % 2 ? ("refused" as const) : ("accepted" as const), decided_qty: 96 }
          : {}),
      })),
    };
  },
  proposal: ({ id }) => {
    const row = { ...proposal(Math.round(skuIndex(id) / 3)), sku: id };
    return {
      row,
      history: Array.from({ length: 56 }, (_, d) => ({ day: dayText(d - 56), value: between(d, 1, 13) })),
      fan: fanAhead(),
      stock: Array.from({ length: 28 }, (_, d) => ({
        day: dayText(d),
        value: d < 12 ? Math.max(0, 60 - d * 6) : 120 - (d - 12) * 6,
      })),
      receipts: [{ day: dayText(12), value: row.suggested }],
      why: [
        words(
          "Delivery takes 12 days; in 95 of 100 cases at most 61 are asked for in that time.",
          "补货周期 12 天；100 次中有 95 次需求不超过 61 件。",
        ),
        words("36 are available and none are on order.", "可用 36 件，无在途。"),
        words("Rounded up to packs of 12.", "按每包 12 件取整。"),
      ],
      lead_time_days: 12,
      service_permille: 950,
      explained: {
        covers_days: 13,
        service_permille: 981,
        service_without_permille: 412,
        too_little: eur(18_400),
        still_short: eur(310),
        too_much: eur(1_250),
        limit: words("Rounded up to whole packs of 12.", "按每包 12 件向上取整。"),
        lead: [10, 11, 12, 13, 14, 15].map((days, i) => ({ days, deliveries: [1, 3, 4, 2, 0, 1][i] })),
        lead_text: words(
          "The last 11 deliveries of Roth GmbH took 12.1 days, give or take 1.4.",
          "Roth GmbH 最近 11 次到货平均 12.1 天，波动 1.4 天。",
        ),
      },
      levels: levels(),
    };
  },
  service_levels: levels,
  budget_plan: ({ budget }) => {
    const rows = Array.from({ length: 31 }, (_, i) => {
      const { sku, name, supplier, suggested, cost } = proposal(i);
      const bought = i * 200 < budget;
      return {
        sku,
        name,
        supplier,
        wanted: suggested,
        qty: bought ? suggested : 0,
        cost: bought ? cost : eur(0),
        why: bought ? "" : words("Cut by the budget.", "受预算限制。"),
      };
    });
    return {
      rows,
      wanted: eur(1_830_450),
      spent: eur(budget * 97),
      left: eur(budget * 3),
      bought: rows.filter((row) => row.qty > 0).length,
      price: words("Each EUR more would bring 1.85 EUR.", "预算每增加 1 EUR，可多得 1.85 EUR。"),
    };
  },
  export_orders: ({ format }) => ({
    file_name: `purchase-orders.${format}`,
    saved_path: `exports/purchase-orders.${format}`,
    base64: btoa("purchase_order,supplier\r\n"),
    orders: 2,
  }),
  demand_choices: ({ search }) =>
    [
      { id: "category:mugs", label: words("mugs · category, 40 products", "mugs · 类别，40 种商品") },
      ...Array.from({ length: 10 }, (_, i) => ({ id: skuCode(i), label: `${skuCode(i)} · ${skuName(i)}` })),
    ].filter((one) => one.label.toLowerCase().includes(search.toLowerCase())),
  demand_explorer: ({ id }) => ({
    name: id.startsWith("category:") ? id.slice(9) : `${id} · ${skuName(skuIndex(id))}`,
    history: Array.from({ length: 90 }, (_, d) => ({
      day: dayText(d - 90),
      value: d > 40 && d < 46 ? 0 : between(d, 1, 13),
      known: !(d > 40 && d < 46),
    })),
    fan: fanAhead(),
    season: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].map((label, i) => ({
      label: words(label, "周" + "一二三四五六日"[i]),
      percent: [130, 110, 100, 100, 105, 90, 60][i],
    })),
    events: [
      {
        day: dayText(-13),
        name: words("Singles' Day", "双十一"),
        ahead: false,
        effect: words("180 % of a usual day", "平日的 180%"),
      },
    ],
    mix: [
      { name: "Theta", what: words("the level and half of the trend", "水平加一半趋势"), percent: 62 },
      { name: "Holt-Winters", what: words("the season itself, smoothed", "平滑季节"), percent: 38 },
    ],
    words: [
      words("About 48.0 a week lately, steady.", "近期每周约 48.0 件，走势平稳。"),
      words(
        "5 days out of stock are taken as unknown, not as nothing sold.",
        "缺货 5 天按未知处理，不视为零需求。",
      ),
    ],
  }),
  refills: () =>
    Array.from({ length: 4 }, (_, i) => ({
      key: `rf${i}`,
      sku: skuCode(i),
      name: skuName(i),
      from: binCode(i * 40 + 2),
      to: binCode(i * 7),
      qty: 24,
      why: words("3 left, 14 are wanted today", "剩 3 件，今天要 14 件"),
    })),
};
