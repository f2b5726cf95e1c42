// The lines of a table: all rows as they are, rows fetched by the page, or either in groups.
import { untrack } from "svelte";
import { changes } from "../../api/query.svelte";
import { session } from "../../state/session.svelte";
import { PagedRows, type LoadPage } from "../paging.svelte";
import type { Column } from "../table";
import { everyRow } from "./every";
import { groupRows, headAt, linesOf, type Group } from "./groups";

/** Grouping needs every row at once; more than these are neither fetched nor read. */
export const GROUPED_ROWS_MAX = 5_000;

export interface Asked<Row> {
  rows?: Row[];
  load?: LoadPage<Row>;
  columns: Column[];
  /** The column that rows are grouped by, if any. */
  by?: Column;
}

export class Lines<Row> {
  readonly paged = new PagedRows<Row>(() => Promise.resolve({ rows: [], total: 0 }));
  #asked: () => Asked<Row>;
  #whole = $state.raw<Row[] | null>(null);
  #round = 0;
  closed = $state.raw<ReadonlySet<string>>(new Set());

  /** Rows, whether they are here or not. */
  readonly rows = $derived.by(() => this.#asked().rows?.length ?? this.paged.total);
  readonly tooMany = $derived.by(() => this.#asked().by !== undefined && this.rows > GROUPED_ROWS_MAX);
  readonly groups = $derived.by((): Group<Row>[] | null => {
    const { rows, by, columns } = this.#asked();
    const all = rows ?? this.#whole;
    return by && all && !this.tooMany ? groupRows(all, by, columns) : null;
  });
  readonly waiting = $derived.by(() => this.#asked().by !== undefined && !this.tooMany && !this.groups);
  readonly #lines = $derived(this.groups && linesOf(this.groups, this.closed));
  /** Lines that can be scrolled through: heads and rows. */
  readonly total = $derived(this.#lines ? this.#lines.length : this.rows);

  /** Call while the table is being set up. */
  constructor(asked: () => Asked<Row>, restarted: () => void) {
    this.#asked = asked;
    const load = $derived(asked().load);
    $effect(() => {
      if (!load) return;
      untrack(() => {
        this.#whole = null;
        restarted();
        this.paged.restart(load);
      });
    });
    $effect(() => {
      // The same rows again, in another language or with newer figures: the place is kept.
      void session.header;
      if (changes.n >= 0 && untrack(() => load && this.paged.loaded)) untrack(() => this.paged.refresh());
    });
    $effect(() => {
      void [session.header, changes.n];
      if (asked().by && load && this.paged.loaded && this.rows <= GROUPED_ROWS_MAX) void this.#fetchAll(load);
    });
  }

  async #fetchAll(load: LoadPage<Row>): Promise<void> {
    const mine = ++this.#round;
    const rows = await everyRow(
      load,
      untrack(() => this.rows),
    ).catch(() => null);
    // When asking failed the table itself says so; the rows stand there without groups.
    if (mine === this.#round && rows) this.#whole = rows;
  }

  row(index: number): Row | undefined {
    const line = this.#lines?.[index];
    if (line) return "row" in line ? line.row : undefined;
    const { rows } = this.#asked();
    return rows ? rows[index] : this.paged.row(index);
  }
  head(index: number): { head: Group<Row>; open: boolean } | null {
    const line = this.#lines?.[index];
    return line && "head" in line ? line : null;
  }
  /** The line of the head that a line stands under. */
  headAt(index: number): number {
    return this.#lines ? headAt(this.#lines, index) : -1;
  }
  /** Every row that is here. */
  here(): Row[] {
    return this.#asked().rows ?? this.#whole ?? this.paged.here();
  }

  fold(key: string, close: boolean): void {
    const closed = new Set(this.closed);
    if (close) closed.add(key);
    else closed.delete(key);
    this.closed = closed;
  }
  /** Closes all groups, or opens them when all are closed. */
  foldAll(): void {
    const keys = (this.groups ?? []).map((group) => group.key);
    this.closed = new Set(keys.some((key) => !this.closed.has(key)) ? keys : []);
  }
}
