// What stands in a row of a table: Tab passes it by, → and ← walk through it.
const CONTROLS = "button, input, select, a[href]";

/** Tab passes a table in one step, however long it is. */
export function outOfTabs(rows: Element): () => void {
  const take = (): void =>
    rows.querySelectorAll<HTMLElement>(CONTROLS).forEach((control) => (control.tabIndex = -1));
  const watch = new MutationObserver(take);
  watch.observe(rows, { childList: true, subtree: true });
  take();
  return () => watch.disconnect();
}

/** Moves the focus into the row under the cursor, along it, or back to the table; whether it did. */
export function controlToRow(event: KeyboardEvent, table: HTMLElement, cursor: number): boolean {
  const by = { ArrowRight: 1, ArrowLeft: -1, Escape: -1 }[event.key];
  if (by === undefined) return false;
  const row = table.querySelector(`[aria-rowindex="${cursor + 1}"]`);
  const controls = [...(row?.querySelectorAll<HTMLElement>(CONTROLS) ?? [])];
  const at = controls.indexOf(event.target as HTMLElement);
  if (at < 0 && by < 0) return false;
  (event.key === "Escape" ? table : (controls[at + by] ?? table)).focus();
  return true;
}
