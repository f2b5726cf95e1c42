import type { Api, SlotBin } from "../bindings";
import { between, done, eur, skuCode, skuName, words } from "./base";

const AISLES = ["A", "B", "C", "D", "E", "F", "G", "H"];
const bins: SlotBin[] = AISLES.flatMap((name, aisle) =>
  Array.from({ length: 12 }, (_, bay) => bay).flatMap((bay) =>
    ["1", "2"].map((level, i) => {
      const lines = between(aisle * 31 + bay * 7 + i, 0, 60);
      return {
        location: `${name}-${String(bay + 1).padStart(2, "0")}-${level}`,
        aisle,
        bay,
        level,
        lines,
        heat: Math.min(5, Math.ceil(lines / 12)),
      };
    }),
  ),
);

export const answers: Partial<{ [K in keyof Api]: (args: Api[K][0]) => Api[K][1] }> = {
  slotting: ({ minutes, lines_per_walk }) => ({
    moves: Array.from({ length: Math.min(8, Math.floor(minutes / 12)) }, (_, i) => ({
      id: `${skuCode(i)}>H-0${i + 1}-1>A-0${i + 1}-1>${skuCode(i + 40)}`,
      sku: skuCode(i),
      name: skuName(i),
      from: `H-0${i + 1}-1`,
      to: `A-0${i + 1}-1`,
      swapped_out: i % 3 ? skuCode(i + 40) : "",
      swapped_name: i % 3 ? skuName(i + 40) : "",
      saved_meters_per_week: 900 - i * 90,
      move_minutes: 12,
      pays_after_weeks: 1 + i,
      why: words("Asked for 14.2 times a week; 68 m nearer.", "每周拣 14.2 次，近 68 米。"),
    })),
    bins,
    aisles: AISLES,
    bays: 12,
    lines_per_walk: lines_per_walk ?? 20,
    walked_meters_per_week: 84_300,
    saved_meters_per_week: 4_680,
    minutes: 96,
  }),
  reslot: ({ ids }) =>
    done(words(`${ids.length} SKUs stand in their new faces.`, `${ids.length} 个商品已换到新货位。`)),
  substitutes: ({ limit }) =>
    Array.from({ length: limit }, (_, i) => ({
      sku: skuCode(i + 12),
      name: skuName(i + 12),
      available: between(i, 3, 40),
      location: `B-0${i + 2}-1`,
      price: eur(between(i, 500, 2400)),
      why: words("Same category: mugs, bought together 4 times", "同类：mugs，同单购买 4 次"),
    })),
};
