import { act } from "../api/act";
import { ask } from "../state/panels.svelte";
import { t } from "../i18n/text.svelte";
import { here } from "../state/here.svelte";
import { router } from "../state/router.svelte";
import { printPaper } from "./print";
import type { Action } from "./action";

const onOrder = (): boolean => router.screen === "orders" && here.order !== null;

/** What the order itself says about a command; a command it does not list is not for it. */
function allowed(command: string): Pick<Action, "when" | "whyNot"> {
  const state = () => here.order?.actions.find((action) => action.command === command);
  return {
    when: () => onOrder() && state() !== undefined,
    whyNot: () => {
      const found = state();
      return found?.allowed ? "" : (found?.why_not ?? "");
    },
  };
}

export const holdOrder: Action = {
  id: "hold-order",
  group: "orders",
  label: "orders.hold",
  shortcut: "h",
  ...allowed("hold_order"),
  run: () => {
    const order = here.order;
    if (!order) return;
    ask({
      title: t("orders.holdTitle", { number: order.row.number }),
      fields: [{ id: "reason", label: "common.reason", kind: "text" }],
      submit: "orders.hold",
      done: ({ reason }) => void act("hold_order", { id: order.row.id, reason }),
    });
  },
};
export const unholdOrder: Action = {
  id: "unhold-order",
  group: "orders",
  label: "orders.unhold",
  shortcut: "h",
  ...allowed("unhold_order"),
  run: () => here.order && act("unhold_order", { id: here.order.row.id }),
};
export const cancelOrder: Action = {
  id: "cancel-order",
  group: "orders",
  label: "orders.cancel",
  danger: true,
  ...allowed("cancel_order"),
  run: () => {
    const order = here.order;
    if (!order) return;
    ask({
      title: t("orders.cancelTitle", { number: order.row.number }),
      hint: t("orders.cancelHint"),
      fields: [{ id: "reason", label: "common.reason", kind: "text" }],
      submit: "orders.cancel",
      danger: true,
      done: ({ reason }) => void act("cancel_order", { id: order.row.id, reason }),
    });
  },
};
export const openReturn: Action = {
  id: "open-return",
  group: "orders",
  label: "orders.openReturn",
  ...allowed("open_return"),
  run: () => {
    const order = here.order;
    if (!order) return;
    ask({
      title: t("orders.returnTitle", { number: order.row.number }),
      fields: [
        {
          id: "line",
          label: "common.lines",
          kind: "select",
          options: order.lines.map((l) => ({ value: l.id, label: `${l.sku} · ${l.name}` })),
        },
        { id: "qty", label: "common.qty", kind: "qty", value: "1" },
        { id: "reason", label: "common.reason", kind: "text" },
      ],
      submit: "orders.openReturn",
      done: ({ line, qty, reason }) =>
        void act("open_return", {
          order_id: order.row.id,
          lines: [{ line_id: line, qty: Number.parseInt(qty, 10), reason }],
        }),
    });
  },
};
export const printSlip: Action = {
  id: "print-slip",
  group: "orders",
  label: "orders.printSlip",
  when: onOrder,
  run: () => here.order && printPaper("packing_slip", [here.order.row.id]),
};
export const waveFromSelection: Action = {
  id: "wave-from-selection",
  group: "orders",
  label: "orders.createWave",
  shortcut: "w",
  primary: true,
  when: () => router.screen === "orders" && here.selectedOrders.length > 0,
  run: async () => {
    const done = await act("create_wave", {
      order_ids: here.selectedOrders,
      max_orders: here.selectedOrders.length,
    });
    if (done) here.selectedOrders = [];
  },
};
export const newOrder: Action = {
  id: "new-order",
  group: "orders",
  label: "orders.new",
  shortcut: "n",
  when: () => router.screen === "orders",
  run: () => router.go("orders", router.view || "ready", "+new"),
};
export const importOrders: Action = {
  id: "import-file",
  group: "orders",
  label: "orders.import",
  shortcut: "i",
  when: () => router.screen === "orders",
  run: () => router.go("orders", router.view || "ready", "+import"),
};
export const orderActions: Action[] = [
  holdOrder,
  unholdOrder,
  cancelOrder,
  openReturn,
  printSlip,
  waveFromSelection,
  newOrder,
  importOrders,
];
