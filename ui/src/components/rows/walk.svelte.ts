// Where one is in a table, and where a key leads.
import { scrollTo, stepTo } from "../sight";
import { controlToRow } from "./inside";
import type { Lines } from "./lines.svelte";

export interface Walked<Row> {
  box: HTMLElement;
  row_px: number;
  body_px: number;
  /** A panel shows the row under the cursor and follows it. */
  follows: boolean;
  open?: (row: Row) => void;
  tick?: (rows: Row[]) => void;
}

export class Walk<Row> {
  cursor = $state(-1);
  #lines: Lines<Row>;
  #now: () => Walked<Row>;

  constructor(lines: Lines<Row>, now: () => Walked<Row>) {
    this.#lines = lines;
    this.#now = now;
  }

  moveTo(index: number): void {
    const { box, row_px, body_px, follows, open } = this.#now();
    this.cursor = index;
    // Under a pinned head a row would not be seen.
    const covered = this.#lines.groups ? row_px : 0;
    const from = box.scrollTop + covered;
    const to = scrollTo(index, this.#lines.total, row_px, body_px - covered, from) - covered;
    if (to !== box.scrollTop) box.scrollTop = Math.max(0, to);
    const row = this.#lines.row(index);
    if (row && follows) open?.(row);
  }

  fold(index: number): void {
    const head = this.#lines.head(index);
    if (!head) return;
    this.moveTo(index);
    this.#lines.fold(head.head.key, head.open);
  }

  /** ← closes a group, from any of its rows; → opens it. */
  #foldByKey(key: string): boolean {
    const at = this.#lines.headAt(this.cursor);
    const head = this.#lines.head(at);
    if (!head || !["ArrowLeft", "ArrowRight"].includes(key)) return false;
    if (key === "ArrowLeft" && at !== this.cursor) this.moveTo(at);
    else if (at === this.cursor && head.open === (key === "ArrowLeft")) this.fold(at);
    else return false;
    return true;
  }

  onkeydown(event: KeyboardEvent): void {
    const { box, row_px, body_px, open, tick } = this.#now();
    const onTable = event.target === box;
    if (controlToRow(event, box, this.cursor) || (onTable && this.#foldByKey(event.key))) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (!onTable) {
      if (!["ArrowUp", "ArrowDown"].includes(event.key)) return;
      box.focus();
    }
    const step = stepTo(event.key, this.cursor, Math.floor(body_px / row_px) - 1, this.#lines.total);
    const row = this.#lines.row(this.cursor);
    const head = this.#lines.head(this.cursor);
    if (step !== null) this.moveTo(step);
    else if (event.key === "Enter" && row) open?.(row);
    else if (event.key === " " && tick && (row || head)) tick(row ? [row] : (head?.head.rows ?? []));
    else if (["Enter", " "].includes(event.key) && head) this.fold(this.cursor);
    else return;
    event.preventDefault();
  }
}
