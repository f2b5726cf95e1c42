// A scan goes to whoever asked last: the floor screen on top, else the field in the frame.
import { WedgeReader } from "./wedge";

export type ScanHandler = (text: string) => void;

const handlers: ScanHandler[] = [];

export function takeScans(handler: ScanHandler): () => void {
  handlers.push(handler);
  return () => {
    const at = handlers.lastIndexOf(handler);
    if (at >= 0) handlers.splice(at, 1);
  };
}

export function deliverScan(text: string): void {
  const clean = text.trim();
  if (clean) handlers.at(-1)?.(clean);
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
    deliverScan(heard.text);
  };
  target.addEventListener("keydown", onKey, true);
  return () => target.removeEventListener("keydown", onKey, true);
}
