// A screen asks, and asks again whenever something changed or the language did.
import { call, CallFailed } from "./client";
import type { Api, Problem } from "./bindings";
import { session } from "../state/session.svelte";

/** Counts what has changed since the window opened; reading `n` makes an effect follow it. */
class Changes {
  n = $state(0);
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** Many events in a burst become one question. */
  bump(): void {
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.n += 1;
    }, 80);
  }
}
export const changes = new Changes();

export class Query<K extends keyof Api> {
  data = $state.raw<Api[K][1] | null>(null);
  problem = $state.raw<Problem | null>(null);
  loading = $state(true);
  #name: K;
  #args: () => Api[K][0] | null;
  #asked = 0;
  #pending = "";
  #again = false;

  constructor(name: K, args: () => Api[K][0] | null, live = true) {
    this.#name = name;
    this.#args = args;
    $effect(() => {
      const now = this.#args();
      void session.header;
      if (live) void changes.n;
      if (now === null) {
        this.data = null;
        this.problem = null;
        this.loading = false;
        return;
      }
      // While the same question is being answered, one more asking afterwards is enough.
      const question = JSON.stringify([session.header, now]);
      if (question === this.#pending) this.#again = true;
      else void this.#ask(now, question);
    });
  }

  reload(): void {
    const now = this.#args();
    if (now !== null) void this.#ask(now, JSON.stringify([session.header, now]));
  }

  async #ask(args: Api[K][0], question: string): Promise<void> {
    const mine = ++this.#asked;
    this.#pending = question;
    this.#again = false;
    this.loading = true;
    try {
      const data = await call(this.#name, args);
      // An older answer must not overwrite a newer one.
      if (mine !== this.#asked) return;
      this.data = data;
      this.problem = null;
    } catch (error) {
      if (mine !== this.#asked) return;
      this.problem = error instanceof CallFailed ? error.problem : null;
    } finally {
      if (mine === this.#asked) {
        this.loading = false;
        this.#pending = "";
        if (this.#again) void this.#ask(args, question);
      }
    }
  }
}

/** For use while a component is being set up. `args` returning null means "not now". */
export function query<K extends keyof Api>(
  name: K,
  args: () => Api[K][0] | null,
  options: { live?: boolean } = {},
): Query<K> {
  return new Query(name, args, options.live ?? true);
}
