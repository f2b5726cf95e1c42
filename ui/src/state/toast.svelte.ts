// One line that says what just happened. The last word stays until the next, or eight seconds.
import type { Done, Problem, Tone } from "../api/bindings";

export interface ToastLine {
  id: number;
  tone: Tone;
  text: string;
  hint: string;
  eventId: string | null;
  undo: Undo | null;
}
/** Takes back what several commands did together. */
export interface Undo {
  run: () => unknown;
  /** Nothing else has been done since. */
  holds: () => boolean;
}

const SHOWN_MS = 8000;

class Toast {
  line = $state.raw<ToastLine | null>(null);
  #next = 1;
  #timer: ReturnType<typeof setTimeout> | undefined;

  say(tone: Tone, text: string, hint = "", eventId: string | null = null, undo: Undo | null = null): void {
    this.line = { id: this.#next++, tone, text, hint, eventId, undo };
    clearTimeout(this.#timer);
    // A refusal waits to be read, and what can only be undone here waits too; good news may leave by itself.
    if (tone !== "stop" && !undo) this.#timer = setTimeout(() => this.clear(), SHOWN_MS);
  }
  done(done: Done): void {
    this.say("good", done.message, "", done.event_ids.at(-1) ?? null);
  }
  problem(problem: Problem): void {
    this.say("stop", problem.what_happened, problem.what_to_do);
  }
  clear(): void {
    this.line = null;
  }
}
export const toast = new Toast();
