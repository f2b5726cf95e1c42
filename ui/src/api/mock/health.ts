import type { AlertRuleRow, Api } from "../bindings";
import { between, DAY, dayText, eur, NOW, words } from "./base";

const DAYS = 28;
const days = <T>(of: (i: number) => T): ({ day: string } & T)[] =>
  Array.from({ length: DAYS }, (_, i) => ({ day: dayText(i - DAYS + 1), ...of(i) }));

const RULES: [AlertRuleRow["kind"], string, string, string, string, number, boolean][] = [
  ["late_orders", "An order is late by", "订单逾期超过", "hours", "小时", 0, true],
  ["discrepancies", "A discrepancy is unexplained for", "库存差异未查明超过", "hours", "小时", 0, true],
  ["expiring_lots", "A lot expires within", "批次到期不足", "days", "天", 14, true],
  ["fill_rate", "Fill rate below", "一次满足率低于", "%", "%", 95, false],
];

export const answers: Partial<{ [K in keyof Api]: (args: Api[K][0]) => Api[K][1] }> = {
  alert_rules: () =>
    RULES.map(([kind, en, zh, unit, unitZh, limit, on]) => ({
      kind,
      text: words(en, zh),
      unit: words(unit, unitZh),
      on,
      limit,
      min: 0,
      max: kind === "fill_rate" ? 100 : 720,
    })),
  health: () => ({
    promise_permille: 962,
    promise_by_day: days((i) => ({ permille: between(i, 910, 1000), of: between(i + 7, 30, 60) })),
    lead_median_hours: 21,
    lead_nine_in_ten_hours: 44,
    lead_by_day: days((i) => ({
      median_hours: between(i, 16, 28),
      nine_in_ten_hours: between(i + 3, 34, 52),
    })),
    fill_by_day: days((i) => ({ permille: between(i + 11, 930, 1000), of: between(i, 90, 140) })),
    fill_permille: 968,
    route_by_day: days((i) => ({
      cost: eur(between(i, 25_000, 38_000)),
      stops: between(i, 20, 30),
      meters: between(i, 80_000, 120_000),
    })),
    route_per_stop: eur(1_188),
    stock: {
      stocked: 1_940,
      out: 14,
      below_safety: 37,
      still: 62,
      still_value: eur(412_300),
      still_days: 90,
      too_much: 118,
      too_much_value: eur(1_902_450),
      cover_days: 180,
    },
    discrepancy_ages: [
      { label: words("under 4 h", "4 小时内"), count: 2 },
      { label: words("under 24 h", "24 小时内"), count: 1 },
      { label: words("under 3 days", "3 天内"), count: 0 },
      { label: words("under 7 days", "7 天内"), count: 1 },
      { label: words("a week and more", "一周以上"), count: 0 },
    ],
  }),
  proof: () => ({
    at: NOW - DAY / 24,
    code: "PKG-48203-1",
    signature: [
      [
        [120, 260],
        [180, 140],
        [240, 300],
        [330, 150],
        [460, 280],
        [620, 200],
      ],
    ],
    photo: "",
  }),
};
