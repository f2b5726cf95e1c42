// The last things that went wrong on the screens, for whoever has to help. Kept in memory only, and
// without what people or customers are called: a refused command is known by its code.
import type { Problem } from "../api/bindings";

export interface Trouble {
  at: number;
  what: string;
}

const KEPT = 20;
/** A message may carry along what was typed; its beginning says what it is. */
const LETTERS_MAX = 160;

class Troubles {
  list = $state.raw<Trouble[]>([]);

  note(what: string, at: number = Date.now()): void {
    this.list = [...this.list, { at, what: what.slice(0, LETTERS_MAX) }].slice(-KEPT);
  }
  refused(command: string, problem: Problem): void {
    this.note(`${command}: ${problem.code}`);
  }
}
export const troubles = new Troubles();

/** The file and line of an error, without the machine's path before it. */
function placeOf(stack: string | undefined): string {
  return /([\w.-]+\.(?:js|ts|svelte)[^\s/]*:\d+:\d+)/.exec(stack ?? "")?.[1] ?? "";
}

export function say(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return [error.name, error.message, placeOf(error.stack)].filter(Boolean).join(" ");
}

export function listenForErrors(target: Window): () => void {
  const failed = (event: ErrorEvent): void => troubles.note(say(event.error ?? new Error(event.message)));
  const rejected = (event: PromiseRejectionEvent): void => troubles.note(say(event.reason));
  target.addEventListener("error", failed);
  target.addEventListener("unhandledrejection", rejected);
  return () => {
    target.removeEventListener("error", failed);
    target.removeEventListener("unhandledrejection", rejected);
  };
}
