// How one person likes their tables and panels on this machine. Kept for each person apart, under a
// version: what another version wrote is left alone.
import type { Column } from "../components/table";
import { session } from "./session.svelte";

const VERSION = 1;

export interface TableWishes {
  /** Columns shown or hidden by hand; the others follow the width of the window. */
  columns: Record<string, boolean>;
  /** In pixels; the others are as wide as the screen proposes. */
  widths: Record<string, number>;
  /** The column that rows are grouped by, or "". */
  group: string;
}

/** What a screen asks for: search, filter, order. */
export type Question = Record<string, string | boolean>;

/** A question with its columns, under the name somebody gave it. */
export interface SavedView {
  id: string;
  screen: string;
  name: string;
  /** The tab it was saved on. */
  tab: string;
  question: Question;
  table: string;
  columns: Record<string, boolean>;
  group: string;
}

export interface Personal {
  tables: Record<string, TableWishes>;
  views: SavedView[];
  /** Widths of panels in pixels. */
  panels: Record<string, number>;
  /** The first screen shows everything, whatever the role. */
  everything: boolean;
}

const NO_WISHES: TableWishes = { columns: {}, widths: {}, group: "" };
const NOTHING: Personal = { tables: {}, views: [], panels: {}, everything: false };
const place = (person: string): string => `quayside.personal.${VERSION}.${person}`;

/** What is no longer readable is as if it had never been written. */
export function read(text: string | null): Personal {
  try {
    const kept = JSON.parse(text ?? "null") as Partial<Personal> | null;
    return {
      tables: kept?.tables ?? {},
      views: Array.isArray(kept?.views) ? kept.views : [],
      panels: kept?.panels ?? {},
      everything: kept?.everything === true,
    };
  } catch {
    return NOTHING;
  }
}

class Store {
  #written = $state(0);
  /** Without a place to keep it, it lasts as long as the window. */
  #text: Record<string, string> = {};

  now = $derived.by((): Personal => {
    void this.#written;
    const at = place(session.person?.id ?? "");
    return read(globalThis.localStorage?.getItem(at) ?? this.#text[at] ?? null);
  });

  change(change: Partial<Personal>): void {
    const at = place(session.person?.id ?? "");
    const text = JSON.stringify({ ...this.now, ...change });
    this.#text[at] = text;
    try {
      globalThis.localStorage?.setItem(at, text);
    } catch {
      // A full or forbidden store only means that it is forgotten with the window.
    }
    this.#written += 1;
  }

  table(name: string): TableWishes {
    return { ...NO_WISHES, ...this.now.tables[name] };
  }
  changeTable(name: string, change: Partial<TableWishes>): void {
    const tables = { ...this.now.tables, [name]: { ...this.table(name), ...change } };
    this.change({ tables });
  }
  /** Null gives a panel back the width that the screen proposes. */
  setPanel(name: string, px: number | null): void {
    const { [name]: _, ...panels } = this.now.panels;
    this.change({ panels: px === null ? panels : { ...panels, [name]: px } });
  }
  setWidth(name: string, column: string, px: number | null): void {
    const { [column]: _, ...widths } = this.table(name).widths;
    this.changeTable(name, { widths: px === null ? widths : { ...widths, [column]: px } });
  }
  showColumn(name: string, column: Column, shown: boolean): void {
    this.changeTable(name, { columns: { ...this.table(name).columns, [column.id]: shown } });
  }
}
export const personal = new Store();
