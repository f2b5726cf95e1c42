// Saved views: a question and its columns, picked again by name.
import { personal, type SavedView } from "./personal.svelte";
import { router } from "./router.svelte";

/** A view that nobody has named yet: what is on the screen now. */
export type Unnamed = Omit<SavedView, "id" | "name">;

const sorted = (value: object): string => JSON.stringify(Object.entries(value).sort());

/** Whether a saved view is what is on the screen. */
export function shows(view: SavedView, now: Unnamed): boolean {
  const parts = (of: Unnamed): string[] => [
    of.tab,
    of.table,
    of.group,
    sorted(of.question),
    sorted(of.columns),
  ];
  return view.screen === now.screen && parts(view).join("\n") === parts(now).join("\n");
}

class Views {
  /** Picked from anywhere, until its screen is there to show it. */
  wanted = $state.raw<SavedView | null>(null);

  of(screen: string): SavedView[] {
    return personal.now.views.filter((view) => view.screen === screen);
  }
  open(view: SavedView): void {
    personal.changeTable(view.table, { columns: view.columns, group: view.group });
    this.wanted = view;
    router.go(view.screen, view.tab);
  }
  add(now: Unnamed, name: string): SavedView {
    const view = { ...now, name: name.trim(), id: `${Date.now()}-${personal.now.views.length}` };
    personal.change({ views: [...personal.now.views, view] });
    return view;
  }
  replace(view: SavedView): void {
    personal.change({ views: personal.now.views.map((one) => (one.id === view.id ? view : one)) });
  }
  putBack(view: SavedView): void {
    personal.change({ views: [...personal.now.views.filter((one) => one.id !== view.id), view] });
  }
  remove(view: SavedView): void {
    personal.change({ views: personal.now.views.filter((one) => one.id !== view.id) });
  }
}
export const views = new Views();
