// Which columns a table draws, and how wide they are: what the screen proposes and what a person wishes.
import type { TableWishes } from "../../state/personal.svelte";
import type { Column } from "../table";

/** What stands around the columns: the padding of a row, and the boxes to tick. */
const PADDING_PX = 24;
export const CHECK_PX = 36;

/** Buttons have no head and are always there. */
export const canHide = (column: Column): boolean => column.head !== "";

export function isShown(column: Column, wishes: TableWishes, tablePx: number): boolean {
  if (!canHide(column)) return true;
  return wishes.columns[column.id] ?? (!column.extra && tablePx >= (column.hideBelow ?? 0));
}

/** A table without columns would be no table: the first one stays. */
export function shownColumns(columns: Column[], wishes: TableWishes, tablePx: number): Column[] {
  const shown = columns.filter((column) => isShown(column, wishes, tablePx));
  return shown.some(canHide) ? shown : [columns[0], ...shown];
}

/** What a file of the table holds: a narrow window takes nothing from it, only the person does. */
export function writtenColumns(columns: Column[], wishes: TableWishes): Column[] {
  return shownColumns(columns, wishes, Infinity);
}

/** The least that a track such as "minmax(120px, 1fr)" takes. */
export function leastPx(track: string): number {
  return Number(/(\d+(?:\.\d+)?)px/.exec(track)?.[1] ?? 0);
}

export interface Tracks {
  css: string;
  /** Narrower than this the table is scrolled sideways. */
  least_px: number;
}

/** Narrower than this a column says nothing. */
export const COLUMN_PX_MIN = 40;
export const COLUMN_PX_MAX = 900;

export function tracksOf(columns: Column[], checks: boolean, widths: Record<string, number> = {}): Tracks {
  const tracks = columns.map((column) => (widths[column.id] ? `${widths[column.id]}px` : column.width));
  if (checks) tracks.unshift(`${CHECK_PX}px`);
  const least = tracks.reduce((sum, track) => sum + leastPx(track), PADDING_PX);
  return { css: tracks.join(" "), least_px: least };
}
