import { here } from "../state/here.svelte";
import type { Action } from "./action";
import { buyActions } from "./buy";
import { everywhere } from "./everywhere";
import { goActions, railDigits } from "./go";
import { orderActions } from "./orders";
import { placeActions } from "./place";
import { reportActions } from "./reports";
import { routeActions } from "./route";
import { stockActions } from "./stock";
import { viewActions } from "./views";

export const fixedActions: Action[] = [
  ...everywhere,
  ...reportActions,
  ...goActions,
  ...orderActions,
  ...stockActions,
  ...buyActions,
  ...routeActions,
  ...placeActions,
];

/** Everything that could be done now; the floor's own keys come first. */
export function actionsNow(): Action[] {
  const all = [...here.floorActions, ...here.screenActions, ...viewActions(), ...fixedActions];
  return all.filter((action) => action.when());
}

/** At the shelf a stray letter must not lead to another screen: only the floor's own keys and those of everywhere. */
export function keysNow(): Action[] {
  const others = here.floorOpen ? everywhere : [...here.screenActions, ...fixedActions, ...railDigits];
  return [...here.floorActions, ...others].filter(
    (action) => action.shortcut && action.when() && !action.whyNot?.(),
  );
}
