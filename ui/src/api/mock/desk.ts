import type { Api } from "../bindings";
import {
  between,
  customer,
  DAY,
  dayText,
  eur,
  MINUTE,
  NOW,
  noise,
  personName,
  skuCode,
  skuName,
  words,
} from "./base";
import { imports } from "./orders";

const ROLES = ["picker", "packer", "supervisor", "receiver", "counter", "dispatcher"] as const;
const people = () =>
  Array.from({ length: 6 }, (_, i) => ({
    id: `p${i + 1}`,
    name: personName(i),
    roles: i === 0 ? (["supervisor", "admin"] as const).slice() : [ROLES[i]],
  }));
const ALL =
  "plan_routes publish_plan move_stop move_stock scrap hold_lot hold_bin save_person approve_count decide_proposals".split(
    " ",
  );

export const answers: Partial<{ [K in keyof Api]: (args: Api[K][0]) => Api[K][1] }> = {
  startup: () => ({
    ok: !location.search.includes("broken"),
    problem: location.search.includes("broken")
      ? {
          code: "schema_too_new",
          what_happened: words("These books were written by a newer Quayside.", "账本由更新的版本写入。"),
          what_to_do: words(
            "Update Quayside on this machine, then try again.",
            "请更新本机的 Quayside，然后重试。",
          ),
        }
      : null,
    warehouse: words("Neckar Quay Warehouse", "内卡码头仓"),
    site: "HD-1",
    now: NOW,
    today: dayText(0),
    currency: "EUR",
    time_zone: "Europe/Berlin",
    version: "0.1.0",
    people: people(),
    demo_pin: "1234",
    link: "alone",
    trouble: "",
  }),
  sign_in: ({ person_id, pin }) => {
    if (pin !== "1234")
      throw {
        code: "wrong_pin",
        what_happened: words("That is not the PIN.", "密码不对。"),
        what_to_do: words("Try again, or ask a supervisor.", "请重试，或找主管。"),
      };
    return { token: "mock", person: people().find((p) => p.id === person_id) ?? people()[0], allowed: ALL };
  },
  status: () => ({
    person: people()[0],
    only_here: 0,
    link: "alone" as const,
    trouble: "",
    synced_at: NOW - 4 * MINUTE,
    decisions: 3,
    books_ok: true,
    books_text: words("I1 to I9 hold", "九项核对均通过"),
    state_hash: "9f3a77c2d10b",
    checked_at: NOW,
    seq: 48211,
    drop_folder: null,
  }),
  find: ({ text }) => {
    const matches = [
      { kind: "order" as const, id: "o-3", title: "SO-48203", detail: customer(3) },
      { kind: "sku" as const, id: skuCode(0), title: skuCode(0), detail: skuName(0) },
      { kind: "bin" as const, id: "A-04-2", title: "A-04-2", detail: words("pick face", "拣货位") },
    ];
    const exact = matches.find((m) => m.title.toLowerCase() === text.toLowerCase()) ?? null;
    return { exact, matches: text.startsWith("zz") ? [] : matches };
  },
  today: () => {
    const card = (
      key: string,
      en: string,
      zh: string,
      count: number,
      tone: "plain" | "good" | "warn" | "stop",
      screen: string,
      view: string,
    ) => ({ key: key as "ready", label: words(en, zh), count, tone, screen, view });
    return {
      day: dayText(0),
      cards: [
        card("ready", "Orders ready", "可拣订单", 48, "plain", "orders", "ready"),
        card("short", "Short", "缺货", 3, "warn", "orders", "short"),
        card("late", "Late", "迟延", 2, "stop", "orders", "late"),
        card("hold", "On hold", "挂起", 1, "warn", "orders", "hold"),
        card("picking", "Being picked", "拣货中", 17, "plain", "pick", ""),
        card("to_pack", "To pack", "待打包", 9, "plain", "pack", ""),
        card("to_load", "To load", "待装车", 14, "plain", "route", ""),
        card("receipts", "Deliveries expected", "待收货", 5, "plain", "receive", "expected"),
        card("putaway", "To put away", "待上架", 6, "plain", "receive", "putaway"),
        card("counts", "Open counts", "进行中盘点", 5, "plain", "count", "open"),
        card("proposals", "To buy", "补货建议", 31, "warn", "buy", "open"),
        card("discrepancies", "Discrepancies", "差异", 0, "plain", "stock", "discrepancies"),
      ],
      alerts: [
        {
          id: "a1",
          tone: "stop",
          text: words(
            "Order SO-48202 leaves in 20 minutes and is not picked.",
            "订单 SO-48202 还有 20 分钟发车，尚未拣货。",
          ),
          what_to_do: words("Release wave W-311 now.", "请立即下发波次 W-311。"),
          since: NOW - 25 * MINUTE,
          screen: "orders",
          view: "all",
          target: "o-2",
        },
        {
          id: "a2",
          tone: "warn",
          text: words("Only 1 of 5 on hand in A-01-2.", "A-01-2 只有 1 件，需 5 件。"),
          what_to_do: words("Count the bin.", "请盘点该库位。"),
          since: NOW - 190 * MINUTE,
          screen: "count",
          view: "open",
          target: "cc3",
        },
        {
          id: "a3",
          tone: "warn",
          text: words("Lot 24-090 of Oat biscuits expires in 6 days.", "燕麦饼干批次 24-090 还有 6 天到期。"),
          what_to_do: words("Hold it or sell it first.", "请冻结或优先出货。"),
          since: NOW - DAY,
          screen: "stock",
          view: "sku",
          target: skuCode(2),
        },
      ],
      placed_by_day: Array.from({ length: 28 }, (_, i) => ({
        day: dayText(i - 27),
        value: between(i, 60, 130),
      })),
      shipped_by_day: Array.from({ length: 28 }, (_, i) => ({
        day: dayText(i - 27),
        value: between(i + 40, 55, 125),
      })),
      stock_units_by_day: Array.from({ length: 90 }, (_, i) => ({
        day: dayText(i - 89),
        value: Math.round(38000 + 6000 * Math.sin(i / 9) + 1500 * noise(i)),
      })),
      stock_value: eur(41_238_755),
      hours: Array.from({ length: 13 }, (_, i) => ({
        hour: 6 + i,
        placed: between(i, 2, 18),
        picked: i < 6 ? between(i + 20, 10, 60) : 0,
        shipped: i < 5 ? between(i, 0, 20) : 0,
      })),
      fill_rate_permille: 968,
      age_bands: [
        { label: words("under 30 days", "30 天内"), units: 18240 },
        { label: words("30 to 90", "30–90 天"), units: 12110 },
        { label: words("90 to 180", "90–180 天"), units: 5230 },
        { label: words("180 to 365", "180–365 天"), units: 1790 },
        { label: words("over a year", "一年以上"), units: 412 },
      ],
    };
  },
  import_file: ({ file_name, dry_run }) => ({
    import_id: "i9",
    file_name,
    kind: "orders",
    at: NOW,
    rows: 12,
    accepted: 10,
    already_known: 1,
    rejected: [
      { line: 7, column: "sku", message: words("QS-99999 is not a known SKU.", "没有货号 QS-99999。") },
    ],
    duplicate_file: false,
    message: dry_run
      ? words("Nothing has been written.", "尚未写入。")
      : words("10 orders taken in.", "已导入 10 单。"),
    undoable: !dry_run,
  }),
  imports: () => imports,
  drop_folder: () => ({ path: "/srv/quayside/drop", watching: true, recent: imports }),
  last_undo: () => ({ event_id: "ev-1", title: "" }),
  undo_preview: ({ id }) => ({
    event_id: id,
    allowed: true,
    why_not: "",
    title: words("Pick of 6 Ceramic mug, white from A-04-2", "从 A-04-2 拣白色陶瓷杯 6 件"),
    effects: [
      { what: words("On hand in A-04-2", "A-04-2 在库"), before: "8", after: "14" },
      { what: words("Picked for SO-48203", "SO-48203 已拣"), before: "6", after: "0" },
    ],
  }),
};
