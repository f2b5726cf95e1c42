// What of the day a role needs, the most needed first. Nothing is secret: everything can be shown.
import type { Alert, Role, TodayCard } from "../../api/bindings";
import type { Screen } from "../../state/router.svelte";

export type Chart = "orders" | "hours" | "stock" | "age";
type Narrow = Exclude<Role, "supervisor" | "admin">;

interface Needs {
  cards: string[];
  /** Alerts that lead to these screens. */
  alerts: string[];
  charts: Chart[];
  /** Where the work is. */
  start: Screen;
}

const NEEDS: Record<Narrow, Needs> = {
  picker: {
    cards: ["picking", "ready", "late", "short"],
    alerts: ["orders", "pick"],
    charts: ["hours"],
    start: "pick",
  },
  packer: {
    cards: ["to_pack", "to_load", "late"],
    alerts: ["orders", "pack"],
    charts: ["hours"],
    start: "pack",
  },
  receiver: {
    cards: ["receipts", "putaway"],
    alerts: ["receive", "stock"],
    charts: ["stock"],
    start: "receive",
  },
  counter: {
    cards: ["counts", "discrepancies"],
    alerts: ["count", "stock"],
    charts: ["stock", "age"],
    start: "count",
  },
  dispatcher: {
    cards: ["to_load", "late", "to_pack", "hold"],
    alerts: ["route", "orders"],
    charts: ["orders", "hours"],
    start: "route",
  },
};
const ALL_CHARTS: Chart[] = ["orders", "hours", "stock", "age"];

/** The roles that see a part of the day; none when one of them sees all of it. */
export function narrowRoles(roles: Role[]): Narrow[] {
  const narrow = roles.filter((role): role is Narrow => role in NEEDS);
  return narrow.length === roles.length ? narrow : [];
}

export const startOf = (role: Narrow): Screen => NEEDS[role].start;

export interface Day {
  cards: TodayCard[];
  alerts: Alert[];
  charts: Chart[];
}

export function arrange(day: { cards: TodayCard[]; alerts: Alert[] }, roles: Narrow[]): Day {
  const needs = roles.map((role) => NEEDS[role]);
  if (!needs.length) return { ...day, charts: ALL_CHARTS };
  const keys = [...new Set(needs.flatMap((need) => need.cards))];
  const screens = new Set(needs.flatMap((need) => need.alerts));
  return {
    cards: keys.flatMap((key) => day.cards.find((card) => card.key === key) ?? []),
    // Broken books are everybody's business.
    alerts: day.alerts.filter((alert) => screens.has(alert.screen) || alert.screen === "settings"),
    charts: ALL_CHARTS.filter((chart) => needs.some((need) => need.charts.includes(chart))),
  };
}
