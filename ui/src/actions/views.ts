// Every saved view can be opened from everywhere.
import { t, type Key } from "../i18n/text.svelte";
import { personal } from "../state/personal.svelte";
import { views } from "../state/views.svelte";
import type { Action } from "./action";

export function viewActions(): Action[] {
  return personal.now.views.map((view) => ({
    id: `view-${view.id}`,
    group: "go",
    label: "views.open",
    values: { screen: t(`nav.${view.screen}` as Key), name: view.name },
    when: () => true,
    run: () => views.open(view),
  }));
}
