// Rows put together by what a column says, each group with its count and its sums.
import type { Cell } from "../../api/bindings";
import { cellOf } from "../sheet";
import { dayOf } from "../../i18n/zone";
import type { Column } from "../table";

export interface Group<Row> {
  /** What its rows have in common; empty when they have nothing there. */
  key: string;
  rows: Row[];
  /** Of each column that is added up. */
  sums: Record<string, Cell>;
}
/** What stands on one line of a grouped table. */
export type Line<Row> = { head: Group<Row>; open: boolean } | { row: Row; of: number };

function keyOf(row: unknown, column: Column): string {
  const value = (row as Record<string, unknown>)[column.field ?? column.id];
  if (column.group === "day" && typeof value === "number") return dayOf(value);
  const cell = cellOf(row, { ...column, time: false });
  return typeof cell === "object" ? JSON.stringify(cell) : String(cell);
}

/** Adds up what is shown: whole numbers, and money of one currency. */
export function sumOf(cells: Cell[]): Cell {
  let sum = 0;
  let currency = "";
  for (const cell of cells) {
    if (typeof cell === "number") sum += cell;
    else if (typeof cell === "object" && "minor" in cell) {
      if (currency && currency !== cell.currency) return "";
      currency = cell.currency;
      sum += cell.minor;
    }
  }
  return currency ? { minor: sum, currency } : sum;
}

/** The groups stand in the order in which the rows bring them up, so the table's order goes on. */
export function groupRows<Row>(rows: Row[], by: Column, columns: Column[]): Group<Row>[] {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row, by);
    const of = found.get(key);
    if (of) of.push(row);
    else found.set(key, [row]);
  }
  const summed = columns.filter((column) => column.sum);
  const sums = (of: Row[]): Record<string, Cell> =>
    Object.fromEntries(summed.map((column) => [column.id, sumOf(of.map((row) => cellOf(row, column)))]));
  return [...found].map(([key, of]) => ({ key, rows: of, sums: sums(of) }));
}

/** The lines of the table: a head for each group, and the rows of those that are open. */
export function linesOf<Row>(groups: Group<Row>[], closed: ReadonlySet<string>): Line<Row>[] {
  const lines: Line<Row>[] = [];
  for (const head of groups) {
    const at = lines.length;
    const open = !closed.has(head.key);
    lines.push({ head, open });
    if (open) for (const row of head.rows) lines.push({ row, of: at });
  }
  return lines;
}

/** The line of the head that a line belongs to. */
export function headAt<Row>(lines: Line<Row>[], index: number): number {
  const line = lines[index];
  return line && "row" in line ? line.of : index;
}
