import { act } from "../api/act";
import type { StockKeyRow } from "../api/bindings";
import { t } from "../i18n/text.svelte";
import { here } from "../state/here.svelte";
import { ask } from "../state/panels.svelte";
import { router } from "../state/router.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";

const onKey = (): boolean => router.screen === "stock" && here.stockKey !== null;
const unlessMay = (command: string) => (): string => (session.may(command) ? "" : t("common.notAllowed"));

function withKey(run: (key: StockKeyRow) => void): () => void {
  return () => here.stockKey && run(here.stockKey);
}

export const moveStock: Action = {
  id: "move-stock",
  group: "stock",
  label: "stock.move",
  shortcut: "m",
  when: onKey,
  whyNot: unlessMay("move_stock"),
  run: withKey((key) =>
    ask({
      title: t("stock.moveTitle", { name: key.name, bin: key.location }),
      fields: [
        { id: "to", label: "common.to", kind: "text" },
        { id: "qty", label: "common.qty", kind: "qty", value: String(key.on_hand) },
        { id: "reason", label: "common.reason", kind: "text" },
      ],
      submit: "stock.move",
      done: ({ to, qty, reason }) =>
        void act("move_stock", { key: key.key, to, qty: Number.parseInt(qty, 10), reason }),
    }),
  ),
};
export const scrapStock: Action = {
  id: "scrap-stock",
  group: "stock",
  label: "stock.scrap",
  danger: true,
  when: onKey,
  whyNot: unlessMay("scrap"),
  run: withKey((key) =>
    ask({
      title: t("stock.scrapTitle", { name: key.name, bin: key.location }),
      fields: [
        { id: "qty", label: "common.qty", kind: "qty", value: "1" },
        { id: "reason", label: "common.reason", kind: "text" },
      ],
      submit: "stock.scrap",
      danger: true,
      done: ({ qty, reason }) => void act("scrap", { key: key.key, qty: Number.parseInt(qty, 10), reason }),
    }),
  ),
};

function reasoned(
  title: string,
  submit: "stock.hold" | "stock.unhold",
  done: (reason: string) => void,
): void {
  ask({
    title,
    submit,
    fields: [{ id: "reason", label: "common.reason", kind: "text" }],
    done: ({ reason }) => done(reason),
  });
}

export function holdLot(sku: string, lot: string, held: boolean): void {
  const command = held ? "unhold_lot" : "hold_lot";
  reasoned(
    t(held ? "stock.unholdLotTitle" : "stock.holdLotTitle", { lot }),
    held ? "stock.unhold" : "stock.hold",
    (reason) => void act(command, { sku, lot, reason }),
  );
}
export function holdBin(location: string, held: boolean): void {
  const command = held ? "unhold_bin" : "hold_bin";
  reasoned(
    t(held ? "stock.unholdBinTitle" : "stock.holdBinTitle", { bin: location }),
    held ? "stock.unhold" : "stock.hold",
    (reason) => void act(command, { location, reason }),
  );
}
export const toggleLotHold: Action = {
  id: "hold-lot",
  group: "stock",
  label: "stock.holdLot",
  when: () => onKey() && here.stockKey?.lot !== "",
  whyNot: unlessMay("hold_lot"),
  run: withKey((key) => holdLot(key.sku, key.lot, key.held)),
};
export const openSlotting: Action = {
  id: "open-slotting",
  group: "stock",
  label: "slotting.open",
  shortcut: "g m",
  when: () => true,
  run: () => router.go("stock", "slotting"),
};
export const stockActions: Action[] = [moveStock, scrapStock, toggleLotHold, openSlotting];
