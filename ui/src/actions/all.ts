import { here } from "../state/here.svelte";
import type { Action } from "./action";
import { everywhere } from "./everywhere";
import { goActions, railDigits } from "./go";
import { orderActions } from "./orders";
import { routeActions } from "./route";
import { stockActions } from "./stock";

export const fixedActions: Action[] = [
  ...everywhere,
  ...goActions,
  ...orderActions,
  ...stockActions,
  ...routeActions,
];

/** Everything that could be done now; the floor's own keys come first. */
export function actionsNow(): Action[] {
  return [...here.floorActions, ...fixedActions].filter((action) => action.when());
}
export function keysNow(): Action[] {
  return [...here.floorActions, ...fixedActions, ...railDigits].filter(
    (action) => action.shortcut && action.when() && !action.whyNot?.(),
  );
}
