// A table's rows, fetched by the page as they come into sight, and forgotten when far away.
export interface PageAnswer<Row> {
  rows: Row[];
  total: number;
}
export type LoadPage<Row> = (offset: number, limit: number) => Promise<PageAnswer<Row>>;

export const PAGE_ROWS = 100;
const PAGES_KEPT = 24;

export class PagedRows<Row> {
  total = $state(0);
  loaded = $state(false);
  failed = $state.raw<unknown>(null);
  #pages = $state.raw(new Map<number, Row[]>());
  #load: LoadPage<Row>;
  #inFlight = new Set<number>();
  #round = 0;
  #inSight: [number, number] = [0, 0];

  constructor(load: LoadPage<Row>) {
    this.#load = load;
  }

  row(index: number): Row | undefined {
    return this.#pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS];
  }

  /** Every row that is here already, in order. */
  here(): Row[] {
    return [...this.#pages.entries()].sort((a, b) => a[0] - b[0]).flatMap(([, rows]) => rows);
  }

  /** Makes sure that the rows in sight are, or will be, here. */
  see(first: number, last: number): void {
    this.#inSight = [Math.floor(first / PAGE_ROWS), Math.floor(Math.max(first, last) / PAGE_ROWS)];
    for (let page = this.#inSight[0]; page <= this.#inSight[1]; page += 1) {
      if (!this.#pages.has(page)) void this.#fetch(page);
    }
  }

  /** Another question: nothing that is here holds any more. */
  restart(load: LoadPage<Row>): void {
    this.#load = load;
    this.#round += 1;
    this.#inFlight.clear();
    void this.#fetch(this.#inSight[0] > 0 ? 0 : this.#inSight[0], true);
  }

  /** Something changed: ask again for what is in sight, keep showing the old until then. */
  refresh(): void {
    this.#round += 1;
    this.#inFlight.clear();
    for (let page = this.#inSight[0]; page <= this.#inSight[1]; page += 1)
      void this.#fetch(page, page === this.#inSight[0]);
  }

  async #fetch(page: number, forgetOthers = false): Promise<void> {
    if (this.#inFlight.has(page)) return;
    this.#inFlight.add(page);
    const round = this.#round;
    try {
      const answer = await this.#load(page * PAGE_ROWS, PAGE_ROWS);
      if (round !== this.#round) return;
      const pages = forgetOthers ? new Map<number, Row[]>() : new Map(this.#pages);
      pages.set(page, answer.rows);
      for (const other of [...pages.keys()]) {
        if (pages.size > PAGES_KEPT && (other < this.#inSight[0] - 2 || other > this.#inSight[1] + 2)) {
          pages.delete(other);
        }
      }
      this.#pages = pages;
      this.total = answer.total;
      this.failed = null;
    } catch (error) {
      if (round === this.#round) this.failed = error;
    } finally {
      if (round === this.#round) {
        this.#inFlight.delete(page);
        this.loaded = true;
      }
    }
  }
}
