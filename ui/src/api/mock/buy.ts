import type { Api, FanPoint, ProposalRow } from "../bindings";
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
  };
}
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
    const fan: FanPoint[] = Array.from({ length: 28 }, (_, d) => {
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
    return {
      row,
      history: Array.from({ length: 56 }, (_, d) => ({ day: dayText(d - 56), value: between(d, 1, 13) })),
      fan,
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
    };
  },
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
