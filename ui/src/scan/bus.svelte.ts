// A scan goes to whoever asked last: the floor screen on top, else the field in the frame.
import { session } from "../state/session.svelte";
import { WedgeReader, withoutPrefix } from "./wedge";

/** A longer line is a sentence that was copied by mistake. */
const CODE_LETTERS_MAX = 120;

/** How a code came in: typed in a burst, or pasted. */
export interface How {
  took_ms: number;
  end: "Enter" | "Tab" | "paste";
}
export type ScanHandler = (text: string, how?: How) => void;

const handlers: ScanHandler[] = [];

export function takeScans(handler: ScanHandler): () => void {
  handlers.push(handler);
  return () => {
    const at = handlers.lastIndexOf(handler);
    if (at >= 0) handlers.splice(at, 1);
  };
}

export function deliverScan(text: string, how?: How): void {
  const clean = withoutPrefix(text.trim(), session.prefix);
  if (clean) handlers.at(-1)?.(clean, how);
}

/** Codes out of a list or a mail, one a line: as if they had been scanned one after another. */
export function codesOf(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.split("\t")[0].trim());
  return lines.filter((line) => line !== "" && line.length <= CODE_LETTERS_MAX);
}

type Field = HTMLInputElement | HTMLTextAreaElement;

function fieldOf(target: EventTarget | null): Field | null {
  const field = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  return field ? (target as Field) : null;
}

/** A text field the person has chosen keeps what is scanned into it; a number field does not. */
function keepsScans(field: Field | null): boolean {
  return field !== null && field.inputMode !== "numeric";
}

/** Listens on the whole window, whatever has the focus. Returns how to stop. */
export function listenForScans(target: Window): () => void {
  const reader = new WedgeReader();
  let before: string | null = null;
  const onKey = (event: KeyboardEvent): void => {
    reader.prefix = session.prefix;
    const field = fieldOf(event.target);
    if (keepsScans(field)) {
      reader.reset();
      return;
    }
    const heard = reader.handle({
      key: event.key,
      at: event.timeStamp,
      ctrl: event.ctrlKey,
      alt: event.altKey || event.metaKey,
      composing: event.isComposing,
    });
    if (heard.kind === "part" && heard.length === 1) before = field?.value ?? null;
    if (heard.kind !== "scan") return;
    event.preventDefault();
    event.stopPropagation();
    // The burst has also been typed into the quantity that had the focus: put that back.
    if (field && before !== null) {
      field.value = before;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    deliverScan(heard.text, { took_ms: heard.took_ms, end: heard.end });
  };
  const onPaste = (event: ClipboardEvent): void => {
    // A text field the person has chosen keeps what is pasted into it.
    if (keepsScans(fieldOf(event.target)) || event.target instanceof HTMLSelectElement) return;
    const codes = codesOf(event.clipboardData?.getData("text") ?? "");
    if (!codes.length) return;
    event.preventDefault();
    for (const code of codes) deliverScan(code, { took_ms: 0, end: "paste" });
  };
  target.addEventListener("keydown", onKey, true);
  target.addEventListener("paste", onPaste);
  return () => {
    target.removeEventListener("keydown", onKey, true);
    target.removeEventListener("paste", onPaste);
  };
}
