// What the person is looking at, so that an action knows what it would act on.
import { untrack } from "svelte";
import type { Action } from "../actions/action";
import type { DispatchView, OrderDetail, ProposalRow, StockKeyRow, StopView } from "../api/bindings";

class Here {
  order = $state.raw<OrderDetail | null>(null);
  selectedOrders = $state.raw<string[]>([]);
  stockKey = $state.raw<StockKeyRow | null>(null);
  /** The proposal in the panel, and those with a tick. */
  proposal = $state.raw<ProposalRow | null>(null);
  selectedProposals = $state.raw<ProposalRow[]>([]);
  dispatch = $state.raw<DispatchView | null>(null);
  stop = $state.raw<StopView | null>(null);
  movingStop = $state(false);
  /** A floor screen covers all else, which then must not be reached by Tab either. */
  floorOpen = $state(false);
  floorActions = $state.raw<Action[]>([]);
  /** What can be done with the screen in view and the row that the cursor is on. */
  screenActions = $state.raw<Action[]>([]);
}
export const here = new Here();

/** Offers actions for as long as a screen or panel is shown. Call while a component is set up. */
export function offer(actions: Action[]): void {
  $effect(() => {
    here.screenActions = [...untrack(() => here.screenActions), ...actions];
    return () => (here.screenActions = here.screenActions.filter((one) => !actions.includes(one)));
  });
}
