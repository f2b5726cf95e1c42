import { act, asked } from "../api/act";
import type { Api, DispatchView, VanView, WhatIfArgs } from "../api/bindings";
import { ask, panels } from "../state/panels.svelte";
import { instantOf, timeOf } from "../i18n/zone";
import { toast } from "../state/toast.svelte";
import { here } from "../state/here.svelte";
import { router } from "../state/router.svelte";
import { session } from "../state/session.svelte";
import { t } from "../i18n/text.svelte";
import { linked } from "../screens/route/linked.svelte";
import { picked } from "../screens/route/picked.svelte";
import { lockTogether } from "../screens/route/together";
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
const somePicked = (): boolean => onRoute() && picked.ids.size > 0;

export const publishPlan: Action = {
  id: "publish-plan",
  group: "route",
  label: "route.publish",
  shortcut: "u",
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
  when: () => onStop() || somePicked(),
  run: () => {
    const stops = picked.stops(here.dispatch);
    if (stops.length) return lockTogether(stops, !stops.every((stop) => stop.locked));
    return here.stop && changePlan("lock_stop", { id: here.stop.id, locked: !here.stop.locked });
  },
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
  when: () => onStop() || somePicked(),
  whyNot: () => (session.may("move_stop") ? "" : t("common.notAllowed")),
  run: () => {
    if (somePicked()) document.querySelector<HTMLElement>("[data-testid=picked-van]")?.focus();
    else here.movingStop = true;
  },
};
/** The next line drawn on the map goes around stops. */
export const drawAround: Action = {
  id: "draw-around",
  group: "route",
  label: "route.lasso",
  shortcut: "s",
  when: onRoute,
  run: () => (picked.drawing = !picked.drawing),
};
export const pickNone: Action = {
  id: "pick-none",
  group: "route",
  label: "route.pickNone",
  shortcut: "escape",
  when: () => onRoute() && (somePicked() || picked.drawing) && panels.top === null,
  run: () => picked.clear(),
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

const mayReplan = (): string => (session.may("replan") ? "" : t("common.notAllowed"));

/** The cheapest places for the stop, for a customer who waits on the phone. */
export const findPlace: Action = {
  id: "find-place",
  group: "route",
  label: "route.findPlace",
  shortcut: "f",
  when: () => onStop() && ["unplanned", "planned"].includes(here.stop?.state ?? ""),
  run: () => here.stop && linked.findPlace(here.stop),
};
/** The stop gets a van, and the routes nearby fit themselves around it. */
export const planAround: Action = {
  id: "plan-around",
  group: "route",
  label: "route.planAround",
  shortcut: "a",
  when: () => onStop() && here.stop?.state === "unplanned",
  whyNot: mayReplan,
  run: () => here.stop && linked.replan({ what: "new_stop", stop_id: here.stop.id }),
};
export const takeOffer: Action = {
  id: "take-offer",
  group: "route",
  label: "route.takeOffer",
  when: () => onRoute() && linked.offer !== null,
  run: async () => {
    if (await changePlan("replan_take", {})) linked.offer = null;
  },
};
export const dropOffer: Action = {
  id: "drop-offer",
  group: "route",
  label: "route.dropOffer",
  when: () => onRoute() && linked.offer !== null,
  run: async () => {
    linked.offer = null;
    await act("replan_drop", {});
  },
};
const chosenVan = (): VanView | undefined => {
  const route = here.dispatch?.routes.find((one) => one.stops.some((stop) => stop.id === here.stop?.id));
  return here.dispatch?.vans.find((van) => van.id === route?.van_id);
};
/** The van of the chosen stop is late, or drives no more. */
export const vanTrouble: Action = {
  id: "van-trouble",
  group: "route",
  label: "route.trouble",
  shortcut: "v",
  when: () => onStop() && chosenVan() !== undefined,
  whyNot: mayReplan,
  run: () => {
    const van = chosenVan();
    if (van) askTrouble(van);
  },
};

const HALF_HOUR_MS = 1_800_000;

export function askTrouble(van: VanView): void {
  const soon = timeOf(Date.now() + HALF_HOUR_MS);
  ask({
    title: t("route.troubleWith", { van: van.name }),
    fields: [
      {
        id: "what",
        label: "route.troubleWhat",
        kind: "select",
        options: (["late", "out", "outBack"] as const).map((value) => ({
          value,
          label: t(`route.trouble.${value}`),
        })),
      },
      { id: "until", label: "route.troubleUntil", kind: "text", value: soon, optional: true },
    ],
    submit: "route.planAround",
    done: (values) => {
      if (values.what !== "late")
        return linked.replan({ what: "van_out", van_id: van.id, goods_are_back: values.what === "outBack" });
      const until = instantOf(here.dispatch?.day ?? "", values.until);
      if (until === null) return toast.say("stop", t("route.noTime"), t("route.noTimeHint"));
      return linked.replan({ what: "van_late", van_id: van.id, until });
    },
  });
}

async function whatIf(question: WhatIfArgs): Promise<void> {
  toast.say("plain", t("route.whatIfThinking"));
  const answer = await asked("what_if", question);
  if (answer) toast.say("plain", answer.text);
}
export const windowCost: Action = {
  id: "window-cost",
  group: "route",
  label: "route.windowCost",
  shortcut: "w",
  when: () => onStop() && here.stop?.state === "planned",
  run: () => here.stop && whatIf({ what: "any_time", stop_id: here.stop.id }),
};
export const oneMoreVan: Action = {
  id: "one-more-van",
  group: "route",
  label: "route.oneMoreVan",
  when: () => onRoute() && (here.dispatch?.routes.length ?? 0) > 0,
  run: () => {
    const like = chosenVan()?.id ?? here.dispatch?.routes[0]?.van_id;
    if (like) void whatIf({ what: "one_more_van", like });
  },
};
export const laterEnd: Action = {
  id: "later-end",
  group: "route",
  label: "route.laterEnd",
  when: () => onStop() && chosenVan() !== undefined,
  run: () => {
    const van = chosenVan();
    if (van) void whatIf({ what: "later_end", van_id: van.id, minutes: 60 });
  },
};

export const routeActions: Action[] = [
  publishPlan,
  closeStreet,
  planAround,
  findPlace,
  lockStop,
  moveStopByKey,
  drawAround,
  pickNone,
  vanTrouble,
  takeOffer,
  dropOffer,
  windowCost,
  oneMoreVan,
  laterEnd,
  printManifests,
];
