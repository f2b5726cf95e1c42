// What lies over the right side of a screen: an explanation, an undo, a question. One at a time,
// with a way back to the one below.
import type { Key } from "../i18n/text.svelte";
import type { MovesArgs } from "../api/bindings";
import type { Column } from "../components/table";

export interface AskField {
  id: string;
  label: Key;
  kind: "text" | "qty" | "select" | "area";
  value?: string;
  options?: { value: string; label: string }[];
  optional?: boolean;
}
export interface Ask {
  title: string;
  hint?: string;
  fields: AskField[];
  submit: Key;
  danger?: boolean;
  done: (values: Record<string, string>) => void | Promise<void>;
}
/** A table whose looks are being chosen. */
export interface TableLook {
  name: string;
  columns: () => Column[];
  /** Those that are drawn now. */
  shown: () => string[];
  /** How wide they are, in pixels. */
  measure: () => Record<string, number>;
}
export type Panel =
  | { kind: "moves"; args: Omit<MovesArgs, "offset" | "limit"> }
  | { kind: "undo"; eventId: string }
  | { kind: "ask"; ask: Ask }
  | { kind: "table"; look: TableLook }
  | { kind: "help" }
  | { kind: "proof"; stop: { id: string; customer: string; proof: boolean } }
  | { kind: "shortcuts" };

class Panels {
  stack = $state.raw<Panel[]>([]);
  palette = $state(false);

  get top(): Panel | null {
    return this.stack.at(-1) ?? null;
  }
  open(panel: Panel): void {
    const rest = this.stack.filter((other) => other.kind !== panel.kind);
    this.stack = [...rest, panel];
  }
  close(): void {
    this.stack = this.stack.slice(0, -1);
  }
  closeAll(): void {
    this.stack = [];
  }
}
export const panels = new Panels();

export function explain(args: Partial<MovesArgs>): void {
  panels.open({
    kind: "moves",
    args: { key: null, sku: null, location: null, lot: null, ...args },
  });
}
export function ask(question: Ask): void {
  panels.open({ kind: "ask", ask: question });
}
export function previewUndo(eventId: string): void {
  panels.open({ kind: "undo", eventId });
}
