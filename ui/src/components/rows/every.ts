// All rows that a question has, for whoever needs them together.
import type { LoadPage } from "../paging.svelte";

const ROWS_AT_ONCE = 1000;

export async function everyRow<Row>(load: LoadPage<Row>, total: number): Promise<Row[]> {
  const rows: Row[] = [];
  while (rows.length < total) {
    const page = await load(rows.length, ROWS_AT_ONCE);
    if (page.rows.length === 0) break;
    rows.push(...page.rows);
  }
  return rows;
}
