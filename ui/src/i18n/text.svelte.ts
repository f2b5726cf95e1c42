// The words on the screen, each written twice side by side, so that neither language can be forgotten.
import { session } from "../state/session.svelte";
import { qty } from "./format";
import { buy } from "./messages/buy";
import { common } from "./messages/common";
import { count } from "./messages/count";
import { diag } from "./messages/diagnostics";
import { first } from "./messages/first";
import { frame } from "./messages/frame";
import { health } from "./messages/health";
import { help } from "./messages/help";
import { orders } from "./messages/orders";
import { pack } from "./messages/pack";
import { pick } from "./messages/pick";
import { place } from "./messages/place";
import { proof } from "./messages/proof";
import { receive } from "./messages/receive";
import { route } from "./messages/route";
import { safe } from "./messages/safe";
import { settings } from "./messages/settings";
import { slotting } from "./messages/slotting";
import { stock } from "./messages/stock";
import { table } from "./messages/table";
import { today } from "./messages/today";

export const messages = {
  ...common,
  ...table,
  ...frame,
  ...first,
  ...today,
  ...orders,
  ...pick,
  ...pack,
  ...receive,
  ...stock,
  ...slotting,
  ...count,
  ...buy,
  ...route,
  ...place,
  ...settings,
  ...safe,
  ...diag,
  ...health,
  ...help,
  ...proof,
};
export type Key = keyof typeof messages;

/** Every word of ours in brackets and a third longer: what stands without them was forgotten. */
const PSEUDO = globalThis.localStorage?.getItem("quayside.pseudo") === "on";

/** "{n} order|{n} orders": the part before the bar is for one. */
export function fill(pattern: string, values: Record<string, string | number>): string {
  const forms = pattern.split("|");
  const chosen = forms.length === 2 && Number(values.n) !== 1 ? forms[1] : forms[0];
  const written = (value: string | number): string => (typeof value === "number" ? qty(value) : value);
  return chosen.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? written(values[name]) : whole,
  );
}

export function t(key: Key, values: Record<string, string | number> = {}): string {
  const [en, zh] = messages[key];
  const text = fill(session.lang === "zh" ? zh : en, values);
  return PSEUDO ? `⟦${text} ~~~⟧` : text;
}
