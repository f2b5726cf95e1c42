// From a key to an action. Two keys may follow one another ("g o"); a scanner's burst is no shortcut.
import { BURST_GAP_MS } from "../scan/wedge";
import type { Action } from "./action";

/** How long the second key of a pair may take. */
const PAIR_MS = 1200;

export interface Pressed {
  key: string;
  ctrl: boolean;
  alt: boolean;
  code?: string;
}

/** "ctrl+k", "alt+1", "f2", "?", "g". */
export function nameOf(pressed: Pressed): string {
  // Alt with a digit may type a sign on some layouts; the key's place says the digit.
  const digit = /^Digit(\d)$/.exec(pressed.code ?? "")?.[1];
  const key = pressed.alt && digit ? digit : pressed.key.toLowerCase();
  return (pressed.ctrl ? "ctrl+" : "") + (pressed.alt ? "alt+" : "") + key;
}

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "range"].includes(target.type);
}

/** Finds what a name means, given the first key of a pair if one was pressed. */
export function match(actions: Action[], name: string, first: string): Action | undefined {
  const wanted = first ? `${first} ${name}` : name;
  return actions.find((action) => action.shortcut === wanted);
}

export function listenForKeys(target: Window, actionsNow: () => Action[]): () => void {
  let first = "";
  let firstAt = 0;
  let lastPlain = -Infinity;
  let waiting: { name: string; timer: ReturnType<typeof setTimeout> } | null = null;

  const fire = (name: string): boolean => {
    const now = performance.now();
    const actions = actionsNow();
    const pair = now - firstAt < PAIR_MS ? first : "";
    first = "";
    const action = match(actions, name, pair) ?? (pair ? match(actions, name, "") : undefined);
    if (action) {
      void action.run();
      return true;
    }
    if (actions.some((other) => other.shortcut?.startsWith(name + " "))) {
      first = name;
      firstAt = now;
    }
    return false;
  };

  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const name = nameOf({
      key: event.key,
      ctrl: event.ctrlKey || event.metaKey,
      alt: event.altKey,
      code: event.code,
    });
    const plain = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!plain) {
      // Ctrl-Z in a text field takes back typing, not stock.
      if (isTyping(event.target) && name === "ctrl+z") return;
      // Enter on a button presses that button.
      if (name === "enter" && event.target instanceof HTMLButtonElement) return;
      if (fire(name)) event.preventDefault();
      return;
    }
    if (isTyping(event.target)) return;
    // A letter counts only if no other came right before or after it: scanners type letters too.
    const burst = event.timeStamp - lastPlain <= BURST_GAP_MS;
    lastPlain = event.timeStamp;
    const before = waiting;
    waiting = null;
    if (before) clearTimeout(before.timer);
    if (burst) return;
    // On a busy machine the next key may be here before the last one's time was up.
    if (before) fire(before.name);
    if (name === "/" || name === "?") event.preventDefault();
    const timer = setTimeout(() => {
      waiting = null;
      fire(name);
    }, BURST_GAP_MS + 5);
    waiting = { name, timer };
  };
  target.addEventListener("keydown", onKey);
  return () => target.removeEventListener("keydown", onKey);
}
