// Putting orders and the warehouse on the map.
import { t } from "../i18n/text.svelte";
import { placing } from "../screens/route/placing.svelte";
import { here } from "../state/here.svelte";
import { router } from "../state/router.svelte";
import { session } from "../state/session.svelte";
import type { Action } from "./action";

const onRoute = (): boolean => router.screen === "route";

/** Look all addresses up at once, then ask for those that the map does not know for certain. */
export const locateOrders: Action = {
  id: "locate-orders",
  group: "route",
  label: "place.locate",
  shortcut: "x",
  when: () => onRoute() && (here.dispatch?.unplaced.length ?? 0) > 0,
  whyNot: () => (session.may("locate_orders") ? "" : t("common.notAllowed")),
  run: () => placing.orders(),
};
export const setDepot: Action = {
  id: "set-depot",
  group: "route",
  label: "place.setDepot",
  when: onRoute,
  whyNot: () => (session.may("set_depot") ? "" : t("common.notAllowed")),
  run: () => placing.open({ what: "depot" }),
};

export const placeActions: Action[] = [locateOrders, setDepot];
