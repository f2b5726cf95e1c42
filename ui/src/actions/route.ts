import { act } from "../api/act";
import type { Api, DispatchView } from "../api/bindings";
import { here } from "../state/here.svelte";
import { router } from "../state/router.svelte";
import { session } from "../state/session.svelte";
import { t } from "../i18n/text.svelte";
import { linked } from "../screens/route/linked.svelte";
import { printPaper } from "./print";
import type { Action } from "./action";

type Answering = { [K in keyof Api]: Api[K][1] extends DispatchView ? K : never }[keyof Api];

/** The answer is the new plan, shown at once instead of asked for again. */
export async function changePlan<K extends Answering>(name: K, args: Api[K][0]): Promise<boolean> {
  const view = (await act(name, args)) as DispatchView | null;
  if (view) here.dispatch = view;
  return view !== null;
}

const onRoute = (): boolean => router.screen === "route";
const onStop = (): boolean => onRoute() && here.stop !== null;

export const publishPlan: Action = {
  id: "publish-plan",
  group: "route",
  label: "route.publish",
  primary: true,
  when: () => onRoute() && ["draft", "optimised", "locked"].includes(here.dispatch?.state ?? ""),
  whyNot: () => (session.may("publish_plan") ? "" : t("common.notAllowed")),
  run: () => changePlan("publish_plan", {}),
};
export const lockStop: Action = {
  id: "lock-stop",
  group: "route",
  label: "route.lockStop",
  shortcut: "l",
  when: onStop,
  run: () => here.stop && changePlan("lock_stop", { id: here.stop.id, locked: !here.stop.locked }),
};
export const printManifests: Action = {
  id: "print-manifest",
  group: "route",
  label: "route.printManifest",
  when: () => onRoute() && (here.dispatch?.routes.length ?? 0) > 0,
  run: () => printPaper("manifest", here.dispatch?.routes.map((r) => r.van_id) ?? []),
};
/** The keyboard's way of dragging: `m`, then the van's number. */
export const moveStopByKey: Action = {
  id: "move-stop",
  group: "route",
  label: "route.moveStop",
  shortcut: "m",
  when: onStop,
  whyNot: () => (session.may("move_stop") ? "" : t("common.notAllowed")),
  run: () => (here.movingStop = true),
};

/** The next click on the map names the street. */
export const closeStreet: Action = {
  id: "close-street",
  group: "route",
  label: "route.closeStreet",
  shortcut: "c",
  when: onRoute,
  whyNot: () => (session.may("close_street") ? "" : t("common.notAllowed")),
  run: () => (linked.pointing = !linked.pointing),
};

export const routeActions: Action[] = [publishPlan, closeStreet, lockStop, moveStopByKey, printManifests];
